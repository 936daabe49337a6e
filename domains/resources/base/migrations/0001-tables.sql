create table base.resident (
  number bytea not null,
  number_index bytea not null,
  name text not null,
  former_name text,
  sex text not null,
  nation text,
  born_on date not null,
  household text,
  relation text,
  address text,
  division text not null,
  marital text,
  ended_on date,
  end_reason text,
  primary key (number_index)
);
comment on table base.resident is 'Residents as the police register them';
create index resident_born_on on base.resident (born_on);
create index resident_household on base.resident (household);
create index resident_name on base.resident (name);
select registry.adopt('base.resident');

create table base.move (
  permit text not null,
  number bytea not null,
  number_index bytea not null,
  name text not null,
  moved_on date not null,
  "from" text,
  "to" text not null,
  primary key (permit)
);
comment on table base.move is 'Moves that the police entered';
create index move_moved_on on base.move (moved_on);
create index move_name on base.move (name);
create index move_number_index on base.move (number_index);
select registry.adopt('base.move');

create table base.vehicle (
  plate text not null,
  vin text not null,
  name text not null,
  number bytea,
  number_index bytea,
  registered_on date not null,
  address text,
  phone bytea,
  phone_index bytea,
  primary key (plate)
);
comment on table base.vehicle is 'Vehicles and their owners';
create index vehicle_registered_on on base.vehicle (registered_on);
create index vehicle_name on base.vehicle (name);
create index vehicle_number_index on base.vehicle (number_index);
select registry.adopt('base.vehicle');

create table base.marriage (
  certificate text not null,
  husband text not null,
  husband_number bytea,
  husband_number_index bytea,
  wife text not null,
  wife_number bytea,
  wife_number_index bytea,
  married_on date not null,
  office text,
  primary key (certificate)
);
comment on table base.marriage is 'Marriages entered by civil affairs';
create index marriage_married_on on base.marriage (married_on);
create index marriage_husband on base.marriage (husband);
create index marriage_wife on base.marriage (wife);
create index marriage_husband_number_index on base.marriage (husband_number_index);
create index marriage_wife_number_index on base.marriage (wife_number_index);
select registry.adopt('base.marriage');

create table base.birth (
  certificate text not null,
  name text not null,
  sex text not null,
  born_on date not null,
  mother text,
  mother_number bytea,
  mother_number_index bytea,
  father text,
  father_number bytea,
  father_number_index bytea,
  primary key (certificate)
);
comment on table base.birth is 'Births that hospitals certified';
create index birth_born_on on base.birth (born_on);
create index birth_name on base.birth (name);
create index birth_mother_number_index on base.birth (mother_number_index);
create index birth_father_number_index on base.birth (father_number_index);
select registry.adopt('base.birth');

create table base.death (
  certificate text not null,
  name text not null,
  sex text,
  number bytea,
  number_index bytea,
  born_on date,
  died_on date not null,
  address text,
  primary key (certificate)
);
comment on table base.death is 'Deaths that hospitals certified';
create index death_died_on on base.death (died_on);
create index death_name on base.death (name);
create index death_number_index on base.death (number_index);
select registry.adopt('base.death');

create table base.medical_insured (
  member text not null,
  name text not null,
  sex text,
  number bytea,
  number_index bytea,
  born_on date,
  kind text not null,
  employer text,
  phone bytea,
  phone_index bytea,
  primary key (member)
);
comment on table base.medical_insured is 'People in the basic medical insurance';
create index medical_insured_name on base.medical_insured (name);
create index medical_insured_number_index on base.medical_insured (number_index);
select registry.adopt('base.medical_insured');

create table base.clinic_visit (
  visit text not null,
  hospital text not null,
  clinic text not null,
  visited_on date not null,
  name text not null,
  number bytea,
  number_index bytea,
  sex text,
  born_on date,
  phone bytea,
  phone_index bytea,
  primary key (visit)
);
comment on table base.clinic_visit is 'Visits of patients to clinics';
create index clinic_visit_visited_on on base.clinic_visit (visited_on);
create index clinic_visit_number_index on base.clinic_visit (number_index);
select registry.adopt('base.clinic_visit');

