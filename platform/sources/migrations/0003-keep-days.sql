alter table sources.part add column gone_at timestamptz;
comment on column sources.part.gone_at is 'When the term of its bytes was over: they are deleted, and the run cannot be replayed any more';
create index part_kept on sources.part (run) where gone_at is null;
create index part_gone on sources.part (gone_at);
