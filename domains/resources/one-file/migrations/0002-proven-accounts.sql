drop table one_file.account;
