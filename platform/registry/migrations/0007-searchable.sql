create table registry.searchable (
  dataset text not null,
  field text not null,
  by text not null,
  at timestamptz not null,
  primary key (dataset, field)
);
comment on table registry.searchable is 'Fields that a steward has asked an index for, so that lists of millions of rows are searched and ordered by them';
grant select, insert, update on registry.searchable to daizong_app;

create function registry.make_searchable(target text, indexed text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  named record;
begin
  select n.nspname, c.relname into named from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid = to_regclass(target)
      and exists (select from pg_attribute where attrelid = c.oid and attname = '_version')
      and exists (select from pg_attribute where attrelid = c.oid and attname = indexed and attnum > 0);
  if named is null then raise exception 'not a column of a dataset: %.%', target, indexed; end if;
  -- The name that registry.define_table gives, so that neither makes the other's index again.
  execute format('create index if not exists %I on %I.%I (%I, _id)',
    left(named.relname, 50) || '_' || left(md5(indexed), 8), named.nspname, named.relname, indexed);
end $$;
comment on function registry.make_searchable is 'Makes an index on a column of a dataset; the program''s role may not make any otherwise';
revoke execute on function registry.make_searchable from public;
grant execute on function registry.make_searchable to daizong_app;
