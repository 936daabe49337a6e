create table supervision_cloud.plan (
  id text primary key,
  title text not null,
  year bigint not null check (year between 2000 and 2100),
  starts_on date not null,
  ends_on date not null,
  state text not null check (state in ('draft', 'published')),
  report text,
  check (starts_on <= ends_on)
);
comment on table supervision_cloud.plan is 'Yearly plans of key work';
select registry.adopt('supervision_cloud.plan');

create table supervision_cloud.node (
  id text primary key,
  plan text not null references supervision_cloud.plan,
  parent text references supervision_cloud.node deferrable initially deferred,
  kind text not null check (kind in ('goal', 'task', 'milestone')),
  position bigint not null,
  title text not null,
  about text,
  weight double precision not null check (weight between 0 and 1000),
  lead text,
  joint jsonb not null,
  division text,
  starts_on date,
  due date,
  quantity text,
  live jsonb,
  state text not null check (state in ('open', 'done', 'failed', 'merged')),
  reported_on date,
  achieved_on date,
  proof text check (proof in ('check', 'indicator', 'carried')),
  proof_of jsonb,
  quality text check (quality in ('excellent', 'good', 'fair')),
  merged_into text,
  loop text,
  doubts jsonb,
  check (kind <> 'milestone' or parent is not null),
  check (kind = 'milestone' or achieved_on is null),
  check ((achieved_on is null) = (proof is null)),
  check ((state = 'merged') = (merged_into is not null))
);
comment on table supervision_cloud.node is 'Goals, tasks and milestones of a plan; a milestone counts with a proof only';
create index node_plan on supervision_cloud.node (plan, position);
create index node_live on supervision_cloud.node ((live ->> 'indicator')) where live is not null and achieved_on is null;
select registry.adopt('supervision_cloud.node');

create table supervision_cloud.step (
  id bigint generated always as identity primary key,
  node text not null references supervision_cloud.node,
  milestone text references supervision_cloud.node,
  loop text not null,
  step text not null check (step in ('urge', 'letter', 'circular', 'interview')),
  unit text not null,
  at timestamptz not null,
  number text not null unique
);
comment on table supervision_cloud.step is 'Steps of the urge ladder that were taken, each with its letter number; scores deduct for them';
create index step_node on supervision_cloud.step (node, at);
grant select, insert on supervision_cloud.step to daizong_app;

create table supervision_cloud.progress (
  id bigint generated always as identity primary key,
  node text not null references supervision_cloud.node,
  loop text not null,
  unit text not null,
  text text not null,
  by text not null,
  at timestamptz not null
);
comment on table supervision_cloud.progress is 'What units said of their progress; words only, it earns nothing';
create index progress_node on supervision_cloud.progress (node, at desc);
grant select, insert on supervision_cloud.progress to daizong_app;

create table supervision_cloud.duplicate (
  a text not null references supervision_cloud.node,
  b text not null references supervision_cloud.node,
  decision text not null check (decision in ('apart', 'merged')),
  reason text not null,
  by text not null,
  at timestamptz not null,
  primary key (a, b),
  check (a < b)
);
comment on table supervision_cloud.duplicate is 'What a person decided on two tasks that look alike';
grant select, insert on supervision_cloud.duplicate to daizong_app;

create table supervision_cloud.score (
  plan text not null references supervision_cloud.plan,
  unit text not null,
  total double precision not null,
  pack text not null,
  lines jsonb not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  primary key (plan, unit)
);
comment on table supervision_cloud.score is 'Yearly scores as confirmed, with every point and its source';
grant select, insert on supervision_cloud.score to daizong_app;

create table supervision_cloud.instruction (
  id text primary key,
  number text not null unique,
  title text not null,
  text text not null,
  given_by text not null,
  registered_by text not null,
  node text references supervision_cloud.node,
  due date not null,
  loop text,
  at timestamptz not null
);
comment on table supervision_cloud.instruction is 'Leaders'' instructions; readable only by those named in instruction_reader, never through a dataset or a matter';
grant select, insert on supervision_cloud.instruction to daizong_app;
grant update (loop) on supervision_cloud.instruction to daizong_app;

create table supervision_cloud.instruction_reader (
  instruction text not null references supervision_cloud.instruction,
  holder text not null check (holder ~ '^(post|account):.'),
  part text not null check (part in ('leader', 'registrar', 'handler', 'reader')),
  primary key (instruction, holder)
);
comment on table supervision_cloud.instruction_reader is 'Posts and accounts that may read an instruction';
create index instruction_reader_holder on supervision_cloud.instruction_reader (holder);
grant select, insert on supervision_cloud.instruction_reader to daizong_app;

create table supervision_cloud.instruction_answer (
  id bigint generated always as identity primary key,
  instruction text not null references supervision_cloud.instruction,
  text text not null,
  by text not null,
  at timestamptz not null
);
comment on table supervision_cloud.instruction_answer is 'What was answered to an instruction; as restricted as the instruction';
create index instruction_answer_of on supervision_cloud.instruction_answer (instruction, at);
grant select, insert on supervision_cloud.instruction_answer to daizong_app;
