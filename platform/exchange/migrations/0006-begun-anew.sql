alter table exchange.subscription
  add column begun_at timestamptz not null default now(),
  add column begun_why text not null default 'first' check (begun_why in ('first', 'address', 'restart', 'cut'));
update exchange.subscription set begun_at = made_at;
comment on column exchange.subscription.begun_at is 'Since when it goes through all rows and then what changed: from the first, at a new address, started again, or because changes that it had not read were cut';
