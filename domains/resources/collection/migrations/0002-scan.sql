create table collection.system_source (
  source text primary key,
  system text not null,
  by text not null,
  at timestamptz not null
);
comment on table collection.system_source is 'Which system of the inventory a source of data is; what is found there is compared with what is declared';
create index system_source_system on collection.system_source (system);
grant select, insert, delete on collection.system_source to daizong_app;
