create table registry.handout (
  dataset text not null,
  block bigint not null,
  handout text not null,
  bits bytea not null check (length(bits) = 1024),
  primary key (dataset, block, handout)
);
comment on table registry.handout is 'Rows of a dataset that left together, such as in a file: a bit a row, 8,192 rows a block, found by row through the key';
create index handout_id on registry.handout (handout);
grant select, insert, update, delete on registry.handout to daizong_app;

create table registry.whole_handout (
  dataset text not null,
  at timestamptz not null,
  handout text not null,
  primary key (dataset, at, handout)
);
comment on table registry.whole_handout is 'Answers that may hold any row which a dataset had at an instant';
grant select, insert on registry.whole_handout to daizong_app;
