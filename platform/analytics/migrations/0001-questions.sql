create table analytics.question (
  id bigint generated always as identity primary key,
  account text not null,
  sql text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  tables text[] not null,
  purpose text not null,
  asked_at timestamptz not null,
  exported boolean not null
);
comment on table analytics.question is 'Questions of stewards in their full text; the audit log names their digest (SM3) and purpose';
create index question_account on analytics.question (account, id desc);
grant select, insert on analytics.question to daizong_app;
