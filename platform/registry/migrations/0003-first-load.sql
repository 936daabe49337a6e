create table registry.lookup (
  load bigint not null references registry.load,
  name text not null,
  definition text not null,
  primary key (load, name)
);
comment on table registry.lookup is 'Indexes that a first import has set aside, to be made again when it ends';
grant select on registry.lookup to daizong_app;

create function registry.set_lookups_aside(first_load bigint, target text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found record;
  has_rows boolean;
  dropped int := 0;
begin
  if not exists (select from pg_attribute where attrelid = to_regclass(target) and attname = '_version') then
    raise exception 'not the table of a dataset: %', target;
  end if;
  perform set_config('lock_timeout', '2s', true);
  execute format('lock table %s in access exclusive mode', to_regclass(target));
  execute format('select exists (select from %s)', to_regclass(target)) into has_rows;
  if has_rows then return 0; end if;
  for found in
    select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where i.indrelid = to_regclass(target) and not i.indisunique
  loop
    insert into registry.lookup values (first_load, found.name, found.definition);
    execute format('drop index %s', found.name);
    dropped := dropped + 1;
  end loop;
  return dropped;
exception when lock_not_available then return 0;
end $$;
comment on function registry.set_lookups_aside is 'Drops the indexes of an empty dataset that are not unique, so that its first import need not keep them row by row';

create function registry.restore_lookups(first_load bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  aside record;
begin
  for aside in delete from registry.lookup where load = first_load returning name, definition loop
    if to_regclass(aside.name) is null then execute aside.definition; end if;
  end loop;
end $$;
comment on function registry.restore_lookups is 'Makes the indexes again that an import has set aside';
revoke execute on function registry.set_lookups_aside, registry.restore_lookups from public;
grant execute on function registry.set_lookups_aside, registry.restore_lookups to daizong_app;
