create function registry.analyse(target text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from pg_attribute where attrelid = to_regclass(target) and attname = '_version') then
    raise exception 'not the table of a dataset: %', target;
  end if;
  execute format('analyze %s', to_regclass(target));
end $$;
comment on function registry.analyse is 'Tells the planner what a large import has changed; only the owner of a table may analyse it';
revoke execute on function registry.analyse from public;
grant execute on function registry.analyse to daizong_app;
