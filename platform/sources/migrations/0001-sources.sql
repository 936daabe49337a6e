create table sources.source (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  title jsonb not null,
  organisation text not null,
  connection jsonb not null,
  secret bytea,
  is_on boolean not null,
  problem jsonb,
  checked_at timestamptz,
  by text not null,
  at timestamptz not null
);
comment on table sources.source is 'Other systems of the city; secret is sealed';
create index source_organisation on sources.source (organisation);
grant select, insert, update on sources.source to daizong_app;

create table sources.feed (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,119}$'),
  source text not null references sources.source,
  dataset text not null,
  definition jsonb not null,
  is_on boolean not null,
  mark text,
  baseline jsonb,
  next_at timestamptz,
  last_good_at timestamptz,
  late_told_at timestamptz,
  by text not null,
  at timestamptz not null
);
comment on table sources.feed is 'One table, file pattern or endpoint of a source into one dataset';
comment on column sources.feed.mark is 'How far the source has been collected and confirmed: value of the watermark, place in the log, entity tag';
comment on column sources.feed.baseline is 'Columns of the last accepted run, to find drift';
create index feed_source on sources.feed (source);
create index feed_dataset on sources.feed (dataset);
create index feed_next on sources.feed (next_at) where is_on;
grant select, insert, update on sources.feed to daizong_app;

create table sources.run (
  id bigint generated always as identity primary key,
  feed text not null references sources.feed,
  state text not null check (state in ('collecting', 'checking', 'halted', 'loading', 'removing', 'done', 'failed',
    'cancelled', 'refused', 'incomplete')),
  replay_of bigint references sources.run,
  attempts int not null default 0,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  new_mark text,
  is_whole boolean not null default false,
  has_more boolean not null default false,
  totals jsonb,
  removed bigint not null default 0,
  problem jsonb,
  remark jsonb,
  drift jsonb,
  reconciliation jsonb,
  by text not null,
  started_at timestamptz not null,
  moved_at timestamptz not null,
  ended_at timestamptz
);
comment on table sources.run is 'Collections: what came, what it was compared with, what became of it';
comment on column sources.run.totals is 'What the source says of the rows it handed over';
comment on column sources.run.is_whole is 'All rows of the source are in it, so what is missing is gone there';
create index run_feed on sources.run (feed, id desc);
create unique index run_open on sources.run (feed)
  where state in ('collecting', 'checking', 'halted', 'loading', 'removing');
grant select, insert, update, delete on sources.run to daizong_app;

create table sources.part (
  run bigint not null references sources.run,
  ordinal int not null,
  kind text not null check (kind in ('rows', 'deletes')),
  file text not null check (file ~ '^[0-9a-f]{64}$'),
  name text not null,
  bytes bigint not null,
  rows bigint,
  reading jsonb,
  columns jsonb,
  profile jsonb,
  load bigint,
  is_done boolean not null default false,
  primary key (run, ordinal)
);
comment on table sources.part is 'The raw bytes of a run by their SM3, in the order in which they are stored';
create index part_load on sources.part (load);
create index part_file on sources.part (file);
grant select, insert, update on sources.part to daizong_app;

create table sources.seen_file (
  feed text not null references sources.feed,
  name text not null,
  size bigint not null,
  changed_at timestamptz not null,
  file text not null,
  run bigint not null references sources.run,
  primary key (feed, name)
);
comment on table sources.seen_file is 'Files of a folder that have been taken, so that only new and changed ones are read';
grant select, insert, update on sources.seen_file to daizong_app;

create table sources.batch (
  id bigint generated always as identity primary key,
  feed text not null references sources.feed,
  key text not null check (length(key) between 1 and 200),
  file text not null,
  name text not null,
  bytes bigint not null,
  run bigint references sources.run,
  by text not null,
  at timestamptz not null,
  unique (feed, key)
);
comment on table sources.batch is 'Batches that other systems pushed, each once by its idempotency key';
create index batch_waiting on sources.batch (feed, id) where run is null;
grant select, insert, update on sources.batch to daizong_app;

create table sources.found_table (
  source text not null references sources.source,
  name text not null,
  rows bigint,
  columns jsonb not null,
  seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (source, name)
);
comment on table sources.found_table is 'Tables, files and endpoints that exist at the sources, collected or not';
grant select, insert, update on sources.found_table to daizong_app;
