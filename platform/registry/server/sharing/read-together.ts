import DataLoader from 'dataloader'
import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Db } from '#runtime'
import type { SharedRow } from '../../contract.ts'
import type { Sought } from '../rows/conditions.ts'
import { quoted, type StoredField } from '../storage.ts'
import { both, columnsOf, type Selected, type Stored } from './selected.ts'

/** Rows by the value of one field, such as those of one number. */
export interface Lookup {
  readonly sought: Sought
  readonly fields: readonly StoredField[]
  readonly limit: number
}

type Loader = DataLoader<Sought, readonly SharedRow[]>
/** Shapes of lookups that are remembered; others are put together anew. */
const SHAPES = 50
const MOST = 200

/**
 * Lookups of one shape that come while one is on its way go together: they are one statement, and are unsealed as one
 * column.
 */
export function readingTogether(selected: Selected): (db: Db, lookup: Lookup) => Promise<readonly SharedRow[]> {
  const loaders = new WeakMap<Db, LRUCache<string, Loader>>()
  return (db, lookup) => {
    const ofDb = loaders.get(db) ?? new LRUCache<string, Loader>({ max: SHAPES })
    loaders.set(db, ofDb)
    const { sought, fields, limit } = lookup
    const shape = [sought.column, limit, ...fields.map(({ name }) => name)].join('|')
    const loader = ofDb.get(shape) ?? loaderOf(selected, db, lookup)
    ofDb.set(shape, loader)
    return loader.load(sought)
  }
}

function loaderOf(selected: Selected, db: Db, { fields, limit }: Lookup): Loader {
  const read = (all: readonly Sought[]) => readAll(db, selected, fields, limit, all)
  let onItsWay: Promise<void> | undefined
  const settle = () => {
    onItsWay = undefined
  }
  return new DataLoader(
    (all: readonly Sought[]) => {
      const found = read(all)
      onItsWay = found.then(settle, settle)
      return found.catch((error: Error) =>
        all.length === 1 ? [error] : Promise.all(all.map((one) => alone(read, one))),
      )
    },
    {
      cache: false,
      maxBatchSize: MOST,
      batchScheduleFn: (dispatch) => void (onItsWay ? onItsWay.then(dispatch) : setImmediate(dispatch)),
    },
  )
}

/** Of several that fail together, each fails or succeeds by itself. */
const alone = (
  read: (all: readonly Sought[]) => Promise<readonly (readonly SharedRow[])[]>,
  one: Sought,
): Promise<readonly SharedRow[] | Error> =>
  read([one]).then(
    ([rows = []]) => rows,
    (error: Error) => error,
  )

async function readAll(
  db: Db,
  { storage, within, view }: Selected,
  fields: readonly StoredField[],
  limit: number,
  all: readonly Sought[],
): Promise<readonly (readonly SharedRow[])[]> {
  const [{ column, type }] = all as readonly [Sought]
  const at = all.flatMap(({ values }, at) => values.map(() => at))
  const values = all.flatMap(({ values }) => values)
  const { rows } = await sql<Stored & { readonly _at: number }>`/* prepared */ select q._at, t.*
    from unnest(${at}::int[], ${values}::${sql.raw(type)}[]) as q(_at, _sought)
    cross join lateral (select ${sql.raw(columnsOf(fields))} from ${sql.raw(quoted(storage.table))}
      where ${both([...within(), sql`${sql.raw(quoted(column))} = q._sought`])} order by _id limit ${limit}) t`.execute(
    db,
  )
  const shown = view(rows, fields)
  const found: SharedRow[][] = all.map(() => [])
  for (const [index, row] of shown.entries()) found[rows[index]?._at ?? 0]?.push(row)
  return found.map((some) => some.toSorted((a, b) => a.id - b.id).slice(0, limit))
}
