import { expect, inject, test } from 'vitest'
import { asOwner } from '#platform/testing'

/** Everything that migrations make and the weak role may touch; partitions and the job queue's own tables are left out. */
const SCHEMA = `
  with tables as (
    select c.oid, n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'jobs') and n.nspname not like 'pg_%')
  select name || ' column ' || attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
    || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from tables join pg_attribute a on attrelid = oid left join pg_attrdef d on d.adrelid = attrelid and d.adnum = attnum
    where attnum > 0 and not attisdropped
  union all select name || ' constraint ' || conname || ' ' || pg_get_constraintdef(k.oid) from tables t join pg_constraint k on k.conrelid = t.oid where contype <> 'n'
  union all select name || ' index ' || pg_get_indexdef(indexrelid) from tables t join pg_index on indrelid = t.oid
  union all select name || ' comment ' || obj_description(oid) from tables where obj_description(oid) is not null
  union all select table_schema || '.' || table_name || ' grant ' || privilege_type from information_schema.role_table_grants
    where grantee = 'daizong_app' and table_schema || '.' || table_name in (select name from tables)
  union all select table_schema || '.' || table_name || ' grant update ' || column_name from information_schema.column_privileges cp
    where grantee = 'daizong_app' and privilege_type = 'UPDATE' and table_schema || '.' || table_name in (select name from tables)
  order by 1`

test('the schema after all migrations is the one that was reviewed', async () => {
  const { rows } = await asOwner(inject('database'), SCHEMA)
  const text = rows.map(({ line }: { line: string }) => line).join('\n')
  await expect(`${text}\n`).toMatchFileSnapshot('schema.snapshot.txt')
})

test('every table says what it is', async () => {
  const { rows } = await asOwner(
    inject('database'),
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and obj_description(c.oid) is null
       and n.nspname not in ('pg_catalog', 'information_schema', 'jobs') and n.nspname not like 'pg_%' order by 1`,
  )
  expect(rows).toEqual([])
})
