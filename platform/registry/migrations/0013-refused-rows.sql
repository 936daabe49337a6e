alter table registry.correction add column deliverer text;
update registry.correction c set deliverer = case when l.by like 'system:%' then l.by else l.organisation end
from registry.load l where l.id = c.load;
alter table registry.correction
  alter column deliverer set not null,
  add column key bytea,
  add column content bytea,
  add column came bigint,
  drop constraint correction_dataset_file_line_key,
  drop constraint correction_state_check,
  add constraint correction_state_check check (state in ('open', 'corrected', 'dropped', 'waived', 'superseded'));
-- Which rows had come in good order was noted by the check; what people corrected stays so.
update registry.correction set state = 'superseded' where state = 'corrected' and by like 'system:%';
create unique index correction_row on registry.correction (dataset, deliverer, content);
create index correction_key on registry.correction (dataset, deliverer, key);
create index correction_file on registry.correction (dataset, file, line);
create index correction_listed on registry.correction (dataset, deliverer, load) where state in ('open', 'corrected', 'dropped');
create index correction_old on registry.correction (dataset, deliverer, id) where content is null and state <> 'superseded';
comment on table registry.correction is 'Rows that imports refused, with the reason per cell, each once however often it is delivered; cells are sealed';
comment on column registry.correction.deliverer is 'Feed that delivered it, by its system actor; of people the organisation whose file it was';
comment on column registry.correction.load is 'Last import that refused it; file and line are of that one';
comment on column registry.correction.key is 'Hash of the key as an import stores it; null where the key is wrong itself, or was not noted yet';
comment on column registry.correction.content is 'Blind index of the cells: tells whether the same row came again; null where it was not noted yet, which the program does';
comment on column registry.correction.came is 'Last import that brought the key, in whatever row: once it has ended, a row that it did not refuse again is past';
comment on column registry.correction.state is 'dropped: given up by the source; waived: left out by the data bureau; superseded: a later delivery had it in good order, otherwise, or no more';
