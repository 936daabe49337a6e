import { type FieldKeys, openColumn } from '../sealer.ts'
import type { Storage, StoredField } from '../storage.ts'

export type Values = Record<string, unknown>

/**
 * Field values of stored rows, or of versions in the history, whose columns are JSON. Sealed fields are opened column by
 * column, in one batch each.
 * @param wanted fields to give; the others are not opened at all
 */
export function decodeRows(
  storage: Storage,
  keys: FieldKeys,
  rows: readonly Readonly<Record<string, unknown>>[],
  wanted?: ReadonlySet<string>,
): Values[] {
  const values: Values[] = rows.map(() => ({}))
  for (const field of storage.fields) {
    if (wanted && !wanted.has(field.name)) continue
    const column = decodeColumn(storage, keys, field, rows)
    for (const [at, value] of column.entries()) {
      const row = values[at]
      if (row && value !== null && value !== undefined) row[field.name] = value
    }
  }
  return values
}

function decodeColumn(
  { dataset }: Storage,
  keys: FieldKeys,
  { name, meta, columns }: StoredField,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly unknown[] {
  const [first, second] = columns
  const cells = rows.map((row) => row[first?.name ?? ''])
  if (meta.sealed) return openColumn(keys, `${dataset.id}.${name}`, cells.map(bytesOf))
  if (meta.kind === 'point')
    return rows.map((row, at) =>
      typeof cells[at] === 'number' ? { lng: cells[at], lat: row[second?.name ?? ''] } : null,
    )
  if (meta.kind === 'instant') return cells.map((cell) => (cell ? new Date(cell as string | Date).toISOString() : null))
  if (meta.kind === 'decimal') return cells.map((cell) => (typeof cell === 'string' ? Number(cell) : cell))
  return cells
}

/** In the history bytes are text: `\x01…`. */
const bytesOf = (cell: unknown): Buffer | null =>
  Buffer.isBuffer(cell) ? cell : typeof cell === 'string' ? Buffer.from(cell.slice(2), 'hex') : null
