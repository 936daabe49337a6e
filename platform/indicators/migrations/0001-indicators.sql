create table indicators.value (
  indicator text not null,
  member text not null,
  period timestamptz not null,
  vintage timestamptz not null,
  value double precision check (value > '-infinity' and value < 'infinity'),
  basis jsonb not null,
  published_by text not null,
  primary key (indicator, member, period, vintage)
);
comment on table indicators.value is 'Every value ever published of every measure: what was known of a period since when; append-only';
comment on column indicators.value.vintage is 'Known from this instant on, until a later vintage of the same period';
comment on column indicators.value.value is 'Null says not available, with the reason in basis';
create index value_period on indicators.value (indicator, period, member, vintage);
grant select, insert on indicators.value to daizong_app;

create table indicators.warning (
  id bigint generated always as identity primary key,
  rule text not null,
  indicator text not null,
  member text not null,
  level text not null check (level in ('blue', 'yellow', 'orange', 'red')),
  opened_at timestamptz not null,
  opened_period timestamptz not null,
  cleared_at timestamptz,
  loop text,
  evidence jsonb not null
);
comment on table indicators.warning is 'Warnings: at most one lasts for a rule and member';
comment on column indicators.warning.level is 'Level now; the last one once cleared';
create unique index warning_lasting on indicators.warning (rule, member) where cleared_at is null;
create index warning_newest on indicators.warning (opened_at desc, id desc);
grant select, insert on indicators.warning to daizong_app;
grant update (level, cleared_at, loop, evidence) on indicators.warning to daizong_app;

create table indicators.warning_step (
  id bigint generated always as identity primary key,
  warning bigint not null references indicators.warning,
  step text not null check (step in ('opened', 'raised', 'lowered', 'cleared')),
  level text not null check (level in ('blue', 'yellow', 'orange', 'red')),
  period timestamptz not null,
  at timestamptz not null,
  evidence jsonb not null
);
comment on table indicators.warning_step is 'How each warning came, rose, fell and went, with the values that did it; append-only';
create index step_of_warning on indicators.warning_step (warning, id);
grant select, insert on indicators.warning_step to daizong_app;
