create table one_file.source_seen (
  dataset text primary key,
  relation text not null,
  seen_before xid8 not null,
  rows bigint not null
);
comment on table one_file.source_seen is 'Each source as the last run saw it that came to its end: its table, before which transaction everything was seen, its rows';
grant select, insert, update on one_file.source_seen to daizong_app;

create index record_again on one_file.record (dataset, row) where version = -1;
