create function registry.note_marks(dataset text, target regclass, rows bigint[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into registry.change (dataset, row) select note_marks.dataset, row from unnest(rows) as each (row)
  where exists (select from pg_trigger where tgrelid = target and tgname = 'followed_insert');
$$;
comment on function registry.note_marks is 'Notes rows of a followed dataset of which one has to know something else now, as if they had been written';
revoke execute on function registry.note_marks from public;
grant execute on function registry.note_marks to daizong_app;
