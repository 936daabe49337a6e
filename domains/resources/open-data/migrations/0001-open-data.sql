create table open_data.entry (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,59}$'),
  title text not null,
  source text not null,
  owner text not null,
  access text not null check (access in ('open', 'conditional')),
  state text not null check (state in ('proposed', 'published', 'withdrawn')),
  version bigint,
  meta jsonb not null,
  created_at timestamptz not null,
  published_at timestamptz,
  changed_at timestamptz,
  checked_at timestamptz,
  newest_at timestamptz,
  broken boolean not null,
  reason text,
  check (state <> 'published' or version is not null)
);
comment on table open_data.entry is 'Open datasets: what is or was released, and what the owner promises';
comment on column open_data.entry.meta is 'Metadata in force; a proposal keeps its own in its version until it is published';
comment on column open_data.entry.newest_at is 'Latest instant in the data, or the last check of the source';
select registry.adopt('open_data.entry');

create table open_data.version (
  entry text not null,
  number bigint not null check (number > 0),
  state text not null check (state in ('candidate', 'published', 'refused')),
  rows bigint not null check (rows >= 0),
  digest text not null,
  meta jsonb not null,
  columns jsonb not null,
  files jsonb not null,
  test jsonb not null,
  diff jsonb not null,
  made_at timestamptz not null,
  published_at timestamptz,
  primary key (entry, number)
);
comment on table open_data.version is 'Each release as reviewed: the bytes that were tested are the bytes that go out';
select registry.adopt('open_data.version');

create function open_data.keep_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'A version of an open dataset is never deleted';
  end if;
  if (old.entry, old.number, old.rows, old.digest, old.meta, old.columns, old.files, old.test, old.diff, old.made_at)
    is distinct from
    (new.entry, new.number, new.rows, new.digest, new.meta, new.columns, new.files, new.test, new.diff, new.made_at)
    or (old.state <> 'candidate' and old.state <> new.state) then
    raise exception 'A version of an open dataset is never changed; make another one';
  end if;
  return new;
end $$;
comment on function open_data.keep_version is 'What was reviewed stays as it was; only a candidate is published or refused';
create trigger keep_version before update or delete on open_data.version
  for each row execute function open_data.keep_version();

create table open_data.row (
  entry text not null,
  version bigint not null,
  no bigint not null,
  data jsonb not null,
  words text generated always as (lower(jsonb_path_query_array(data, '$.*')::text)) stored,
  primary key (entry, version, no)
);
comment on table open_data.row is 'Rows of versions that are tested or served, made of the source; older versions are files only';
comment on column open_data.row.words is 'Every value of the row in small letters, for searching';

create index row_data on open_data.row using gin (data jsonb_path_ops);
grant select, insert, delete on open_data.row to daizong_app;

create table open_data.voice (
  id text primary key,
  kind text not null check (kind in ('request', 'correction', 'app')),
  entry text,
  title text not null,
  text text not null,
  url text,
  made_at timestamptz not null,
  state text not null check (state in ('waiting', 'shown', 'answered', 'refused')),
  answer text,
  answered_at timestamptz
);
comment on table open_data.voice is 'What readers send: requests, corrections, apps; public once somebody has looked at it';
create index voice_made on open_data.voice (made_at);
select registry.adopt('open_data.voice');

create table open_data.grant (
  id text primary key,
  entry text not null,
  account text not null,
  use text not null,
  given_at timestamptz not null,
  until date not null
);
comment on table open_data.grant is 'Who may use which conditional dataset until when';
create index grant_entry on open_data.grant (entry, account);
select registry.adopt('open_data.grant');

create table open_data.proposal (
  entry text primary key,
  meta jsonb not null,
  loop bigint
);
comment on table open_data.proposal is 'What an owner proposes for an entry until it is published or given up';
grant select, insert, update, delete on open_data.proposal to daizong_app;
