create function one_file.first_begin() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  drop table if exists one_file.first_record;
  if exists (select from one_file.record) or exists (select from one_file.past_record) then return null; end if;
  -- Without records, what entities there are were left by a run that was cut short; the tables that refer to them are empty.
  truncate one_file.entity, one_file.record, one_file.past_record;
  create table one_file.first_record (like one_file.record including defaults including constraints including comments);
  grant select, insert, update, delete on one_file.first_record to daizong_app;
  return nextval(pg_get_serial_sequence('one_file.entity', 'id'));
end $$;
comment on function one_file.first_begin is 'Makes the table into which the very first run writes; without indexes, so that none is kept row by row. Returns from which number its entities are counted, null if records are known already';

create function one_file.first_index(wanted text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare definition text;
begin
  select replace(replace(indexdef, ' INDEX ' || wanted || ' ', ' INDEX first_' || wanted || ' '), ' ON one_file.record ', ' ON one_file.first_record ')
    into strict definition from pg_indexes where schemaname = 'one_file' and tablename = 'record' and indexname = wanted;
  set local maintenance_work_mem = '512MB';
  execute definition;
end $$;
comment on function one_file.first_index is 'Makes one index of one_file.record for the table of the first run; each in a transaction of its own, since events wait for those under way';

create function one_file.first_entities() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into one_file.entity (id, kind, made_at)
    select entity, min(kind), min(known_from) from one_file.first_record where entity is not null group by entity;
  perform setval(pg_get_serial_sequence('one_file.entity', 'id'), max(id)) from one_file.entity;
end $$;
comment on function one_file.first_entities is 'Makes the persons and firms of which the records of the first run are';

create function one_file.first_end() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare each record;
begin
  alter table one_file.first_record add constraint record_entity_fkey foreign key (entity) references one_file.entity;
  analyze one_file.first_record, one_file.entity;
  lock table one_file.record in access exclusive mode;
  if exists (select from one_file.record) then
    raise exception 'one_file.record has records already' using errcode = 'object_in_use';
  end if;
  execute format('comment on table one_file.first_record is %L', obj_description('one_file.record'::regclass, 'pg_class'));
  drop table one_file.record;
  alter table one_file.first_record rename to record;
  alter table one_file.record add constraint record_pkey primary key using index first_record_pkey;
  for each in select indexname from pg_indexes where schemaname = 'one_file' and tablename = 'record' and indexname like 'first\_%' loop
    execute format('alter index one_file.%I rename to %I', each.indexname, substr(each.indexname, 7));
  end loop;
end $$;
comment on function one_file.first_end is 'Puts the table of the first run in the place of the empty one';

revoke execute on function one_file.first_begin, one_file.first_index, one_file.first_entities, one_file.first_end from public;
grant execute on function one_file.first_begin, one_file.first_index, one_file.first_entities, one_file.first_end to daizong_app;
