create index entry_handout on audit.entry ((details ->> 'handout')) where details ? 'handout';
comment on index audit.entry_handout is 'Which record tells of a handout of the registry, by the id in details.handout';
