alter table registry.file add column gone_at timestamptz;
comment on column registry.file.gone_at is 'When its bytes were deleted; what was imported from it stays, with its lineage';
comment on column registry.file.at is 'When it was last offered';
grant update (at, gone_at) on registry.file to daizong_app;
create index load_file on registry.load (file);
