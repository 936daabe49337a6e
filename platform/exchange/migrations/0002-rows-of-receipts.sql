alter table exchange.receipt add column about bigint[];
comment on column exchange.receipt.about is 'Rows of the dataset that the answer held or rests on, by which a subject finds who got his; not part of what is signed, and null for files and refusals';
create index receipt_about on exchange.receipt using gin (about) with (fastupdate = off) where about is not null;
