create table standards.element (
  id text primary key,
  title text not null,
  title_en text not null,
  definition text not null,
  max bigint check (max > 0),
  codes text,
  unit text,
  synonyms jsonb not null,
  set text not null,
  object_class text not null,
  property text not null,
  kind text not null,
  link boolean not null,
  owner text,
  standard text,
  edition bigint not null check (edition > 0),
  state text not null check (state in ('in-force', 'retired'))
);
comment on table standards.element is 'Data elements of the city, each with one source; older editions are in the history';
create index element_title on standards.element (title);
select registry.adopt('standards.element');

create table standards.mapping (
  dataset text not null,
  field text not null,
  element text not null,
  reasons text not null,
  by text not null,
  primary key (dataset, field)
);
comment on table standards.mapping is 'Fields of datasets whose element a person has agreed to';
select registry.adopt('standards.mapping');

create table standards.planned_change (
  loop text primary key,
  element text not null,
  begins date not null,
  changes jsonb not null,
  done boolean not null
);
comment on table standards.planned_change is 'Approved changes of elements that begin on their day';
create index planned_change_begins on standards.planned_change (begins);
select registry.adopt('standards.planned_change');
