alter table registry.lookup add column target text;
comment on column registry.lookup.target is 'Table of the index; as long as it has a row here, only this import may insert into it';

drop function registry.set_lookups_aside(bigint, text);
create function registry.set_lookups_aside(first_load bigint, first_target text, with_key boolean default false)
returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found record;
  has_rows boolean;
  dropped int := 0;
begin
  if not exists (select from pg_attribute where attrelid = to_regclass(first_target) and attname = '_version') then
    raise exception 'not the table of a dataset: %', first_target;
  end if;
  perform set_config('lock_timeout', '2s', true);
  execute format('lock table %s in access exclusive mode', to_regclass(first_target));
  execute format('select exists (select from %s)', to_regclass(first_target)) into has_rows;
  if has_rows then return 0; end if;
  for found in
    select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where i.indrelid = to_regclass(first_target)
      and case when i.indisunique
        -- Modules write their own statements for their own tables and rely on the key at any time.
        then with_key and n.nspname = 'registry_data' and not exists (select from pg_constraint where conindid = i.indexrelid)
        else true end
  loop
    insert into registry.lookup values (first_load, found.name, found.definition, first_target);
    execute format('drop index %s', found.name);
    dropped := dropped + 1;
  end loop;
  return dropped;
exception when lock_not_available then return 0;
end $$;
comment on function registry.set_lookups_aside is
  'Drops the indexes of an empty dataset, so that its first import need not keep them row by row; its key only where the registry alone writes';
revoke execute on function registry.set_lookups_aside from public;
grant execute on function registry.set_lookups_aside to daizong_app;

drop function registry.restore_lookups(bigint);
create function registry.restore_lookup(first_load bigint, lookup_name text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  aside record;
begin
  delete from registry.lookup where load = first_load and name = lookup_name returning name, definition into aside;
  if aside.name is null or to_regclass(aside.name) is not null then return; end if;
  begin
    -- Compressing the pages of a new index for the log costs more than making it.
    perform set_config('wal_compression', 'off', true);
  exception when insufficient_privilege then null;
  end;
  execute aside.definition;
end $$;
comment on function registry.restore_lookup is 'Makes an index again that an import has set aside';
revoke execute on function registry.restore_lookup from public;
grant execute on function registry.restore_lookup to daizong_app;
