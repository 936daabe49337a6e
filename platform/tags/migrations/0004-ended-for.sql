alter table tags.segment add column ended_for text[];
comment on column tags.segment.ended_for is 'Tags that may not be used for it any more, when it ended for them';
