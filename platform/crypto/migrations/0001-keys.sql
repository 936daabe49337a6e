create table crypto.key (
  id bigint primary key check (id between 1 and 4294967295),
  purpose text not null,
  wrapped bytea not null,
  state text not null default 'added' check (state in ('added', 'current', 'former', 'retired')),
  made_at timestamptz not null default now(),
  promoted_at timestamptz,
  retired_at timestamptz
);
comment on table crypto.key is 'Keys of the platform, each under the master key; added: only opens, current: seals, former: only opens, retired: not loaded any more';
create unique index key_current on crypto.key (purpose) where state = 'current';
grant select, insert, update (state, promoted_at, retired_at) on crypto.key to daizong_app;

create table crypto.process (
  id uuid primary key,
  seen_at timestamptz not null,
  keys jsonb not null
);
comment on table crypto.process is 'Which keys each running process has loaded, so that a new key seals only when all can open it';
grant select, insert, update, delete on crypto.process to daizong_app;

create table crypto.rotation (
  id bigint generated always as identity primary key,
  purpose text not null,
  key_id bigint,
  step text not null default 'add' check (step in ('add', 'promote', 'reseal', 'retire', 'done')),
  resealed bigint not null default 0,
  remaining bigint,
  started_at timestamptz not null,
  finished_at timestamptz,
  check ((step = 'done') = (finished_at is not null))
);
comment on table crypto.rotation is 'Changes of keys, with the step each has reached, so that a killed one goes on where it was';
create unique index rotation_running on crypto.rotation (purpose) where finished_at is null;
grant select, insert, update (key_id, step, resealed, remaining, finished_at) on crypto.rotation to daizong_app;
