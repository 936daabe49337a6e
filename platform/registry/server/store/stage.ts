import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#runtime'
import { type CellReason, ORIGIN_COLUMNS } from '../loading/prepare-chunk.ts'
import { quoted, quotedList, type Storage } from '../storage.ts'
import type { CopyIn } from './copy-in.ts'

export const STAGED = sql.raw('pg_temp.staged')

/** Puts prepared rows into `pg_temp.staged` until the transaction ends. */
export async function stageText(
  tx: Db,
  copyIn: CopyIn,
  storage: Storage,
  columns: readonly string[],
  text: Uint8Array,
): Promise<void> {
  const typed = columns.map((name) => `${quoted(name)} ${storage.columns.find((each) => each.name === name)?.type}`)
  await sql
    .raw(
      `create temp table staged (${typed.join(', ')}, _line int, _since timestamptz, _by text, _load bigint) on commit drop`,
    )
    .execute(tx)
  // Keys are looked up in the table's index; the planner knows nothing of the staged rows and might read it whole.
  await sql`select set_config(name, 'off', true) from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) as name`.execute(
    tx,
  )
  await copyIn.run(tx, `copy pg_temp.staged (${quotedList([...columns, ...ORIGIN_COLUMNS])}) from stdin`, text)
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
