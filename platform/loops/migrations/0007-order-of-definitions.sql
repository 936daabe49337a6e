alter table loops.definition alter column body type json;
comment on column loops.definition.body is 'As json, which keeps the order in which steps, actions and fields were declared';
alter table loops.definition_draft alter column body type json;
