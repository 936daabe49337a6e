create table tags.tag (
  number int generated always as identity primary key,
  id text not null unique,
  subject text not null,
  declared boolean not null,
  retired_at timestamptz
);
comment on table tags.tag is 'Every tag that ever was; its number stands for it in the values';
grant select, insert, update on tags.tag to daizong_app;

create table tags.version (
  tag text not null,
  version int not null check (version > 0),
  content jsonb not null,
  author text not null,
  drafted_at timestamptz not null,
  trial jsonb,
  reviewer text check (reviewer <> author),
  published_at timestamptz,
  primary key (tag, version)
);
comment on table tags.version is 'Every version of every tag; the last published one is in force. Nobody publishes the own one';
create index version_drafts on tags.version (drafted_at) where published_at is null;
grant select, insert, update, delete on tags.version to daizong_app;

create table tags.run (
  id int generated always as identity primary key,
  subject text not null,
  day date not null,
  state text not null check (state in ('computing', 'done', 'failed')),
  started_at timestamptz not null,
  ended_at timestamptz,
  problem jsonb,
  added int,
  removed int,
  carried bigint,
  editions jsonb not null default '[]',
  failed jsonb not null default '{}'
);
comment on table tags.run is 'Each time that all tags of a subject were computed; values say since and until which run they were known';
create index run_subject on tags.run (subject, id desc);
grant select, insert, update on tags.run to daizong_app;

create table tags.carried (
  tag int not null,
  member bigint not null,
  value text not null,
  since date not null,
  until date,
  run int not null,
  ended int
);
comment on table tags.carried is 'Who carries which tag: since and until when in the world, from which run to before which run it was known. member is the number of the row of the subject''s dataset';
create unique index carried_now on tags.carried (tag, member) where until is null and ended is null;
create index carried_member on tags.carried (member, tag);
grant select, insert, update on tags.carried to daizong_app;

create table tags.subject (
  id text primary key,
  changed_at timestamptz not null
);
comment on table tags.subject is 'When facts of a subject changed last; a run waits until they have been quiet';
grant select, insert, update on tags.subject to daizong_app;

create table tags.count (
  tag int not null,
  run int not null references tags.run,
  carriers int not null,
  computed boolean not null,
  inputs text,
  bins int[],
  psi double precision,
  primary key (tag, run)
);
comment on table tags.count is 'Carriers of each tag in each run, and a digest of everything its values were made of; of models also the spread of scores over ten bins and its stability (PSI) against the run before';
grant select, insert on tags.count to daizong_app;

create function tags.indexes_aside() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table tags.carried in access exclusive mode;
  if exists (select from tags.carried) then return false; end if;
  drop index tags.carried_now, tags.carried_member;
  return true;
end $$;
comment on function tags.indexes_aside is 'Drops the indexes of the empty table, so that the first run need not keep them row by row';

create function tags.indexes_back() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  set local maintenance_work_mem = '512MB';
  create unique index carried_now on tags.carried (tag, member) where until is null and ended is null;
  create index carried_member on tags.carried (member, tag);
  analyze tags.carried;
end $$;
comment on function tags.indexes_back is 'Makes them again, in the same transaction, and lets the planner know how many rows there are';
revoke execute on function tags.indexes_aside, tags.indexes_back from public;
grant execute on function tags.indexes_aside, tags.indexes_back to daizong_app;

create table tags.review_round (
  id int generated always as identity primary key,
  tag text not null,
  version int not null,
  opened_at timestamptz not null,
  opened_by text not null,
  closed_at timestamptz,
  matter text
);
comment on table tags.review_round is 'A sample of carriers of a tag that people judge';
create unique index review_round_open on tags.review_round (tag) where closed_at is null;
create index review_round_tag on tags.review_round (tag, id desc);
grant select, insert, update on tags.review_round to daizong_app;

create table tags.review (
  round int not null references tags.review_round,
  member bigint not null,
  place int not null,
  verdict text check (verdict in ('right', 'wrong', 'unclear')),
  note text,
  account text,
  judged_at timestamptz,
  primary key (round, member)
);
comment on table tags.review is 'One carrier of a sample, with the judgement of who looked at the evidence';
grant select, insert, update on tags.review to daizong_app;

create table tags.segment (
  id int generated always as identity primary key,
  subject text not null,
  title text not null,
  purpose text not null,
  basis text not null,
  kind text not null check (kind in ('service', 'supervision')),
  expression jsonb not null,
  owner text not null,
  author text not null,
  made_at timestamptz not null,
  pushed_at timestamptz,
  pushed_by text,
  ended_at timestamptz
);
comment on table tags.segment is 'Members chosen by a combination of tags for a purpose; nobody can opt out of supervision';
grant select, insert, update on tags.segment to daizong_app;

create table tags.segment_member (
  segment int not null references tags.segment,
  member bigint not null,
  joined_at timestamptz not null,
  primary key (segment, member)
);
comment on table tags.segment_member is 'Who is in a segment that was pushed';
create index segment_member_member on tags.segment_member (member);
grant select, insert, delete on tags.segment_member to daizong_app;

create table tags.opt_out (
  subject text not null,
  member bigint not null,
  segment int not null references tags.segment,
  account text not null,
  reason text,
  at timestamptz not null,
  primary key (segment, member)
);
comment on table tags.opt_out is 'Members who want not to be in a segment of services';
grant select, insert, delete on tags.opt_out to daizong_app;
