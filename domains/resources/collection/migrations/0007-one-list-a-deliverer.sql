comment on column collection.correction.rule is 'As in collection.result, or refused:<deliverer> for the rows that imports of a feed or an organisation refused';
comment on column collection.correction.load is 'Last import that refused a row of the list';
comment on column collection.correction.due is 'Until when it is to be corrected; renewed when it is opened again';

-- Of the matters of one list the newest goes on; the next check ends the others.
update collection.correction c set rule = newest.rule
from (
  select distinct on (c.dataset, l.rule) c.loop, l.rule
  from collection.correction c
  join (
    select id, 'refused:' || case when by like 'system:%' then by else organisation end as rule from registry.load
  ) l on l.id = c.load
  where c.ended_at is null
  order by c.dataset, l.rule, c.load desc
) newest
where newest.loop = c.loop;

-- What ended the last matter about the rows of a file holds for them: they do not come back with the list of their deliverer.
update registry.correction r set state = 'waived', by = 'system:migration', at = last.ended_at
from (
  select distinct on (l.dataset, l.file) l.dataset, l.file, c.outcome, c.ended_at
  from collection.correction c join registry.load l on l.id = c.load
  order by l.dataset, l.file, c.ended_at desc nulls first
) last
where r.dataset = last.dataset and r.file = last.file and r.content is null
  and (r.state = 'dropped' and last.outcome in ('closed', 'waived') or r.state = 'open' and last.outcome = 'waived');
