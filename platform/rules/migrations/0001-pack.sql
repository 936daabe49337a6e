create table rules.pack (
  rule text not null,
  id text not null,
  content jsonb not null,
  author text not null,
  drafted_at timestamptz not null,
  reviewer text,
  published_at timestamptz,
  primary key (rule, id),
  constraint reviewed_by_another check (reviewer is null or reviewer <> author),
  constraint published_by_reviewer check ((reviewer is null) = (published_at is null))
);
comment on table rules.pack is 'Editions that administrators added to those of the modules; in force once another person published them';
grant select, insert, update (reviewer, published_at) on rules.pack to daizong_app;
