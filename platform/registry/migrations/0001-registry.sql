create function registry.adopt(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s
    add column _id bigint generated always as identity unique,
    add column _version int not null default 1,
    add column _since timestamptz not null default now(),
    add column _by text not null default ''system:migration'',
    add column _load bigint,
    add column _line int', target);
  execute format('grant select, insert, update, delete on %s to daizong_app', target);
end $$;
comment on function registry.adopt is 'Gives the table of a dataset its columns of version and lineage; for migrations of modules';
revoke execute on function registry.adopt from public;

create table registry.history (
  dataset text not null,
  row bigint not null,
  key text not null,
  version int not null,
  since timestamptz not null,
  until timestamptz not null,
  data jsonb not null,
  by text not null,
  ended_by text not null,
  deleted boolean not null default false,
  load bigint,
  line int,
  primary key (dataset, row, version)
);
comment on table registry.history is 'Versions of rows that were replaced or deleted, with the time they held; sealed fields stay sealed';
create index history_key on registry.history (dataset, key);
grant select, insert on registry.history to daizong_app;

create table registry.definition (
  id text not null,
  version int not null,
  declaration jsonb not null,
  by text not null,
  at timestamptz not null,
  primary key (id, version)
);
comment on table registry.definition is 'Datasets that stewards defined in the portal, every version';
grant select, insert on registry.definition to daizong_app;

create table registry.file (
  sm3 text primary key check (sm3 ~ '^[0-9a-f]{64}$'),
  name text not null,
  size bigint not null,
  by text not null,
  organisation text not null,
  at timestamptz not null
);
comment on table registry.file is 'Files offered for import, kept by their content';
grant select, insert on registry.file to daizong_app;

create table registry.mapping (
  dataset text not null,
  organisation text not null,
  header text not null,
  columns jsonb not null,
  by text not null,
  at timestamptz not null,
  primary key (dataset, organisation, header)
);
comment on table registry.mapping is 'Which column of a source goes into which field, remembered per dataset, sending organisation and set of column titles';
grant select, insert, update on registry.mapping to daizong_app;

create table registry.load (
  id bigint generated always as identity primary key,
  dataset text not null,
  file text not null references registry.file,
  file_name text not null,
  reading jsonb not null,
  columns jsonb not null,
  state text not null check (state in ('loading', 'done', 'cancelled', 'failed')),
  rows_read bigint not null default 0,
  bytes_read bigint not null default 0,
  bytes bigint not null,
  inserted bigint not null default 0,
  changed bigint not null default 0,
  same bigint not null default 0,
  refused bigint not null default 0,
  problem jsonb,
  by text not null,
  organisation text not null,
  started_at timestamptz not null,
  moved_at timestamptz not null,
  ended_at timestamptz
);
comment on table registry.load is 'Imports: what was read from which file, how far, and what became of it';
create index load_order on registry.load (by, id desc);
create index load_open on registry.load (id) where state = 'loading';
grant select, insert, update on registry.load to daizong_app;

create table registry.correction (
  id bigint generated always as identity primary key,
  dataset text not null,
  file text not null references registry.file,
  line int not null,
  load bigint not null references registry.load,
  cells bytea not null,
  reasons jsonb not null,
  state text not null default 'open' check (state in ('open', 'corrected', 'dropped')),
  by text,
  at timestamptz,
  unique (dataset, file, line)
);
comment on table registry.correction is 'Rows of imports that failed, with the reason per cell, until someone corrects or drops them; cells are sealed';
create index correction_load on registry.correction (load, id);
grant select, insert, update on registry.correction to daizong_app;

create table registry.view (
  account text not null,
  dataset text not null,
  name text not null check (length(name) between 1 and 60),
  query jsonb not null,
  at timestamptz not null,
  primary key (account, dataset, name)
);
comment on table registry.view is 'Saved filters, order and columns of an account';
grant select, insert, update, delete on registry.view to daizong_app;

create schema registry_data;
comment on schema registry_data is 'Tables of datasets that stewards defined';
grant usage on schema registry_data to daizong_app;

create function registry.define_table(name text, columns jsonb, key text[], indexes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  col jsonb;
  part text;
begin
  if name !~ '^[a-z][a-z0-9_]{0,50}$' then raise exception 'not a table name: %', name; end if;
  foreach part in array key || indexes loop
    if part !~ '^[a-z][a-z0-9_]{0,58}$' then raise exception 'not a column name: %', part; end if;
  end loop;
  if to_regclass(format('registry_data.%I', name)) is null then
    execute format('create table registry_data.%I ()', name);
    perform registry.adopt(format('registry_data.%I', name)::regclass);
  end if;
  for col in select * from jsonb_array_elements(columns) loop
    if col->>'name' !~ '^[a-z][a-z0-9_]{0,58}$' then raise exception 'not a column name: %', col->>'name'; end if;
    if col->>'type' not in ('text', 'bigint', 'double precision', 'boolean', 'date', 'timestamptz', 'bytea', 'text[]', 'jsonb')
      then raise exception 'not a column type: %', col->>'type'; end if;
    execute format('alter table registry_data.%I add column if not exists %I %s', name, col->>'name', col->>'type');
    execute format('alter table registry_data.%I alter column %I %s not null', name, col->>'name',
      case when (col->>'required')::boolean then 'set' else 'drop' end);
  end loop;
  execute format('create unique index if not exists %I on registry_data.%I (%s)', name || '_key', name,
    (select string_agg(quote_ident(k), ', ') from unnest(key) k));
  foreach part in array indexes loop
    execute format('create index if not exists %I on registry_data.%I (%I, _id)',
      name || '_' || left(md5(part), 8), name, part);
  end loop;
end $$;
comment on function registry.define_table is 'Makes or widens the table of a steward''s dataset; the program''s role may not make tables otherwise';
revoke execute on function registry.define_table from public;
grant execute on function registry.define_table to daizong_app;
