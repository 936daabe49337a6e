drop table legal_persons.account;
