create table air.station (
  code text primary key,
  name text not null,
  name_en text,
  city text not null,
  division text not null,
  organisation text not null,
  place_lng double precision not null check (place_lng between -180 and 180),
  place_lat double precision not null check (place_lat between -90 and 90),
  kind text not null check (kind in ('national', 'local', 'replay')),
  status text not null check (status in ('in-use', 'repair', 'retired'))
);
comment on table air.station is 'Stations of ambient air; coordinates WGS 84';
create index station_name on air.station (name);
select registry.adopt('air.station');

create table air.published_index (
  station text not null,
  at timestamptz not null,
  aqi bigint check (aqi between 0 and 500),
  level text,
  "primary" text,
  values jsonb not null,
  primary key (at, station)
);
comment on table air.published_index is 'Index as the authority published it for a station and hour; at is the end of the hour';
create index published_index_station on air.published_index (station);
select registry.adopt('air.published_index');

create table air.finding (
  id text primary key,
  station text not null,
  division text not null,
  pollutant text not null,
  screen text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  hours bigint not null check (hours > 0),
  state text not null check (state in ('open', 'flagged', 'dismissed')),
  evidence jsonb not null,
  loop text,
  check (starts_at <= ends_at)
);
comment on table air.finding is 'Stretches of hourly values that a screen asks to be checked, with their evidence';
create index finding_starts on air.finding (starts_at desc, id);
select registry.adopt('air.finding');
