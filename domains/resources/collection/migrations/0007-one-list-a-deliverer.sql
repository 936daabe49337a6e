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
