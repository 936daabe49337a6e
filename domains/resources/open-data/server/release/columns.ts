import type { TObject } from 'typebox'
import { type AnyDataset, type FieldKind, fieldMeta } from '#platform/registry'
import type { Words } from '#runtime'

/** A field as it goes out. */
export interface OpenColumn {
  readonly name: string
  readonly title: Words
  readonly kind: FieldKind
  /** UCUM */
  readonly unit?: string
  readonly required: boolean
  /** Part of the key of a row. */
  readonly key: boolean
  /** Codes with their names, where the field has a list of its own. */
  readonly codes?: Readonly<Record<string, Words>>
}

/** A field of a source that may go out at all: never what is sealed, personal, or a file of somebody's. */
export function openableFields(source: AnyDataset): readonly OpenColumn[] {
  const schema = source.schema as TObject
  const required = new Set<string>(schema.required ?? [])
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const meta = fieldMeta(property)
    if (!meta || meta.sealed || meta.personal || meta.mask || meta.kind === 'files') return []
    const codes = codesOf(property)
    return [
      {
        name,
        title: meta.title,
        kind: meta.kind,
        ...(meta.unit ? { unit: meta.unit } : {}),
        required: required.has(name),
        key: source.key.includes(name),
        ...(codes ? { codes } : {}),
      },
    ]
  })
}

/** Whether some field of the source says something of a natural person. */
export const isAboutPersons = (source: AnyDataset): boolean =>
  Object.values((source.schema as TObject).properties).some((property) => {
    const meta = fieldMeta(property)
    return meta?.personal === true || meta?.sealed === true
  })

function codesOf(schema: unknown): Readonly<Record<string, Words>> | undefined {
  const { anyOf } = schema as { readonly anyOf?: readonly { readonly const?: string; readonly words?: Words }[] }
  const pairs = anyOf?.flatMap(({ const: code, words }) => (code && words ? [[code, words] as const] : [])) ?? []
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined
}

/** Columns of a release, in the order of the proposal; they have a key only if all of it goes out. */
export const columnsOf = (source: AnyDataset, fields: readonly string[]): readonly OpenColumn[] => {
  const known = new Map(openableFields(source).map((column) => [column.name, column]))
  const isWhole = source.key.every((name) => fields.includes(name) && known.has(name))
  return fields.flatMap((name) => {
    const column = known.get(name)
    return column ? [{ ...column, key: column.key && isWhole }] : []
  })
}

type CellType = 'text' | 'bigint' | 'double precision' | 'boolean' | 'date' | 'timestamptz'

const TYPES: Readonly<Partial<Record<FieldKind, CellType>>> = {
  integer: 'bigint',
  decimal: 'double precision',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
}

/** A column of a flat file: a point becomes two. */
export interface FlatColumn {
  readonly name: string
  readonly title: Words
  readonly type: CellType
  readonly of: OpenColumn
  readonly cell: (data: Readonly<Record<string, unknown>>) => unknown
}

export const flatColumns = (columns: readonly OpenColumn[]): readonly FlatColumn[] =>
  columns.flatMap((of): FlatColumn[] => {
    if (of.kind === 'point')
      return (['lng', 'lat'] as const).map((axis) => ({
        name: `${of.name}_${axis}`,
        title: axisTitle(of.title, axis),
        type: 'double precision',
        of,
        cell: (data) => (data[of.name] as Record<string, number> | undefined)?.[axis],
      }))
    return [{ name: of.name, title: of.title, type: TYPES[of.kind] ?? 'text', of, cell: (data) => data[of.name] }]
  })

const axisTitle = ({ zh, en }: Words, axis: 'lng' | 'lat'): Words =>
  axis === 'lng' ? { zh: `${zh}（经度）`, en: `${en} (longitude)` } : { zh: `${zh}（纬度）`, en: `${en} (latitude)` }

/** A cell as text; null is missing. */
export const cellText = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value)
