import { sql } from 'kysely'
import type { Static, TObject } from 'typebox'
import { Defect, type Work } from '#runtime'
import type { Condition, Registry, Row, Written } from '../../contract.ts'
import type { AnyDataset, Dataset } from '../../dataset.ts'
import { slotsOf } from '../cells/plan.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { quoted, type Storage, storageOf } from '../storage.ts'
import { keepHistory, merge } from '../store/merge.ts'
import { registryTables } from '../tables.ts'
import { checkRows } from './check-rows.ts'
import { conditionsSql } from './conditions.ts'
import { decodeRows } from './decode.ts'
import { readPage, type StoredRow, whereSql } from './read-page.ts'
import { tellRowsChanged } from './rows-changed.ts'
import { stagedRows } from './stage-rows.ts'

type Parts = Pick<LoadParts, 'keys' | 'catalogue'>
type Wheres = Readonly<Record<string, Condition | undefined>>

const MOST = 10_000

/** The registry as modules use it. */
export function registryService(parts: Parts): Registry {
  return {
    find: async (work, dataset, key, at) => findRow(work, parts, dataset, key, at),
    list: async (work, dataset, options = {}) => {
      const storage = tableOf(dataset)
      const { rows, next } = await readPage(work.tx, storage, {
        where: conditionsSql(storage, parts.keys(), (options.where ?? {}) as Wheres),
        sort: options.sort,
        after: options.after,
        limit: Math.min(Math.max(options.limit ?? 100, 1), MOST),
      })
      const wanted = options.fields && new Set<string>(options.fields)
      return { rows: rowsOf(storage, parts, rows, wanted), ...(next === undefined ? {} : { next }) }
    },
    write: (work, dataset, rows) => writeRows(work, parts, dataset, rows),
    remove: async (work, dataset, keys) => {
      const storage = tableOf(dataset)
      const ids: number[] = []
      for (const key of keys) ids.push(...(await rowsWith(work, storage, parts, key)).map(({ _id }) => _id))
      await removeRows(work, storage, ids)
      return ids.length
    },
  }
}

/** Where a dataset's rows are. @throws Defect for one of the series store */
export function tableOf(dataset: AnyDataset): Storage {
  const storage = storageOf(dataset)
  if (!storage) throw new Defect(`The rows of "${dataset.id}" are in the series store; use the sensing capability.`)
  return storage
}

async function writeRows<S extends TObject>(
  work: Work,
  { keys, catalogue }: Parts,
  dataset: Dataset<S>,
  rows: readonly Static<S>[],
): Promise<Written> {
  const storage = tableOf(dataset)
  checkRows(
    storage,
    slotsOf(storage, (list) => catalogue.codes(list)),
    rows as readonly Record<string, unknown>[],
  )
  const columns = storage.columns.map(({ name }) => name)
  const source = stagedRows(storage, keys(), rows as readonly Record<string, unknown>[])
  const origin = { at: work.at, by: work.actor.id, load: null }
  const written = await merge(work.tx, storage, source, columns, rows.length, origin)
  tellRowsChanged(work, dataset.id, written)
  return written
}

/** Deletes rows by number; their last versions go into the history. */
export async function removeRows(work: Work, storage: Storage, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const table = sql.raw(quoted(storage.table))
  await sql`select 1 from ${table} where _id = any(${[...ids]}) for update`.execute(work.tx)
  await keepHistory(work.tx, storage, ids, { at: work.at, by: work.actor.id, load: null }, true)
  await sql`delete from ${table} where _id = any(${[...ids]})`.execute(work.tx)
  tellRowsChanged(work, storage.dataset.id, { inserted: 0, changed: ids.length })
}

/** Rows with the key that the values name: one or none. */
export async function rowsWith(work: Work, storage: Storage, { keys }: Parts, key: object): Promise<StoredRow[]> {
  const equal = Object.fromEntries(
    storage.dataset.key.map((name) => [name, { is: (key as Record<string, string | number | boolean>)[name] ?? '' }]),
  )
  const where = whereSql(conditionsSql(storage, keys(), equal))
  const { rows } = await sql<StoredRow>`select * from ${sql.raw(quoted(storage.table))} ${where}`.execute(work.tx)
  return rows
}

async function findRow<S extends TObject>(
  work: Work,
  parts: Parts,
  dataset: Dataset<S>,
  key: Partial<Static<S>>,
  at: Date | undefined,
): Promise<Row<Static<S>> | undefined> {
  const storage = tableOf(dataset)
  const [row] = await rowsWith(work, storage, parts, key as object)
  if (!at || (row && row._since <= at)) return row && rowsOf<Static<S>>(storage, parts, [row])[0]
  const before = row && (await versionAt(work, storage, row._id, at))
  return before && rowsOf<Static<S>>(storage, parts, [before])[0]
}

/** The version of a row that held at an instant, from the history. */
export async function versionAt(work: Work, storage: Storage, row: number, at: Date): Promise<StoredRow | undefined> {
  const version = await registryTables(work.tx)
    .selectFrom('registry.history')
    .selectAll()
    .where('dataset', '=', storage.dataset.id)
    .where('row', '=', row)
    .where('since', '<=', at)
    .where('until', '>', at)
    .executeTakeFirst()
  if (!version) return undefined
  const { version: _version, since: _since, by: _by, load: _load, line: _line, data } = version
  return { ...data, _id: row, _version, _since, _by, _load, _line }
}

export function rowsOf<T>(
  storage: Storage,
  { keys }: Pick<Parts, 'keys'>,
  rows: readonly StoredRow[],
  wanted?: ReadonlySet<string>,
): Row<T>[] {
  const values = decodeRows(storage, keys(), rows, wanted)
  return rows.map(({ _id, _version, _since, _by, _load, _line }, at) => ({
    id: _id,
    version: _version,
    since: _since,
    by: _by,
    lineage: _load === null ? undefined : { load: _load, line: _line ?? 0 },
    value: values[at] as T,
  }))
}
