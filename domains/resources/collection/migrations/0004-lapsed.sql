alter table collection.correction drop constraint correction_outcome_check;
alter table collection.correction add constraint correction_outcome_check
  check (outcome in ('closed', 'waived', 'lapsed'));
comment on column collection.correction.outcome is 'lapsed: its rule went out of force while it was open';
