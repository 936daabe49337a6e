create table exchange.freshness (
  dataset text primary key,
  changed_at timestamptz not null
);
comment on table exchange.freshness is 'When rows of a dataset were last written, to a few seconds';
grant select, insert, update on exchange.freshness to daizong_app;

create table exchange."grant" (
  id text primary key,
  request text not null unique,
  consumer text not null,
  dataset text not null,
  fields text[] not null check (cardinality(fields) > 0),
  whole text[] not null,
  rows jsonb not null,
  purpose text not null,
  basis text not null,
  ways text[] not null check (ways <@ array['query', 'file', 'subscription', 'compare'] and cardinality(ways) > 0),
  quota int not null check (quota > 0),
  made_at timestamptz not null,
  until date not null,
  state text not null default 'active' check (state in ('active', 'expired', 'withdrawn')),
  ended_at timestamptz,
  return_flow boolean not null default false
);
comment on table exchange."grant" is 'Who may have which fields of which rows of a dataset, why, how and until when; made and ended by the loop exchange.request';
create index grant_dataset on exchange."grant" (dataset);
create index grant_consumer on exchange."grant" (consumer);
grant select, insert, update on exchange."grant" to daizong_app;

create table exchange.usage (
  grant_id text not null references exchange."grant",
  day date not null,
  calls bigint not null,
  rows bigint not null default 0,
  primary key (grant_id, day)
);
comment on table exchange.usage is 'Calls of a grant a day of Beijing time, those beyond the quota too; what the quota is measured by';
grant select, insert, update on exchange.usage to daizong_app;

create table exchange.stream (
  id text primary key,
  sealed bigint not null default 0,
  seen timestamptz not null
);
comment on table exchange.stream is 'Receipts of one run of one process: up to which they are signed, and when it was last at it';
create index stream_seen on exchange.stream (seen);
grant select, insert, update on exchange.stream to daizong_app;

create table exchange.receipt (
  stream text not null,
  n bigint not null,
  at timestamptz not null,
  grant_id text,
  dataset text,
  consumer text,
  caller text not null,
  way text not null,
  outcome text not null,
  rows int not null,
  request text,
  record text not null,
  primary key (stream, n)
);
comment on table exchange.receipt is 'Every call under a grant and every refusal; record is the canonical JSON that is signed, the other columns are for finding it';
create unique index receipt_request on exchange.receipt (grant_id, request) where request is not null;
create index receipt_grant on exchange.receipt (grant_id, at, stream, n);
create index receipt_dataset on exchange.receipt (dataset, at, stream, n);
grant select, insert on exchange.receipt to daizong_app;

create table exchange.head (
  stream text not null,
  first bigint not null,
  last bigint not null check (last >= first),
  at timestamptz not null,
  root bytea not null,
  key_id bigint not null,
  signature bytea not null,
  primary key (stream, first)
);
comment on table exchange.head is 'Signed heads of the hash trees over receipts first to last of a stream';
grant select, insert on exchange.head to daizong_app;

create table exchange.file (
  id text primary key,
  grant_id text not null references exchange."grant",
  format text not null check (format in ('csv', 'jsonl', 'xlsx')),
  state text not null default 'making' check (state in ('making', 'done', 'cancelled', 'failed')),
  rows bigint not null default 0,
  about bigint not null,
  bytes bigint not null default 0,
  after bigint not null default 0,
  receipt text,
  sm3 text,
  problem jsonb,
  by text not null,
  made_at timestamptz not null,
  ended_at timestamptz
);
comment on table exchange.file is 'Batch files under a grant: how far they are and where to go on after a kill';
create index file_grant on exchange.file (grant_id, made_at);
grant select, insert, update on exchange.file to daizong_app;

create table exchange.subscription (
  grant_id text primary key references exchange."grant",
  url text not null,
  salt text not null,
  key_id bigint not null,
  cursor text not null,
  state text not null default 'on' check (state in ('on', 'off')),
  failures int not null default 0,
  problem text,
  delivered bigint not null default 0,
  delivered_at timestamptz,
  tried_at timestamptz,
  by text not null,
  made_at timestamptz not null
);
comment on table exchange.subscription is 'Where changes under a grant are pushed to, how far, and whether it works';
grant select, insert, update on exchange.subscription to daizong_app;
