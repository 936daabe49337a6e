import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#runtime'
import { type CopyRows, ORIGIN_COLUMNS } from '../loading/copy-rows.ts'
import type { CellReason } from '../loading/prepare-chunk.ts'
import { quoted, quotedList, type Storage } from '../storage.ts'
import type { CopyIn } from './copy-in.ts'

export const STAGED = sql.raw('pg_temp.staged')

/** Puts prepared rows into `pg_temp.staged` until the transaction ends. */
export async function stageRows(
  tx: Db,
  copyIn: CopyIn,
  storage: Storage,
  columns: readonly string[],
  rows: CopyRows,
): Promise<void> {
  const all = quotedList([...columns, ...ORIGIN_COLUMNS])
  await sql
    .raw(`create temp table staged on commit drop as select ${all} from ${quoted(storage.table)} with no data`)
    .execute(tx)
  // Keys are looked up in the table's index; the planner knows nothing of the staged rows and might read it whole.
  await sql`select set_config(name, 'off', true) from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) as name`.execute(
    tx,
  )
  await copyIn.rows(tx, `pg_temp.staged (${all})`, rows)
}

/**
 * Lines of rows that break quality rules of the dataset, with the titles of the rules.
 * @param source SQL of the rows, with `columns` and `_line`
 */
export async function brokenRules(
  tx: Db,
  { dataset, columns: all }: Storage,
  columns: readonly string[],
  source: RawBuilder<unknown> = STAGED,
) {
  const broken = new Map<number, CellReason[]>()
  const staged = new Set(columns)
  for (const rule of dataset.quality ?? []) {
    const isUnknown = all.some(({ name }) => !staged.has(name) && new RegExp(`\\b${name}\\b`).test(rule.holds))
    if (isUnknown) continue
    const { rows } = await sql<{ line: number }>`
      select _line as line from ${source} where not coalesce((${sql.raw(rule.holds)}), true)`.execute(tx)
    for (const { line } of rows)
      broken.set(line, [...(broken.get(line) ?? []), { field: null, column: -1, message: rule.title }])
  }
  return broken
}

/** Type of each column of a dataset's table, as `pg_type` names it: a module's own may be narrower than its fields. */
export async function columnTypes(db: Db, { table }: Storage): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, typname as type from pg_attribute join pg_type on pg_type.oid = atttypid
    where attrelid = to_regclass(${table}) and attnum > 0 and not attisdropped`.execute(db)
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]))
}
