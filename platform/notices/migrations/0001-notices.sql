create table notices.notice (
  id bigint generated always as identity primary key,
  account text not null,
  at timestamptz not null,
  title jsonb not null,
  body jsonb not null,
  link text,
  urgency text not null check (urgency in ('normal', 'urgent')),
  read_at timestamptz
);
comment on table notices.notice is 'What each account was told; kept a year';
create index notice_list on notices.notice (account, id desc);
create index notice_unread on notices.notice (account) where read_at is null;
create index notice_age on notices.notice (at);
grant select, insert, delete, update (read_at) on notices.notice to daizong_app;

create table notices.delivery (
  notice bigint not null references notices.notice on delete cascade,
  channel text not null check (channel in ('mail', 'sms')),
  state text not null check (state in ('sent', 'failed')),
  tried_at timestamptz not null,
  reason text,
  primary key (notice, channel)
);
comment on table notices.delivery is 'What became of a notice outside the portal';
grant select, insert, update, delete on notices.delivery to daizong_app;

create table notices.setting (
  account text primary key,
  mail text,
  mail_on boolean not null default false,
  phone bytea,
  sms_on boolean not null default false
);
comment on table notices.setting is 'Where and how an account wants to be told; the phone is sealed';
grant select, insert, update on notices.setting to daizong_app;
