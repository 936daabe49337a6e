create table collection.system (
  code text primary key,
  name text not null,
  owner text not null,
  duty text,
  item text,
  maker text,
  protection text,
  place text,
  project text,
  contact text,
  state text not null,
  last_used_on date,
  last_called_on date
);
comment on table collection.system is 'Systems that units run, as they declare them';
create index system_owner on collection.system (owner);
create index system_name on collection.system (name);
select registry.adopt('collection.system');

create table collection.system_table (
  system text not null,
  name text not null,
  title text not null,
  owner text not null,
  rows bigint,
  dataset text,
  reason text,
  basis text,
  planned_until date,
  last_read_on date,
  primary key (system, name)
);
comment on table collection.system_table is 'Tables of the systems: each is collected by a dataset, or says why not';
create index system_table_owner on collection.system_table (owner);
create index system_table_title on collection.system_table (title);
create index system_table_dataset on collection.system_table (dataset) where dataset is not null;
select registry.adopt('collection.system_table');

create table collection.system_field (
  system text not null,
  "table" text not null,
  name text not null,
  title text,
  type text,
  owner text not null,
  field text,
  element text,
  primary key (system, "table", name)
);
comment on table collection.system_field is 'Columns of the tables, with the field or element they are of';
create index system_field_owner on collection.system_field (owner);
create index system_field_title on collection.system_field (title);
select registry.adopt('collection.system_field');

create table collection.rule (
  id bigint generated always as identity primary key,
  dataset text not null,
  title jsonb not null,
  dimension text not null,
  severity text not null check (severity in ('minor', 'major', 'critical')),
  "check" jsonb not null,
  least double precision not null check (least > 0 and least <= 1),
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  replaces bigint references collection.rule,
  by text not null,
  at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  check (state <> 'published' or decided_by <> by)
);
comment on table collection.rule is 'Rules of quality that stewards wrote; a second person puts each in force, a change is a new rule';
comment on column collection.rule.least is 'Least share of rows that must be good';
create index rule_dataset on collection.rule (dataset, id);
grant select, insert, update, delete on collection.rule to daizong_app;

create table collection.result (
  id bigint generated always as identity primary key,
  dataset text not null,
  rule text not null,
  at timestamptz not null,
  rows bigint not null check (rows >= 0),
  bad bigint not null check (bad >= 0),
  least double precision not null,
  sample bigint[] not null,
  problem jsonb
);
comment on table collection.result is 'What each rule found at each run; rule: number of a steward''s, id of a declared one, or load:<n>';
comment on column collection.result.sample is 'Numbers of the first rows that failed';
create index result_rule on collection.result (dataset, rule, at desc);
grant select, insert on collection.result to daizong_app;

create table collection.score (
  dataset text not null,
  day date not null,
  source text not null,
  total double precision,
  dimensions jsonb not null,
  rows bigint not null,
  pack text not null,
  primary key (dataset, day)
);
comment on table collection.score is 'Score of each dataset a day, made by the weights of a rule pack';
create index score_source on collection.score (source, day);
grant select, insert, update on collection.score to daizong_app;

create table collection.correction (
  loop text primary key,
  dataset text not null,
  rule text not null,
  load bigint,
  source text not null,
  opened_at timestamptz not null,
  due timestamptz,
  ended_at timestamptz,
  outcome text check (outcome in ('closed', 'waived')),
  opened_again int not null default 0,
  first_bad bigint not null,
  last_bad bigint not null,
  check ((ended_at is null) = (outcome is null))
);
comment on table collection.correction is 'Which matter sees to which failing rule of which dataset, for lists and statistics';
create unique index correction_open on collection.correction (dataset, rule) where ended_at is null;
create index correction_rule on collection.correction (dataset, rule, opened_at desc);
create index correction_source on collection.correction (source, opened_at);
grant select, insert, update on collection.correction to daizong_app;

create table collection.objection (
  loop text primary key,
  dataset text not null,
  row bigint,
  version int,
  source text not null,
  by text not null,
  opened_at timestamptz not null,
  ended_at timestamptz
);
comment on table collection.objection is 'Records that somebody objects to; one without row says that a record is missing or was not found';
create index objection_row on collection.objection (dataset, row) where ended_at is null;
create index objection_by on collection.objection (by, opened_at desc);
grant select, insert, update on collection.objection to daizong_app;
