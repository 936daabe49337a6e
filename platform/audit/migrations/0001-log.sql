create sequence audit.entry_block;
comment on sequence audit.entry_block is 'Blocks of 256 entry ids handed to processes, so that an id is known before the row is written';
grant usage on sequence audit.entry_block to daizong_app;

create table audit.entry (
  id bigint primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  event text not null,
  actor_kind text not null check (actor_kind in ('person', 'machine', 'system', 'visitor')),
  actor text not null,
  post text,
  on_behalf text,
  organisation text,
  organisation_path text,
  session text,
  subject_kind text,
  subject text,
  purpose text,
  details jsonb,
  key_id bigint not null,
  mac bytea not null check (octet_length(mac) = 32)
);
comment on table audit.entry is 'Who did or read what; written in the transaction that did it, never changed';
comment on column audit.entry.xid is 'Writing transaction; the sealer follows (xid, id) below the oldest running one';
comment on column audit.entry.session is 'First half of SM3 of the session, enough to tell sessions apart';
comment on column audit.entry.organisation_path is 'Place of the organisation in the tree at that time, decides who may read the record';
comment on column audit.entry.subject is 'Key of what it happened to; an identity or phone number only as a blind index';
comment on column audit.entry.mac is 'HMAC-SM3 of all other columns but xid, under key_id of purpose audit.entry';
create index entry_order on audit.entry (xid, id);
create index entry_time on audit.entry (at, id);
create index entry_event on audit.entry (event, at, id);
create index entry_actor on audit.entry (actor, at, id);
create index entry_subject on audit.entry (subject, subject_kind, at, id);
grant select, insert on audit.entry to daizong_app;

create table audit.link (
  seq bigint primary key,
  entry_id bigint not null unique,
  hash bytea not null check (octet_length(hash) = 32)
);
comment on table audit.link is 'Chain over all entries: hash = SM3(hash before, seq, entry, mac)';
grant select, insert on audit.link to daizong_app;

create table audit.checkpoint (
  to_seq bigint primary key,
  from_seq bigint not null unique,
  xid xid8 not null,
  entry_id bigint not null,
  at timestamptz not null,
  root bytea not null,
  key_id bigint not null,
  signature bytea not null,
  check (from_seq <= to_seq)
);
comment on table audit.checkpoint is 'Signed heads: SM2 over the hash tree of the check point before and of the links from_seq to to_seq';
comment on column audit.checkpoint.entry_id is 'With xid the place in the stream of entries up to which everything is linked';
grant select, insert on audit.checkpoint to daizong_app;

create table audit.verification (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  started_by text not null,
  checked bigint not null default 0,
  finished_at timestamptz,
  whole boolean,
  fault jsonb,
  check ((finished_at is null) = (whole is null))
);
comment on table audit.verification is 'Verifications of the log asked for in the portal, with progress and result';
grant select, insert, update (checked, finished_at, whole, fault) on audit.verification to daizong_app;
