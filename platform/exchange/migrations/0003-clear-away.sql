alter table exchange.file add column cleared_at timestamptz;
comment on column exchange.file.cleared_at is 'When its bytes were deleted: the grant ended, its term was over, or it was never finished';
create index file_kept on exchange.file (grant_id) where cleared_at is null;
