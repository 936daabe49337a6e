create table registry.code_list (
  id text not null,
  edition int not null check (edition > 0),
  title jsonb not null,
  source text not null,
  codes jsonb not null,
  valid_from date not null,
  note text not null,
  by text not null,
  at timestamptz not null,
  primary key (id, edition)
);
comment on table registry.code_list is 'Editions of code lists made in the portal; what the product ships is edition 0';
grant select, insert on registry.code_list to daizong_app;
