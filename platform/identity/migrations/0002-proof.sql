create table identity.proof (
  account text primary key references identity.account,
  number_sealed bytea not null,
  name_sealed bytea not null,
  by text not null,
  at timestamptz not null
);
comment on table identity.proof is 'Of which person or firm an account is: number and name as a clerk read them on the card or licence, sealed';
grant select, insert, update, delete on identity.proof to daizong_app;
