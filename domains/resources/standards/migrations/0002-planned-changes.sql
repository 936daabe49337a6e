alter table standards.planned_change
  alter column element drop not null,
  add column kind text not null default 'change' check (kind in ('register', 'change', 'retire', 'codes')),
  add column list text,
  add column problem jsonb,
  add constraint planned_change_about check (num_nonnulls(element, list) = 1);
alter table standards.planned_change alter column kind drop default;
comment on table standards.planned_change is 'Approved changes of elements and code lists that begin on their day';
comment on column standards.planned_change.problem is 'Why it could not begin on its day; empty once it has';
