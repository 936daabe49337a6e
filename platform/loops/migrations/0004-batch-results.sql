alter table loops.batch_failure rename to batch_result;
alter table loops.batch_result rename constraint batch_failure_pkey to batch_result_pkey;
alter table loops.batch_result alter column why_zh drop not null, alter column why_en drop not null,
  add check ((why_zh is null) = (why_en is null));
comment on table loops.batch_result is 'What became of each matter of a batch: changed, or why it stayed as it was';
