alter table one_file.decision add column split uuid;
comment on column one_file.decision.split is 'The taking apart of a file that it belongs to; when the files become one again, what else was decided of the same record in it ends too';
