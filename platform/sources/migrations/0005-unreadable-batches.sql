alter table sources.part drop constraint part_kind_check;
alter table sources.part add constraint part_kind_check check (kind in ('rows', 'increment', 'deletes', 'unreadable'));
alter table sources.part add column batch bigint references sources.batch;
alter table sources.part add column problem jsonb;
comment on column sources.part.kind is 'increment: stored before a table that was taken whole, so that what the whole then changes had been missed; unreadable: a pushed batch as it came, of which no row or not every row could be read';
comment on column sources.part.batch is 'The pushed batch whose rows these are';
comment on column sources.part.problem is 'What of an unreadable part could not be read';
create index part_batch on sources.part (batch);

update sources.part p set batch = b.id from sources.batch b where b.run = p.run and b.file = p.file;
-- Pushed batches that one unreadable batch had held up, or that were given up with it, can be stored after all, as long
-- as their bytes are kept; they are looked at once more before.
with freed as (
  update sources.run r set drift = null, state = case state when 'halted' then 'checking' else 'cancelled' end,
    remark = case state when 'halted' then remark else jsonb_build_object(
      'zh', '当时因有读不出的批次，这次采集的各批都没有入库；现在可以继续采集，读得出的照常入库',
      'en', 'A batch that cannot be read kept all batches of this run from being stored; it can go on now and stores what can be read') end
  where state in ('halted', 'incomplete') and reconciliation is null
    and drift @> '{"findings": [{"kind": "incomplete", "halts": true}]}'
    and exists (select from sources.batch b where b.run = r.id)
    and not exists (select from sources.part p where p.run = r.id and p.gone_at is not null)
  returning id)
update sources.part p set profile = null from freed where p.run = freed.id and not p.is_done;
