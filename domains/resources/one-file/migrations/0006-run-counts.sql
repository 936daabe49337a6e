alter table one_file.run add column people integer, add column firms integer;
comment on column one_file.run.people is 'Files of persons there were when it had ended; counting them takes seconds in a whole city';
comment on column one_file.run.firms is 'Files of firms there were when it had ended';
update one_file.run set
    people = (select count(*) from one_file.entity where kind = 'person' and retired_at is null),
    firms = (select count(*) from one_file.entity where kind = 'firm' and retired_at is null)
  where id = (select max(id) from one_file.run where state = 'done');
