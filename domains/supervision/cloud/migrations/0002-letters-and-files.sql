create table supervision_cloud.letter (
  step bigint primary key references supervision_cloud.step,
  content jsonb not null,
  file text not null,
  answer_by date not null
);
comment on table supervision_cloud.letter is 'What was written at each step of the ladder, as sent; the file is the same as .docx';
grant select, insert on supervision_cloud.letter to daizong_app;

create table supervision_cloud.instruction_file (
  file text primary key,
  instruction text not null references supervision_cloud.instruction,
  answer bigint references supervision_cloud.instruction_answer
);
comment on table supervision_cloud.instruction_file is 'Files of an instruction or of an answer to it; as restricted as the instruction';
create index instruction_file_of on supervision_cloud.instruction_file (instruction);
create index instruction_file_answer on supervision_cloud.instruction_file (answer);
grant select, insert on supervision_cloud.instruction_file to daizong_app;

alter table supervision_cloud.plan add column inspection text
  check (inspection in ('comprehensive', 'special', 'event', 'daily', 'lead'));
