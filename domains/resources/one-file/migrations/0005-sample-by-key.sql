alter table one_file.pair drop constraint pair_why_check;
alter table one_file.pair add constraint pair_why_check
  check (why in ('unsure', 'two-fit', 'keys-differ', 'sample-by-key', 'sample-joined', 'sample-apart', 'asked'));
comment on column one_file.pair.why is 'sample-by-key: drawn of those joined because their numbers are equal; sample-joined: of those joined by the other marks; sample-apart: of those kept apart';
update one_file.pair set why = 'sample-by-key'
  where why = 'sample-joined' and parts @? '$[*] ? ((@.id == "number" || @.id == "code") && @.level == 1)';
