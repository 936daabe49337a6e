-- The re-identification test counts every field that goes out but those that the owner exempts with a reason. What was
-- proposed or is in force names no reasons yet, so all its fields count: at the next refresh, or the next proposal.
update open_data.entry set meta = (meta - 'quasi') || '{"exempt": {}}';
update open_data.proposal set meta = (meta - 'quasi') || '{"exempt": {}}';

-- A candidate about persons was tested by fewer fields: it cannot be approved, and is proposed again.
alter table open_data.version disable trigger keep_version;
update open_data.version set meta = (meta - 'quasi') || '{"exempt": {}}' where state = 'candidate';
update open_data.version
set test = test || jsonb_build_object('passed', false, 'failures', (test -> 'failures') || '["other-test"]')
where state = 'candidate' and (meta ->> 'persons')::boolean;
alter table open_data.version enable trigger keep_version;
