alter table loops.definition
  add column made text not null default 'code' check (made in ('code', 'page')),
  add column made_by text,
  add column note text;
comment on column loops.definition.made is 'By a module''s code, or by an administrator in the portal';
comment on column loops.definition.note is 'Why an administrator changed it';

create table loops.definition_in_force (
  id text primary key,
  version int not null,
  since timestamptz not null,
  set_by text not null,
  foreign key (id, version) references loops.definition
);
comment on table loops.definition_in_force is 'Version that new matters follow, where an administrator chose one; else the one that the code declares';
grant select, insert, update, delete on loops.definition_in_force to daizong_app;

create table loops.definition_draft (
  id text primary key check (id ~ '^[a-z0-9.-]+\.[a-z0-9-]+$'),
  body jsonb not null check (pg_column_size(body) < 1000000),
  revision int not null check (revision > 0),
  based_on int,
  saved_at timestamptz not null,
  saved_by text not null
);
comment on table loops.definition_draft is 'Definitions that administrators are working on; may still have mistakes';
comment on column loops.definition_draft.revision is 'Grows with every save; saving over a newer one is refused';
comment on column loops.definition_draft.based_on is 'Version from which it was begun';
grant select, insert, update, delete on loops.definition_draft to daizong_app;
