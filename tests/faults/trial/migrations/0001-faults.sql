create table faults.heard (
  event bigint primary key,
  instance bigint not null,
  times int not null default 1
);
comment on table faults.heard is 'Effect of a subscriber: how often it handled each event';
create table faults.noted (
  event bigint primary key
);
comment on table faults.noted is 'Effect of a job that the subscriber ordered for each event';
grant select, insert, update on faults.heard, faults.noted to daizong_app;
