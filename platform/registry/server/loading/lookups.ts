import { sql } from 'kysely'
import type { App, Db } from '#runtime'
import { quoted, type Storage } from '../storage.ts'
import type { Load } from './store-chunk.ts'

/** Bytes from which making the indexes of an empty table afterwards costs less than keeping them row by row. */
const LARGE = 5_000_000

/**
 * Sets the indexes of an empty table aside for its first import, the key among them: the keys of the file meet in one
 * set, and until the key is there again nobody else can insert. Equal JSON has unlike bytes, so such a key stays.
 */
export async function setLookupsAside({ db }: App, { id, rows_read, bytes }: Load, storage: Storage): Promise<void> {
  if (rows_read > 0 || bytes < LARGE) return
  const { table, key, columns } = storage
  const withKey = key.every((name) => columns.find((column) => column.name === name)?.type !== 'jsonb')
  await sql`select registry.set_lookups_aside(${id}, ${table}, ${withKey})`.execute(db)
}

/** Makes the indexes of an import again, beside each other. */
export async function restoreLookups({ db }: App, load: number): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from registry.lookup where load = ${load}`.execute(db)
  await Promise.all(rows.map(({ name }) => sql`select registry.restore_lookup(${load}, ${name})`.execute(db)))
}

/** As `restoreLookups`, for imports that were cancelled before they could. */
export async function restoreLookupsOfEnded(app: App): Promise<void> {
  const { rows } = await sql<{ load: number }>`select distinct lookup.load from registry.lookup
    join registry.load on load.id = lookup.load where state <> 'loading'`.execute(app.db)
  for (const { load } of rows) await restoreLookups(app, load)
}

/**
 * Whether another import is filling this table for the first time. From then on until this transaction ends, none can
 * begin to.
 */
export async function isBeingFilled(tx: Db, load: number, { table }: Storage): Promise<boolean> {
  await sql.raw(`lock table ${quoted(table)} in row exclusive mode`).execute(tx)
  const { rows } = await sql`select from registry.lookup where target = ${table} and load <> ${load}`.execute(tx)
  return rows.length > 0
}
