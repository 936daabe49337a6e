create table legal_persons.account (
  account text not null,
  code text not null,
  primary key (account)
);
comment on table legal_persons.account is 'For which firm an account speaks';
create index account_code on legal_persons.account (code);
select registry.adopt('legal_persons.account');

create table legal_persons.segment_member (
  segment text not null,
  code text not null,
  title text not null,
  purpose text not null,
  joined_on date not null,
  primary key (segment, code)
);
comment on table legal_persons.segment_member is 'Firms of pushed segments, for other systems to take';
create index segment_member_code on legal_persons.segment_member (code);
select registry.adopt('legal_persons.segment_member');
