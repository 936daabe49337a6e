alter index exchange.receipt_about set (fastupdate = on, gin_pending_list_limit = 262144);

create function exchange.file_rows_of_receipts() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select gin_clean_pending_list('exchange.receipt_about'::regclass);
$$;
comment on function exchange.file_rows_of_receipts is 'Takes rows of receipts that were gathered since into their index; called each minute, so that no call has to wait for it';
revoke execute on function exchange.file_rows_of_receipts from public;
grant execute on function exchange.file_rows_of_receipts to daizong_app;
