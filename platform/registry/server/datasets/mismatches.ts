import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { AnyDataset } from '../../dataset.ts'
import { SYSTEM_COLUMNS, storageOf } from '../storage.ts'

/** Where a dataset and its table say different things. */
export interface Mismatch {
  readonly dataset: string
  readonly fault: string
}

const ALIKE: Readonly<Record<string, string>> = {
  numeric: 'double precision',
  real: 'double precision',
  integer: 'bigint',
  smallint: 'bigint',
  'character varying': 'text',
  json: 'jsonb',
  'timestamp with time zone': 'timestamptz',
}

/** Compares the declaration of datasets with their tables: columns, types, required fields, key, index of sort and search. */
export async function mismatches(db: Db, datasets: readonly AnyDataset[]): Promise<Mismatch[]> {
  const found: Mismatch[] = []
  for (const dataset of datasets) {
    const faults = await faultsOf(db, dataset)
    found.push(...faults.map((fault) => ({ dataset: dataset.id, fault })))
  }
  return found
}

async function faultsOf(db: Db, dataset: AnyDataset): Promise<string[]> {
  const storage = storageOf(dataset)
  if (!storage) return []
  const { rows } = await sql<{ name: string; type: string; required: boolean }>`
    select attname as name, format_type(atttypid, null) as type, attnotnull as required from pg_attribute
    where attrelid = to_regclass(${storage.table}) and attnum > 0 and not attisdropped`.execute(db)
  if (rows.length === 0) return [`has no table ${storage.table}`]
  const columns = new Map(rows.map((row) => [row.name, row]))
  const known = new Set<string>([...storage.columns.map(({ name }) => name), ...SYSTEM_COLUMNS])
  const faults = storage.columns.flatMap(({ name, type, required }) => {
    const column = columns.get(name)
    if (!column) return [`has no column ${name}`]
    if ((ALIKE[column.type] ?? column.type) !== type) return [`column ${name} is ${column.type}, not ${type}`]
    return column.required === required
      ? []
      : [`column ${name} ${required ? 'may be null' : 'is not null, its field is optional'}`]
  })
  const indexes = await leadingColumns(db, storage.table)
  const isKey = indexes.some(({ unique, names }) => unique && sameSet(names, storage.key))
  const ordered = [...(dataset.list?.sort ?? []), ...(dataset.list?.search ?? [])].map((name) => name.replace(/^-/, ''))
  const first = new Set(indexes.map(({ names }) => names[0]))
  return [
    ...faults,
    ...SYSTEM_COLUMNS.filter((name) => !columns.has(name)).map((name) => `has no column ${name}; call registry.adopt`),
    ...[...columns.keys()].filter((name) => !known.has(name)).map((name) => `column ${name} belongs to no field`),
    ...(isKey ? [] : [`has no unique index on its key (${storage.key.join(', ')})`]),
    ...[...new Set(ordered)]
      .filter((name) => !storage.fields.some((field) => field.name === name && first.has(field.same[0])))
      .map((name) => `${name} is for sorting or searching but leads no index`),
  ]
}

async function leadingColumns(db: Db, table: string): Promise<{ unique: boolean; names: string[] }[]> {
  const { rows } = await sql<{ unique: boolean; names: string[] }>`
    select i.indisunique as unique,
      (select array_agg(a.attname::text order by k.place) from unnest(i.indkey) with ordinality k (num, place)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num) as names
    from pg_index i where i.indrelid = to_regclass(${table}) and i.indexprs is null`.execute(db)
  return rows
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name))
