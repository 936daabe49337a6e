import type pg from 'pg'
import { atSource } from './away.ts'
import type { FoundTable } from './connector.ts'

/** Each page begins behind the last name of the one before, in the order of bytes that no collation changes. */
const PAGE = `
  select t.name, t.rows, (select jsonb_agg(jsonb_build_object('name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod), 'comment', col_description(t.oid, a.attnum)) order by a.attnum)
    from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as columns
  from (
    select c.oid, (n.nspname || '.' || c.relname) collate "C" as name, greatest(c.reltuples, 0)::bigint as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not c.relispartition and (n.nspname || '.' || c.relname) collate "C" > $1
      and has_table_privilege(c.oid, 'select')
    order by name limit $2
  ) t order by t.name`

/** All tables and views that we may read, with their columns. */
export async function* tablesOf(client: pg.Client, size: number): AsyncGenerator<readonly FoundTable[]> {
  for (let after = ''; ; ) {
    const { rows } = await atSource(() =>
      client.query<{ name: string; rows: string; columns: string | null }>(PAGE, [after, size]),
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ name, rows: count, columns }) => ({
      name,
      rows: Number(count),
      columns: JSON.parse(columns ?? '[]') as FoundTable['columns'],
    }))
    after = last.name
  }
}
