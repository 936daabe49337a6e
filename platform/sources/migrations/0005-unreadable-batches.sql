alter table sources.part drop constraint part_kind_check;
alter table sources.part add constraint part_kind_check check (kind in ('rows', 'increment', 'deletes', 'unreadable'));
alter table sources.part add column batch bigint references sources.batch;
alter table sources.part add column problem jsonb;
comment on column sources.part.kind is 'increment: stored before a table that was taken whole, so that what the whole then changes had been missed; unreadable: a pushed batch as it came, of which no row or not every row could be read';
comment on column sources.part.batch is 'The pushed batch whose rows these are';
comment on column sources.part.problem is 'What of an unreadable part could not be read';
create index part_batch on sources.part (batch);

update sources.part p set batch = b.id from sources.batch b where b.run = p.run and b.file = p.file;
-- Pushed batches that one unreadable batch had held up, or that were given up with it, can be stored after all.
update sources.run r set state = case state when 'halted' then 'checking' else 'cancelled' end, drift = null
where state in ('halted', 'incomplete') and reconciliation is null
  and drift @> '{"findings": [{"kind": "incomplete", "halts": true}]}'
  and exists (select from sources.batch b where b.run = r.id);
