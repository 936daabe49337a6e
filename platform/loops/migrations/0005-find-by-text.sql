create function loops.grams(zh text, en text) returns tsvector language plpgsql immutable strict parallel safe cost 5000 as $$
declare
  line text := lower(case when zh = en then zh else zh || ' ' || en end);
  grams text[] := '{}';
begin
  for n in 1..length(line) loop
    grams[n] := substr(line, n, 2);
  end loop;
  return array_to_tsvector(grams);
end
$$;
comment on function loops.grams is 'Pairs of neighbouring characters of a line in two languages, and the last one alone: finds parts of words in Chinese, where trigrams and dictionaries do not';
create index instance_grams on loops.instance using gin (loops.grams(headline_zh, headline_en));

drop index loops.inbox_todo;
create index inbox_todo on loops.inbox (holder, due, instance) include (definition, division, warn, headline) where state = 'todo';
drop index loops.inbox_other;
create index inbox_other on loops.inbox (holder, state, at desc, instance desc) include (definition, division, headline) where state <> 'todo';
