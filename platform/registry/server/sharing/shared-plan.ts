import { type RawBuilder, sql } from 'kysely'
import { type Db, InvalidInput, type Issue, words } from '#runtime'
import type { SharedPlan, SharedRow, SharedSelection, Where } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { conditionsSql, fieldOf, type Sought, soughtOf } from '../rows/conditions.ts'
import { decodeRows } from '../rows/decode.ts'
import { masked } from '../rows/mask.ts'
import { tableOf } from '../rows/registry-service.ts'
import { PATIENCE_MS, searchQuickly } from '../rows/search-quickly.ts'
import { searchableFields } from '../rows/searchable.ts'
import { type FieldKeys, searchIndexes } from '../sealer.ts'
import { quoted, type Storage, type StoredField } from '../storage.ts'
import { changesAfter } from './changes.ts'
import { compareRows } from './compare-rows.ts'
import { readingTogether } from './read-together.ts'
import { both, columnsOf, type Selected, type Stored } from './selected.ts'
import { totalRows } from './total-rows.ts'

type Parts = Pick<LoadParts, 'keys' | 'catalogue'>

export function sharedPlan(parts: Parts, selection: SharedSelection): SharedPlan {
  const selected = selectedOf(parts, selection)
  const { storage, fields, within } = selected
  const conditions = (where: Where) => conditionsSql(storage, parts.keys(), where)
  const quickly = quickReader(storage)
  const together = readingTogether(selected)
  return {
    rows: async (db, { where = {}, fields: wanted, after, limit }) => {
      const shown = wanted ? fields.filter(({ name }) => wanted.includes(name)) : fields
      const sought = after === undefined ? onlyOf(storage, parts.keys(), where) : undefined
      return quickly(db, where, async (tx, isQuick) => {
        if (sought && isQuick) return together(db, { sought, fields: shown, limit })
        const behind = after === undefined ? [] : [sql`_id > ${after}`]
        return selected.view(
          await read(tx, storage, shown, [...within(), ...conditions(where), ...behind], limit),
          shown,
        )
      })
    },
    compare: async (db, where, match) => {
      const meant = both([...within(), ...conditions(where)])
      const better = fields.filter(({ name }) => storage.dataset.key.includes(name) && !(name in where))
      const question = { storage, meant, matches: both(conditions(match)), better }
      return quickly(db, where, (tx) => compareRows(tx, question))
    },
    totals: (db, question, disclosure) =>
      totalRows(db, selected, question, [...within(), ...conditions(question.where ?? {})], disclosure),
    changes: (db, after, limit) => changesAfter(db, selected, after, limit),
  }
}

const LOOKED_MS = 60_000

/** Reads by fields with an index at once, by others only as long as that is quick; which have one is looked up each minute. */
function quickReader(storage: Storage) {
  let [quick, until]: [ReadonlySet<string>, number] = [new Set(), 0]
  return async <T>(db: Db, where: Where, run: (tx: Db, isQuick: boolean) => Promise<T>): Promise<T> => {
    const now = performance.now()
    if (now > until) [quick, until] = [await searchableFields(db, storage), now + LOOKED_MS]
    const slow = storage.fields.filter(({ name }) => name in where && !quick.has(name))
    if (slow.length === 0) return run(db, true)
    return db.transaction().execute((tx) => searchQuickly(tx, slow, PATIENCE_MS, () => run(tx, false)))
  }
}

/** What a question seeks that asks for one value of one field. */
function onlyOf(storage: Storage, keys: FieldKeys, where: Where): Sought | undefined {
  const [first, ...more] = Object.entries(where)
  if (!first || more.length > 0) return undefined
  const [name, condition] = first
  return condition && 'is' in condition ? soughtOf(storage, keys, fieldOf(storage, name), condition.is) : undefined
}

async function read(
  db: Db,
  storage: Storage,
  fields: readonly StoredField[],
  where: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<readonly Stored[]> {
  const { rows } = await sql<Stored>`/* prepared */ select ${sql.raw(columnsOf(fields))} from ${sql.raw(
    quoted(storage.table),
  )} where ${both(where)} order by _id limit ${limit}`.execute(db)
  return rows
}

/** @throws NotFound, InvalidInput */
function selectedOf(parts: Parts, { dataset, fields: names, whole, rows }: SharedSelection): Selected {
  const storage = tableOf(parts.catalogue.get(dataset))
  const issues = [...unknownFields(storage, names, '/fields'), ...unknownFields(storage, whole, '/whole')]
  for (const [name, condition] of Object.entries(rows))
    try {
      conditionsSql(storage, parts.keys(), { [name]: condition })
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      issues.push({ path: `/rows/${name}`, message: error.words })
    }
  if (issues.length > 0)
    throw new InvalidInput(
      'wrong-selection',
      words('所选字段或条件与数据集不符', 'Fields or conditions do not fit the dataset'),
      issues,
    )
  const fields = storage.fields.filter(({ name }) => names.includes(name))
  const shown = new Set(whole)
  return {
    storage,
    fields,
    whole: shown,
    within: () => conditionsSql(storage, parts.keys(), rows),
    secret: (use) => searchIndexes(parts.keys(), `${dataset}.${use}`, use)[0]?.readBigInt64BE() ?? 0n,
    view: (stored, some = fields) => viewOf(parts, storage, stored, some, shown),
  }
}

const unknownFields = (storage: Storage, names: readonly string[], path: string): Issue[] =>
  names.flatMap((name, at) =>
    storage.fields.some((field) => field.name === name)
      ? []
      : [{ path: `${path}/${at}`, message: words(`没有字段“${name}”`, `There is no field "${name}"`) }],
  )

function viewOf(
  { keys }: Parts,
  storage: Storage,
  stored: readonly Stored[],
  fields: readonly StoredField[],
  whole: ReadonlySet<string>,
): SharedRow[] {
  const values = decodeRows(storage, keys(), stored, new Set(fields.map(({ name }) => name)))
  for (const { name, meta } of fields)
    if ((meta.personal || meta.mask) && !whole.has(name))
      for (const value of values) if (name in value) value[name] = masked(value[name], meta.mask ?? 'all')
  return stored.map(({ _id }, at) => ({ id: _id, value: values[at] ?? {} }))
}
