create table registry.last_read (
  dataset text primary key,
  day date not null
);
comment on table registry.last_read is 'Day on which somebody last read rows of a dataset; written once a day by each process';
grant select, insert, update on registry.last_read to daizong_app;
