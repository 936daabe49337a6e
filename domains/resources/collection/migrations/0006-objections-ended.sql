comment on column collection.objection.version is 'Version of the row that has to change: as it was objected to, or as it was when the correction was ordered';

update collection.objection o set ended_at = i.ended_at
from loops.instance i where i.id = o.loop::bigint and o.ended_at is null and i.ended_at is not null;
