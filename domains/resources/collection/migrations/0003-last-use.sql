create table collection.declared_use (
  system text not null,
  "table" text not null,
  kind text not null check (kind in ('used', 'called', 'read') and (kind = 'read') = ("table" <> '')),
  "on" date not null,
  by text not null,
  at timestamptz not null,
  primary key (system, "table", kind)
);
comment on table collection.declared_use is 'When a system was last used or called, or a table read, as somebody says who may know; only where the platform does not know itself. "table" is empty for a system';
grant select, insert, update, delete on collection.declared_use to daizong_app;

insert into collection.declared_use (system, "table", kind, "on", by, at)
select code, '', 'used', last_used_on, _by, _since from collection.system where last_used_on is not null
union all select code, '', 'called', last_called_on, _by, _since from collection.system where last_called_on is not null
union all select system, name, 'read', last_read_on, _by, _since from collection.system_table where last_read_on is not null;

alter table collection.system drop column last_used_on, drop column last_called_on;
alter table collection.system_table drop column last_read_on;
