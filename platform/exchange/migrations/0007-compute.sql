alter table exchange."grant" drop constraint grant_ways_check;
alter table exchange."grant" add constraint grant_ways_check
  check (ways <@ array['query', 'file', 'subscription', 'compare', 'compute'] and cardinality(ways) > 0);