create table base.low_income (
  household text not null,
  entry text not null,
  name text not null,
  sex text,
  number bytea,
  number_index bytea,
  relation text,
  address text,
  phone bytea,
  phone_index bytea,
  age bigint,
  primary key (entry)
);
comment on table base.low_income is 'People of households that civil affairs found in need';
create index low_income_household on base.low_income (household);
create index low_income_name on base.low_income (name);
create index low_income_number_index on base.low_income (number_index);
select registry.adopt('base.low_income');

create table base.disabled_person (
  card bytea not null,
  card_index bytea not null,
  name text not null,
  sex text,
  born_on date,
  kind text not null,
  grade text,
  address text,
  phone bytea,
  phone_index bytea,
  primary key (card_index)
);
comment on table base.disabled_person is 'People with a card of the disabled persons federation';
create index disabled_person_name on base.disabled_person (name);
select registry.adopt('base.disabled_person');

create table base.pension (
  member text not null,
  name text not null,
  number bytea,
  number_index bytea,
  born_on date,
  address text,
  last_paid text not null,
  primary key (member)
);
comment on table base.pension is 'Pensions that human resources pay';
create index pension_name on base.pension (name);
create index pension_number_index on base.pension (number_index);
select registry.adopt('base.pension');

create table base.student (
  pupil bytea not null,
  pupil_index bytea not null,
  name text not null,
  sex text,
  number bytea,
  number_index bytea,
  born_on date,
  school text not null,
  grade bigint not null,
  guardian text,
  guardian_phone bytea,
  guardian_phone_index bytea,
  address text,
  primary key (pupil_index)
);
comment on table base.student is 'Pupils of primary and middle schools';
create index student_school on base.student (school);
create index student_name on base.student (name);
create index student_number_index on base.student (number_index);
select registry.adopt('base.student');

create table base.employee (
  number bytea not null,
  number_index bytea not null,
  employer text not null,
  name text not null,
  employer_name text,
  since date not null,
  base double precision not null,
  months bigint not null,
  primary key (number_index, employer)
);
comment on table base.employee is 'Who pays pension insurance as an employee of whom';
create index employee_employer on base.employee (employer);
create index employee_name on base.employee (name);
select registry.adopt('base.employee');

create table base.housing_fund (
  account text not null,
  name text not null,
  number bytea,
  number_index bytea,
  employer_name text,
  opened_on date not null,
  base double precision not null,
  phone bytea,
  phone_index bytea,
  primary key (account)
);
comment on table base.housing_fund is 'Accounts of employees in the housing fund';
create index housing_fund_name on base.housing_fund (name);
create index housing_fund_number_index on base.housing_fund (number_index);
select registry.adopt('base.housing_fund');

create table base.property (
  certificate text not null,
  name text not null,
  number bytea,
  number_index bytea,
  co_owner text,
  place text not null,
  area double precision not null,
  registered_on date not null,
  primary key (certificate)
);
comment on table base.property is 'Titles of real estate and their holders';
create index property_registered_on on base.property (registered_on);
create index property_name on base.property (name);
create index property_number_index on base.property (number_index);
select registry.adopt('base.property');

create table base.house_sale (
  contract text not null,
  name text not null,
  number bytea,
  number_index bytea,
  phone bytea,
  phone_index bytea,
  place text not null,
  area double precision not null,
  signed_on date not null,
  primary key (contract)
);
comment on table base.house_sale is 'Sales of houses signed online';
create index house_sale_signed_on on base.house_sale (signed_on);
create index house_sale_name on base.house_sale (name);
create index house_sale_number_index on base.house_sale (number_index);
select registry.adopt('base.house_sale');

create table base.firm (
  code text not null,
  name text not null,
  former_name text,
  kind text not null,
  representative text not null,
  representative_number bytea,
  representative_number_index bytea,
  capital double precision,
  established_on date not null,
  state text not null,
  closed_on date,
  industry text,
  address text,
  phone text,
  merged_into text,
  primary key (code)
);
comment on table base.firm is 'Companies, sole traders and cooperatives as registered';
create index firm_established_on on base.firm (established_on);
create index firm_name on base.firm (name);
create index firm_representative_number_index on base.firm (representative_number_index);
select registry.adopt('base.firm');

