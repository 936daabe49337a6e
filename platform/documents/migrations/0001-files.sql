create table documents.blob (
  sm3 text primary key check (sm3 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  type text not null,
  scan text not null check (scan in ('clean', 'waiting', 'infected', 'off')),
  stored_at timestamptz not null
);
comment on table documents.blob is 'Contents, once each; the bytes lie in the data folder under their SM3';
create index blob_waiting on documents.blob (stored_at) where scan = 'waiting';
grant select, insert, delete, update (scan) on documents.blob to daizong_app;

create table documents.file (
  id text primary key,
  sm3 text not null references documents.blob,
  name text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  attached_kind text,
  attached_id text,
  check ((attached_kind is null) = (attached_id is null))
);
comment on table documents.file is 'Uploads: a name for a content, and what it belongs to; rights hang on it';
create index file_content on documents.file (sm3);
create index file_owner on documents.file (attached_kind, attached_id);
create index file_loose on documents.file (uploaded_at) where attached_kind is null;
grant select, insert, delete, update (attached_kind, attached_id) on documents.file to daizong_app;
