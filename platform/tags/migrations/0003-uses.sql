-- A tag says for which kinds of segments it may be used. Nobody has said so of stewards' own tags: they are for none until
-- their next version says it, and segments that are made of them end.
update tags.version set content = content || '{"uses": []}'
where not content ? 'uses' and tag in (select id from tags.tag where not declared);

-- Examples of trials are members; only who tries a tag sees them.
update tags.version set trial = trial || '{"examples": []}' where trial is not null;
