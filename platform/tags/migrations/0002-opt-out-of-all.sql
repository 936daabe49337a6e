create table tags.opt_out_of_all (
  subject text not null,
  member bigint not null,
  account text not null,
  reason text,
  at timestamptz not null,
  primary key (subject, member)
);
comment on table tags.opt_out_of_all is 'Members who want to be in no segment of services, those to come included';
grant select, insert, delete on tags.opt_out_of_all to daizong_app;

alter table tags.segment add column left_out int not null default 0;
comment on column tags.segment.left_out is 'How many the last push left out because they had opted out';
update tags.segment s set left_out = (select count(*) from tags.opt_out o where o.segment = s.id);
