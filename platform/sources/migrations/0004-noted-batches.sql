-- Bytes are noted when they are taken on; batches that wait were not yet.
insert into registry.file (sm3, name, size, by, organisation, at)
select distinct on (b.file) b.file, b.name, b.bytes, 'system:sources.' || b.feed, s.organisation, b.at
from sources.batch b join sources.feed f on f.id = b.feed join sources.source s on s.id = f.source
where b.run is null
on conflict do nothing;
