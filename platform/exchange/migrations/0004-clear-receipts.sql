create index head_time on exchange.head (at);

create function exchange.clear_receipts(before timestamptz, most int, out heads int, out receipts int, out files text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if before > now() - interval '1 year' then raise exception 'receipts of the last year are never deleted'; end if;
  with old as (select stream, first, last from exchange.head where at < before order by at limit most for update),
  gone as (delete from exchange.receipt r using old
    where r.stream = old.stream and r.n between old.first and old.last returning r.stream || '-' || r.n as id, r.way),
  head as (delete from exchange.head h using old where h.stream = old.stream and h.first = old.first returning 1)
  select (select count(*) from head), (select count(*) from gone), array(select id from gone where way = 'file')
  into heads, receipts, files;
end $$;
comment on function exchange.clear_receipts is 'Deletes the oldest signed heads with all their receipts, so that those of other heads can still be proven; the program''s role may delete none otherwise';
revoke execute on function exchange.clear_receipts from public;
grant execute on function exchange.clear_receipts to daizong_app;
