import type { TObject, TSchema } from 'typebox'
import type { AnyDataset } from '../dataset.ts'
import { type FieldKind, type FieldMeta, fieldMeta } from '../fields.ts'

/** One column of a dataset's table. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly required: boolean
}

export type ColumnType =
  | 'text'
  | 'bigint'
  | 'double precision'
  | 'boolean'
  | 'date'
  | 'timestamptz'
  | 'bytea'
  | 'text[]'
  | 'jsonb'

/** A field with the columns that hold it. A sealed one has its bytes and its blind index; a point its two degrees. */
export interface StoredField {
  readonly name: string
  readonly schema: TSchema
  readonly meta: FieldMeta
  readonly required: boolean
  readonly columns: readonly Column[]
  /** Column that equality is decided on: the blind index of a sealed field. */
  readonly same: readonly string[]
}

/** Where and how the rows of a dataset are stored. */
export interface Storage {
  readonly dataset: AnyDataset
  /** `schema.table` */
  readonly table: string
  readonly fields: readonly StoredField[]
  readonly columns: readonly Column[]
  /** Columns of the unique key. */
  readonly key: readonly string[]
  readonly personal: boolean
}

export const SYSTEM_COLUMNS = ['_id', '_version', '_since', '_by', '_load', '_line'] as const

const TYPES: Readonly<Record<FieldKind, ColumnType>> = {
  text: 'text',
  longText: 'text',
  integer: 'bigint',
  decimal: 'double precision',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  code: 'text',
  identity: 'text',
  uscc: 'text',
  phone: 'text',
  division: 'text',
  organisation: 'text',
  point: 'double precision',
  reference: 'text',
  files: 'text[]',
  json: 'jsonb',
}

/** `openedOn` → `opened_on` */
export const columnName = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const known = new WeakMap<AnyDataset, Storage>()

/** The storage of a dataset; undefined for rows that live in the series store. */
export function storageOf(dataset: AnyDataset): Storage | undefined {
  if (dataset.storage && 'series' in dataset.storage) return undefined
  const before = known.get(dataset)
  if (before) return before
  const required = new Set(dataset.schema.required ?? [])
  const fields = Object.entries((dataset.schema as TObject).properties).map(([name, schema]) =>
    storedField(name, schema, required.has(name)),
  )
  const storage: Storage = {
    dataset,
    table: dataset.storage?.table ?? defaultTable(dataset.id),
    fields,
    columns: fields.flatMap(({ columns }) => columns),
    key: dataset.key.flatMap((key) => fields.find(({ name }) => name === key)?.same ?? []),
    personal: fields.some(({ meta }) => meta.personal),
  }
  known.set(dataset, storage)
  return storage
}

function storedField(name: string, schema: TSchema, required: boolean): StoredField {
  const meta: FieldMeta = fieldMeta(schema) ?? { kind: 'json', title: { zh: name, en: name } }
  const column = columnName(name)
  const make = (suffix: string, type: ColumnType): Column => ({ name: `${column}${suffix}`, type, required })
  const columns = meta.sealed
    ? [make('', 'bytea'), make('_index', 'bytea')]
    : meta.kind === 'point'
      ? [make('_lng', TYPES.point), make('_lat', TYPES.point)]
      : [make('', TYPES[meta.kind])]
  const same = meta.sealed ? [`${column}_index`] : columns.map((each) => each.name)
  return { name, schema, meta, required, columns, same }
}

/** `air.station` → `air.station`; `school-entry.place-of` → `school_entry.place_of` */
function defaultTable(id: string): string {
  const cut = id.lastIndexOf('.')
  return `${id.slice(0, cut).replace(/[.-]/g, '_')}.${id.slice(cut + 1).replace(/[.-]/g, '_')}`
}

/** A quoted SQL name; `schema.table` becomes two. */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')

export const quotedList = (names: readonly string[], prefix = ''): string =>
  names.map((name) => `${prefix}${quoted(name)}`).join(', ')
