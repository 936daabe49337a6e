create table runtime.event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  topic text not null,
  key text not null,
  data jsonb not null default '{}',
  audience jsonb
);
comment on table runtime.event is 'Outbox: what happened, written in the transaction that did it; kept seven days';
comment on column runtime.event.xid is 'Writing transaction; readers follow (xid, id) below the oldest running one, so none is missed';
create index event_order on runtime.event (xid, id);
create index event_age on runtime.event (at);
grant select, insert, delete on runtime.event to daizong_app;

create table runtime.subscriber (
  id text primary key,
  xid xid8 not null,
  event_id bigint not null,
  failures int not null default 0,
  last_error text
);
comment on table runtime.subscriber is 'Place of each subscriber in the stream of events, moved in the transaction of its effect';
grant select, insert, update on runtime.subscriber to daizong_app;
