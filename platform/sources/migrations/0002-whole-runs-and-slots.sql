alter table sources.run add column takes_whole boolean not null default false;
comment on column sources.run.takes_whole is 'Of a feed that is collected by increments: this run takes the table whole, to compare and mend';

alter table sources.part drop constraint part_kind_check;
alter table sources.part add constraint part_kind_check check (kind in ('rows', 'increment', 'deletes'));
comment on column sources.part.kind is 'increment: stored before a table that was taken whole, so that what the whole then changes had been missed';

create table sources.slot (
  name text not null,
  place text not null,
  source text not null references sources.source,
  feed text not null references sources.feed,
  made_at timestamptz not null,
  lag_bytes bigint,
  looked_at timestamptz,
  warned_at timestamptz,
  problem jsonb,
  primary key (name, place)
);
comment on table sources.slot is 'Replication slots, each with a publication of its name, that exist at sources until they are dropped there';
comment on column sources.slot.lag_bytes is 'Log that the source keeps for it';
create index slot_source on sources.slot (source);
create index slot_feed on sources.slot (feed);
grant select, insert, update, delete on sources.slot to daizong_app;

-- Slots used to be named by the feed alone; they are dropped, and made anew under a name of feed and table.
insert into sources.slot (name, place, source, feed, made_at)
select left('daizong_' || regexp_replace(f.id, '[^a-z0-9]', '_', 'g'), 63),
  lower(s.connection ->> 'host') || ':' || (s.connection ->> 'port') || '/' || (s.connection ->> 'database'),
  s.id, (array_agg(f.id order by f.id))[1], now()
from sources.feed f join sources.source s on s.id = f.source
where f.definition ->> 'mode' = 'replication' and s.connection ->> 'kind' = 'postgres'
group by 1, 2, 3;
