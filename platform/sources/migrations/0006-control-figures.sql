alter table sources.batch add column totals jsonb;
alter table sources.part add column totals jsonb;
comment on column sources.batch.totals is 'Rows and sums that the pushing system says are in it';
comment on column sources.part.totals is 'Rows and sums that were handed over with this part, to be compared with what arrived';
