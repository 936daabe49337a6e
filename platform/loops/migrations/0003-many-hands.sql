alter table loops.instance add column lead bigint references loops.instance;
comment on column loops.instance.lead is 'Matter into which this one was merged; it ends with that one';
create index instance_lead on loops.instance (lead) where lead is not null;

create table loops.ruling (
  id bigint generated always as identity primary key,
  definition text not null,
  place text not null,
  subject text not null,
  holder text not null check (holder ~ '^(post|account):'),
  instance bigint not null references loops.instance,
  reason text not null,
  ruled_at timestamptz not null,
  ruled_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text
);
comment on table loops.ruling is 'Whose matter it is, as an arbiter ruled after "not mine"; the next of the same subject goes there at once';
comment on column loops.ruling.subject is 'JSON list of the values of the fields that name the subject';
create index ruling_subject on loops.ruling (definition, place, subject, id desc) where withdrawn_at is null;
grant select, insert, update (holder, withdrawn_at, withdrawn_by) on loops.ruling to daizong_app;

create table loops.batch (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('move', 'hand-over')),
  plan jsonb not null,
  total int not null,
  done int not null default 0,
  failed int not null default 0,
  cursor bigint not null default 0,
  started_at timestamptz not null,
  started_by text not null,
  ended_at timestamptz
);
comment on table loops.batch is 'Changes of many matters at once: to another version of their definition, or from one who leaves to another';
comment on column loops.batch.cursor is 'Last matter that was changed; a run that was killed goes on from here';
grant select, insert, update (done, failed, cursor, ended_at) on loops.batch to daizong_app;

create table loops.batch_failure (
  batch bigint not null references loops.batch,
  instance bigint not null references loops.instance,
  why_zh text not null,
  why_en text not null,
  primary key (batch, instance)
);
comment on table loops.batch_failure is 'Matters that stayed as they were, and why';
grant select, insert on loops.batch_failure to daizong_app;

create index inbox_signed on loops.inbox (signed_by) where state = 'todo' and signed_by is not null;
