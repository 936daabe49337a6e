create table identity.organisation (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
  parent text references identity.organisation,
  path text not null unique check (path ~ '^([a-z0-9.-]+/)+$'),
  division text not null check (division <> ''),
  kind text not null check (kind in ('city', 'body', 'county', 'zone', 'town', 'village', 'grid')),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  short text not null,
  closed_at timestamptz,
  check ((parent is null) = (kind = 'city'))
);
comment on table identity.organisation is 'Tree of city bodies, counties, zones, towns, villages and grids; never deleted, only closed';
comment on column identity.organisation.path is 'Materialised path from the root, each id followed by /';
comment on column identity.organisation.division is 'Division it answers for, as a prefix of division codes: 3709, 370902, 370902001; zones have no code: 3709.<zone>';
create index organisation_parent on identity.organisation (parent, id);
create index organisation_division on identity.organisation (division text_pattern_ops);
grant select, insert, update on identity.organisation to daizong_app;

create table identity.account (
  id text primary key,
  account text not null unique check (account = lower(account) and account ~ '^[a-z0-9][a-z0-9._@-]{1,63}$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('staff', 'resident', 'firm')),
  organisation text references identity.organisation,
  password_hash text,
  password_at timestamptz,
  must_change boolean not null default false,
  totp_sealed bytea,
  totp_pending bytea,
  totp_step bigint not null default 0,
  is_demo boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null
);
comment on table identity.account is 'Who can sign in: staff, residents and firms';
comment on column identity.account.organisation is 'Whose administrators look after the account; the city if absent';
comment on column identity.account.password_hash is 'argon2id; absent: cannot sign in by password';
comment on column identity.account.must_change is 'Set by an administrator; until the password is changed no right is held';
comment on column identity.account.totp_sealed is 'Confirmed secret of the second factor, sealed with the key store';
comment on column identity.account.totp_pending is 'Sealed secret shown once and not confirmed yet';
comment on column identity.account.totp_step is 'Last time step used, so that no code counts twice';
create index account_organisation on identity.account (organisation, account);
grant select, insert, update on identity.account to daizong_app;

create table identity.post (
  id text primary key,
  title_zh text not null check (title_zh <> ''),
  title_en text not null check (title_en <> ''),
  organisation text not null references identity.organisation,
  closed_at timestamptz
);
comment on table identity.post is 'Posts [岗位]: rights and matters hang on them; people come and go';
create index post_organisation on identity.post (organisation, id);
grant select, insert, update on identity.post to daizong_app;

create table identity.role (
  id text primary key,
  title_zh text not null,
  title_en text not null,
  origin text not null check (origin in ('declared', 'own')),
  kinds text[] not null default '{}',
  retired_at timestamptz
);
comment on table identity.role is 'Roles declared by modules, and own ones of the administrators';
comment on column identity.role.kinds is 'Kinds of account that hold it without a post';
grant select, insert, update on identity.role to daizong_app;

create table identity.role_right (
  role text not null references identity.role,
  right_id text not null,
  reach text not null check (reach in ('own', 'unit', 'subtree', 'city')),
  primary key (role, right_id)
);
comment on table identity.role_right is 'Rights of each role and how far they reach from the organisation of the post';
create index role_right_right on identity.role_right (right_id);
grant select, insert, update, delete on identity.role_right to daizong_app;

create table identity.post_role (
  post text not null references identity.post,
  role text not null references identity.role,
  primary key (post, role)
);
comment on table identity.post_role is 'Roles granted to posts; every change is in the audit log';
create index post_role_role on identity.post_role (role);
grant select, insert, delete on identity.post_role to daizong_app;

create table identity.holding (
  id bigint generated always as identity primary key,
  post text not null references identity.post,
  account text not null references identity.account,
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (valid_to is null or valid_to >= valid_from)
);
comment on table identity.holding is 'Who holds which post, from when, until when; ended, never deleted';
create index holding_account on identity.holding (account);
create index holding_post on identity.holding (post);
grant select, insert, update on identity.holding to daizong_app;

create table identity.delegation (
  id bigint generated always as identity primary key,
  post text not null references identity.post,
  from_account text not null references identity.account,
  to_account text not null references identity.account,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  reason text not null,
  revoked_at timestamptz,
  created_at timestamptz not null,
  check (valid_to > valid_from and from_account <> to_account)
);
comment on table identity.delegation is 'A post lent for a time by its holder to another person';
create index delegation_to on identity.delegation (to_account, valid_to);
create index delegation_from on identity.delegation (from_account, valid_to);
create index delegation_post on identity.delegation (post, valid_to);
grant select, insert, update on identity.delegation to daizong_app;

create table identity.session (
  id text primary key,
  token_hash bytea not null unique,
  account text not null references identity.account,
  post text references identity.post,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  address text not null,
  agent text not null
);
comment on table identity.session is 'Signed-in sessions; only the SHA-256 of the cookie is kept';
comment on column identity.session.post is 'Post in use';
create index session_account on identity.session (account, created_at);
create index session_age on identity.session (created_at);
grant select, insert, update, delete on identity.session to daizong_app;

create table identity.api_token (
  id text primary key,
  token_hash bytea not null unique,
  name text not null check (name <> ''),
  organisation text not null references identity.organisation,
  created_by text not null references identity.account,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  used_at timestamptz
);
comment on table identity.api_token is 'Tokens of machines; only the SHA-256 is kept';
create index api_token_organisation on identity.api_token (organisation, id);
grant select, insert, update on identity.api_token to daizong_app;

create table identity.api_token_right (
  token text not null references identity.api_token,
  right_id text not null,
  reach text not null check (reach in ('own', 'unit', 'subtree', 'city')),
  primary key (token, right_id)
);
comment on table identity.api_token_right is 'Rights of a token, never more than its maker held';
grant select, insert on identity.api_token_right to daizong_app;

create table identity.sign_in_failure (
  key text primary key,
  failures int not null,
  first_at timestamptz not null,
  locked_until timestamptz
);
comment on table identity.sign_in_failure is 'Failed sign-ins by entered account and by address, also of accounts that do not exist, so that answers tell nothing';
grant select, insert, update, delete on identity.sign_in_failure to daizong_app;
