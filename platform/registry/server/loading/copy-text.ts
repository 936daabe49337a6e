import type { Slot } from '../cells/plan.ts'
import { type FieldKeys, SealedHex } from '../sealer.ts'

const ESCAPED = /[\\\t\n\r]/
const ESCAPED_ALL = /[\\\t\n\r]/g
const SIGNS: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in the text format of COPY; null is `\N`. */
export const copyCell = (value: string | null): string =>
  value === null ? '\\N' : ESCAPED.test(value) ? value.replace(ESCAPED_ALL, (sign) => SIGNS[sign] ?? sign) : value

/** The values of a column, each with the tab behind it, by their row. A sealed one is two columns: bytes and blind index. */
export function copyColumn(
  { kind, sealed, context }: Slot,
  keys: FieldKeys,
  values: readonly (string | null)[],
): (row: number) => string {
  if (sealed) {
    const hex = new SealedHex(keys, context, values)
    return (row) => (values[row] === null ? '\\N\t\\N\t' : `\\\\x${hex.sealed(row)}\t\\\\x${hex.index(row)}\t`)
  }
  if (HARMLESS.has(kind)) return (row) => `${values[row] ?? '\\N'}\t`
  return (row) => `${copyCell(values[row] ?? null)}\t`
}

/** Kinds whose canonical text has no sign that COPY would take for its own. */
const HARMLESS = new Set<Slot['kind']>([
  'integer',
  'decimal',
  'boolean',
  'date',
  'instant',
  'division',
  'identity',
  'uscc',
  'phone',
])

/** UTF-8 in memory of its own, so that it can be transferred to another thread. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
