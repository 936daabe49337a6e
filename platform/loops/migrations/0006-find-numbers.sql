create or replace function loops.grams(zh text, en text) returns tsvector language plpgsql immutable strict parallel safe cost 5000 as $$
declare
  line text := lower(case when zh = en then zh else zh || ' ' || en end);
  grams text[] := '{}';
  numbers text[] := '{}';
begin
  for n in 1..length(line) loop
    grams[n] := substr(line, n, 2);
    if substr(line, n, 4) ~ '^[0-9]{4}' then
      numbers := numbers || substr(line, n, 4);
    end if;
  end loop;
  return array_to_tsvector(grams || numbers);
end
$$;
comment on function loops.grams is 'Pairs of neighbouring characters of a line in two languages, and the last one alone: finds parts of words in Chinese, where trigrams and dictionaries do not. Of long numbers also each four digits in a row, since every pair of digits is in very many';
reindex index loops.instance_grams;
