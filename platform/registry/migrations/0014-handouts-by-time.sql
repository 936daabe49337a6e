alter table registry.handout add column given timestamptz;
comment on column registry.handout.given is 'When the audit record that bears it was written; null where its maker tells of it in a list of his own';
update registry.handout h set given = e.at from audit.entry e
  where e.details ? 'handout' and e.details ->> 'handout' = h.handout;
create index handout_given on registry.handout (dataset, block, given, handout);
create index handout_age on registry.handout (given) where given is not null;

alter table registry.whole_handout add column given timestamptz;
comment on column registry.whole_handout.given is 'When the audit record that bears it was written';
update registry.whole_handout h set given = e.at from audit.entry e
  where e.details ? 'handout' and e.details ->> 'handout' = h.handout;
update registry.whole_handout set given = at where given is null;
alter table registry.whole_handout alter column given set not null;
create index whole_handout_given on registry.whole_handout (dataset, given, handout) include (at);
create index whole_handout_age on registry.whole_handout (given);
create index whole_handout_id on registry.whole_handout (handout);
grant delete on registry.whole_handout to daizong_app;
