-- Which versions a refresh made, and since when the files of one are cleared.
alter table open_data.version
  add column refreshed boolean not null default false,
  add column cleared_at timestamptz,
  -- What a person approved keeps its files for good.
  add check (cleared_at is null or (refreshed and state = 'published'));
alter table open_data.version alter column refreshed drop default;
comment on column open_data.version.refreshed is 'Made by a refresh under metadata that were approved before, not approved itself';
comment on column open_data.version.cleared_at is 'Since when its files are gone; what they were stays written down';

create index version_candidate on open_data.version (entry) where state = 'candidate';
create index version_kept on open_data.version (entry, number) where state = 'published' and cleared_at is null;

create or replace function open_data.keep_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'A version of an open dataset is never deleted';
  end if;
  if (old.entry, old.number, old.rows, old.digest, old.meta, old.columns, old.files, old.test, old.diff, old.made_at, old.refreshed)
    is distinct from
    (new.entry, new.number, new.rows, new.digest, new.meta, new.columns, new.files, new.test, new.diff, new.made_at, new.refreshed)
    or (old.state <> 'candidate' and old.state <> new.state)
    or (old.cleared_at is not null and old.cleared_at is distinct from new.cleared_at) then
    raise exception 'A version of an open dataset is never changed; make another one';
  end if;
  return new;
end $$;
