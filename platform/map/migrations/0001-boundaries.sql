create table map.boundary (
  id bigint generated always as identity primary key,
  code text not null check (code ~ '^[0-9]{6}([0-9]{3}){0,3}$'),
  level text not null check (level in ('city', 'county', 'town', 'village', 'grid')),
  name text not null check (name <> ''),
  name_en text,
  geometry jsonb not null check (geometry ->> 'type' in ('Polygon', 'MultiPolygon')),
  bbox double precision[] not null check (cardinality(bbox) = 4),
  source text not null check (source <> ''),
  review text,
  saved_by text not null,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  check (length(code) = case level when 'town' then 9 when 'village' then 12 when 'grid' then 15 else 6 end)
);
comment on table map.boundary is 'Boundaries of divisions and grids in WGS 84 with their history; the one in force has no valid_to';
comment on column map.boundary.code is 'GB/T 2260 and GB/T 10114 code; a grid adds three digits to its village';
comment on column map.boundary.bbox is 'West, south, east, north in degrees';
comment on column map.boundary.source is 'Where the line comes from; shown on the map';
comment on column map.boundary.review is 'Map review number [审图号] of officially reviewed data';
comment on column map.boundary.saved_by is 'Account that drew or imported it';
create unique index boundary_in_force on map.boundary (code) where valid_to is null;
create index boundary_history on map.boundary (code, valid_from);
grant select, insert on map.boundary to daizong_app;
grant update (valid_to) on map.boundary to daizong_app;
