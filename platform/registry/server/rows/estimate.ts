import { type RawBuilder, sql } from 'kysely'
import { type Db, InvalidInput, words } from '#runtime'
import { quoted, type Storage } from '../storage.ts'
import { whereSql } from './read-page.ts'
import { searchableFields } from './searchable.ts'

/** Above this many rows a list is only ordered by fields that have an index. */
const SMALL = 100_000

/** About how many rows there are, from the planner: exact counting of millions takes seconds. */
export async function estimateRows(db: Db, storage: Storage, where: readonly RawBuilder<unknown>[]): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select 1 from ${sql.raw(quoted(storage.table))} ${whereSql(where)}`.execute(db)
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/** @throws InvalidInput for an order that would sort millions of rows */
export async function checkOrder(db: Db, storage: Storage, sort: string | undefined, about: number): Promise<void> {
  const field = sort?.replace(/^-/, '')
  if (field === undefined || about <= SMALL || (await searchableFields(db, storage)).has(field)) return
  throw new InvalidInput(
    'too-many-to-sort',
    words(
      '符合条件的数据太多，不能按此字段排序，请先缩小范围',
      'Too many rows to order by this field; narrow the list first',
    ),
  )
}
