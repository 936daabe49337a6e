import type pg from 'pg'
import { expect } from 'vitest'
import type { RowsConfirmed } from './rows.ts'

/** Each row has exactly the versions that were confirmed, in their order, the last one in force. */
export async function checkValues(db: pg.ClientBase, table: string, { values }: RowsConfirmed): Promise<void> {
  const dataset = `city.${table.replaceAll('_', '-')}`
  const { rows } = await db.query<{ code: string; values: number[]; versions: number[] }>(
    `select code, array_agg(value order by version)::float8[] as values, array_agg(version order by version) as versions
      from (select code, value, _version as version from registry_data.${table}
        union all select data->>'code', (data->>'value')::bigint, version from registry.history where dataset = $1) v
      group by code`,
    [dataset],
  )
  expect(new Map(rows.map((row) => [row.code, row.values]))).toEqual(values)
  for (const { versions } of rows) expect(versions).toEqual(versions.map((_, n) => n + 1))
}

/** Every file is in the table whole and once, each row with its line, and its faulty lines are in the correction list. */
export async function checkImports(db: pg.ClientBase, table: string, { files }: RowsConfirmed): Promise<void> {
  for (const { name, sm3, good, refused } of files) {
    const { rows } = await db.query(
      `select (select count(*) from registry_data.${table} where code like $1 || '-%') as stored,
        (select count(distinct _line) from registry_data.${table} where code like $1 || '-%') as lines,
        (select count(*) from registry.correction where file = $2) as refused, sum(inserted)::int as inserted,
        sum(changed)::int as changed, array_agg(distinct state) as states
      from registry.load where file = $2`,
      [name, sm3],
    )
    expect(rows).toEqual([{ stored: good, lines: good, refused, inserted: good, changed: 0, states: ['done'] }])
  }
  const { rows } = await db.query('select count(*) as n from registry.history where dataset = $1', [
    `city.${table.replaceAll('_', '-')}`,
  ])
  expect(rows).toEqual([{ n: 0 }])
}
