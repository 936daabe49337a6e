create table registry.change (
  dataset text not null,
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  row bigint not null,
  primary key (dataset, xid, id)
);
comment on table registry.change is 'Which rows of followed datasets were written or deleted, in the order of transactions; read only below the oldest one that runs';
grant select on registry.change to daizong_app;

create function registry.note_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into registry.change (dataset, row) select tg_argv[0], _id from touched;
  return null;
end $$;
comment on function registry.note_change is 'Notes the rows that a statement touched';
revoke execute on function registry.note_change from public;

create function registry.follow(dataset text, target regclass) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  deed text;
begin
  if not exists (select from pg_attribute where attrelid = target and attname = '_version' and not attisdropped)
    then raise exception 'not the table of a dataset: %', target; end if;
  if exists (select from pg_trigger where tgrelid = target and tgname = 'followed_insert') then return; end if;
  foreach deed in array array['insert', 'update', 'delete'] loop
    execute format('create trigger %I after %s on %s referencing %s table as touched
      for each statement execute function registry.note_change(%L)',
      'followed_' || deed, deed, target, case deed when 'delete' then 'old' else 'new' end, dataset);
  end loop;
end $$;
comment on function registry.follow is 'From now on changes of this dataset are noted; the program''s role may not make triggers otherwise';
revoke execute on function registry.follow from public;
grant execute on function registry.follow to daizong_app;