create table base.shareholding (
  code text not null,
  firm_name text,
  holder text not null,
  holder_kind text not null,
  holder_number bytea not null,
  holder_number_index bytea not null,
  percent double precision not null,
  since date,
  primary key (code, holder_number_index)
);
comment on table base.shareholding is 'Who holds which share of a company';
create index shareholding_holder_number_index on base.shareholding (holder_number_index);
select registry.adopt('base.shareholding');

create table base.statistical_unit (
  code text not null,
  name text not null,
  division text not null,
  industry text,
  opened_in text,
  staff bigint,
  phone text,
  primary key (code)
);
comment on table base.statistical_unit is 'Units as statistics list them';
create index statistical_unit_division on base.statistical_unit (division);
create index statistical_unit_name on base.statistical_unit (name);
select registry.adopt('base.statistical_unit');

create table base.cooperative (
  code text not null,
  name text not null,
  chair text not null,
  chair_number bytea,
  chair_number_index bytea,
  established_on date not null,
  first_year_on date,
  address text,
  phone text,
  primary key (code)
);
comment on table base.cooperative is 'Cooperatives as agriculture lists them';
create index cooperative_established_on on base.cooperative (established_on);
create index cooperative_name on base.cooperative (name);
select registry.adopt('base.cooperative');

create table base.tax_return (
  code text not null,
  "from" date not null,
  until date not null,
  name text,
  filed_on date not null,
  revenue double precision not null,
  staff bigint,
  primary key (code, "from")
);
comment on table base.tax_return is 'Revenue and staff that firms declare each quarter';
create index tax_return_until on base.tax_return (until);
create index tax_return_name on base.tax_return (name);
select registry.adopt('base.tax_return');

create table base.licence (
  licence text not null,
  kind text not null,
  name text not null,
  code text,
  authority text,
  "from" date not null,
  until date,
  address text,
  primary key (licence)
);
comment on table base.licence is 'Licences that approval services grant';
create index licence_until on base.licence (until);
create index licence_name on base.licence (name);
create index licence_code on base.licence (code);
select registry.adopt('base.licence');

create table base.transport_operator (
  licence text not null,
  name text not null,
  code text,
  head text not null,
  head_number bytea,
  head_number_index bytea,
  phone text,
  "from" date not null,
  until date,
  primary key (licence)
);
comment on table base.transport_operator is 'Firms licensed for road transport';
create index transport_operator_until on base.transport_operator (until);
create index transport_operator_name on base.transport_operator (name);
create index transport_operator_code on base.transport_operator (code);
select registry.adopt('base.transport_operator');

create table base.penalty (
  decision text not null,
  name text not null,
  code text,
  fact text not null,
  fine double precision not null,
  decided_on date not null,
  office text not null,
  primary key (decision)
);
comment on table base.penalty is 'Penalties published by law';
create index penalty_decided_on on base.penalty (decided_on);
create index penalty_name on base.penalty (name);
create index penalty_code on base.penalty (code);
select registry.adopt('base.penalty');

create table base.safety_inspection (
  inspection text not null,
  name text not null,
  code text,
  inspected_on date not null,
  result text not null,
  finding text,
  primary key (inspection)
);
comment on table base.safety_inspection is 'When firms were inspected, with result and finding';
create index safety_inspection_inspected_on on base.safety_inspection (inspected_on);
create index safety_inspection_name on base.safety_inspection (name);
create index safety_inspection_code on base.safety_inspection (code);
select registry.adopt('base.safety_inspection');

create table base.environment_inspection (
  inspection text not null,
  name text not null,
  code text,
  inspected_on date not null,
  result text not null,
  finding text,
  primary key (inspection)
);
comment on table base.environment_inspection is 'When firms were inspected, with result and finding';
create index environment_inspection_inspected_on on base.environment_inspection (inspected_on);
create index environment_inspection_name on base.environment_inspection (name);
create index environment_inspection_code on base.environment_inspection (code);
select registry.adopt('base.environment_inspection');

create table base.fire_inspection (
  inspection text not null,
  name text not null,
  code text,
  inspected_on date not null,
  result text not null,
  finding text,
  primary key (inspection)
);
comment on table base.fire_inspection is 'When firms were inspected, with result and finding';
create index fire_inspection_inspected_on on base.fire_inspection (inspected_on);
create index fire_inspection_name on base.fire_inspection (name);
create index fire_inspection_code on base.fire_inspection (code);
select registry.adopt('base.fire_inspection');
