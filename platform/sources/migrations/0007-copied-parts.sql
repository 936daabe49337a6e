alter table sources.part add column from_run bigint references sources.run;
alter table sources.part add column from_ordinal int;
comment on column sources.part.from_run is 'A later run whose part is stored once more behind those of this one, which was stopped before it';
comment on column sources.part.from_ordinal is 'Which part of from_run it is';
create index part_from on sources.part (from_run) where from_run is not null;
create index run_stopped on sources.run (feed, id) where state in ('cancelled', 'failed');
