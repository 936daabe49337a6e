create table registry.change_mark (
  at timestamptz primary key,
  xid xid8 not null
);
comment on table registry.change_mark is 'Oldest transaction that ran at an instant, once a day: changes by earlier ones are older than that';
grant select, insert, delete on registry.change_mark to daizong_app;

create table registry.change_cut (
  dataset text primary key,
  xid xid8 not null,
  id bigint not null
);
comment on table registry.change_cut is 'Last change of a dataset that was cut; who has not read so far cannot go on and begins anew';
grant select, insert, update on registry.change_cut to daizong_app;
grant delete on registry.change to daizong_app;

create table registry.past_retention (
  dataset text primary key,
  rows bigint not null,
  versions bigint not null,
  counted_at timestamptz not null
);
comment on table registry.past_retention is 'Rows that nobody has changed, and earlier versions that ended, longer ago than their dataset is to be kept; counted daily, for the owner to decide';
grant select, insert, update, delete on registry.past_retention to daizong_app;
