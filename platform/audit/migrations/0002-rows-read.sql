create index entry_rows on audit.entry using gin ((details -> 'rows') jsonb_path_ops) with (fastupdate = off) where details ? 'rows';
comment on index audit.entry_rows is 'Which reads named a row, by the numbers in details.rows';
