import { type RawBuilder, sql } from 'kysely'
import { type DataKey, openFields, type PurposeKeys, sealedWithOther, sealFields } from '#platform/crypto'
import type { Db } from '#runtime'
import { CORRECTION_CELLS } from '../corrections/refused-rows.ts'
import { quoted, type Storage, type StoredField } from '../storage.ts'

/** One place that holds sealed values of one context. */
export interface SealedStore {
  /** Tells it from the others. */
  readonly id: string
  readonly context: string
  readonly table: RawBuilder<unknown>
  /** SQL of the sealed bytes. */
  readonly bytes: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  /** SQL that puts `u.sealed` into its place. */
  readonly set: RawBuilder<unknown>
}

/** Everything of a dataset's sealed field: its rows, and their older versions. */
export function fieldStores({ dataset, table }: Storage, { name, columns }: StoredField): SealedStore[] {
  const column = columns[0]?.name ?? name
  const context = `${dataset.id}.${name}`
  const cell = sql.raw(`t.${quoted(column)}`)
  return [
    {
      id: `${table}.${column}`,
      context,
      table: sql.raw(quoted(table)),
      bytes: cell,
      where: sql`${cell} is not null`,
      set: sql`${sql.raw(quoted(column))} = u.sealed`,
    },
    {
      id: `history ${context}`,
      context,
      table: sql`registry.history`,
      // Bytes are text in JSON: \x01…
      bytes: sql`decode(substring(t.data->>${column} from 3), 'hex')`,
      where: sql`t.dataset = ${dataset.id} and t.data->>${column} is not null`,
      set: sql`data = t.data || jsonb_build_object(${column}::text, '\\x' || encode(u.sealed, 'hex'))`,
    },
  ]
}

/** Cells of rows that were refused. */
export const correctionStore: SealedStore = {
  id: 'corrections',
  context: CORRECTION_CELLS,
  table: sql`registry.correction`,
  bytes: sql`t.cells`,
  where: sql`true`,
  set: sql`cells = u.sealed`,
}

/** Counting goes no further: after each part of a large table it would cost more than the sealing itself. */
const MOST_COUNTED = 1000

/** Before the first row of any table. */
export const START = '(0,0)'

/** How many values behind a place are under another key than this one. */
export async function countOld(tx: Db, store: SealedStore, current: DataKey, place: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from
    (select 1 from ${store.table} t where ${isOld(store, current, place)} limit ${MOST_COUNTED}) as old`.execute(tx)
  return rows[0]?.count ?? 0
}

/**
 * Seals at most `limit` such values again, in the order in which they lie in the table; says how many, and where it
 * stopped. Reading on from there, a table is read once instead of once for each part.
 */
export async function resealSome(
  tx: Db,
  store: SealedStore,
  keys: PurposeKeys,
  current: DataKey,
  limit: number,
  place: string,
): Promise<{ readonly done: number; readonly place: string }> {
  // An index would bring the rows in its own order.
  await sql`select set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`.execute(
    tx,
  )
  const { rows } = await sql<{ place: string; sealed: Buffer }>`
    select t.ctid::text as place, ${store.bytes} as sealed from ${store.table} t
    where ${isOld(store, current, place)} limit ${limit} for update of t`.execute(tx)
  const last = rows.at(-1)
  if (!last) return { done: 0, place }
  const opened = openFields(
    keys,
    store.context,
    rows.map(({ sealed }) => sealed),
  )
  const sealed = sealFields(current, store.context, opened)
  const places = rows.map((row) => row.place)
  await sql`update ${store.table} t set ${store.set}
    from unnest(${places}::tid[], ${sealed}::bytea[]) as u (place, sealed) where t.ctid = u.place`.execute(tx)
  return { done: rows.length, place: last.place }
}

function isOld({ bytes, where }: SealedStore, current: DataKey, place: string): RawBuilder<unknown> {
  return sql`t.ctid > ${place}::tid and ${where} and ${sealedWithOther(bytes, current)}`
}
