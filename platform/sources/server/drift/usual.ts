import type { ColumnProfile } from '#platform/registry'
import type { PartRow } from '../tables.ts'
import { THRESHOLDS } from './thresholds.ts'

/** Rows and what their columns look like, of one part or of several together. */
export interface Usual {
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
  /** Of small parts together: which values come how often is then not known. */
  readonly isGathered?: boolean
}

const NONE: Usual = { rows: 0, columns: [] }

/** All rows of a run that were looked at. */
export const usualOf = (parts: readonly PartRow[]): Usual =>
  parts.reduce(
    (all, { kind, rows, profile }) =>
      kind === 'rows' && profile ? together(all, { rows: rows ?? 0, columns: profile }) : all,
    NONE,
  )

/** A column that one of them lacks is blank in its rows. */
export function together(a: Usual, b: Usual): Usual {
  if (a.rows === 0) return b
  if (b.rows === 0) return a
  const others = new Map(b.columns.map((column) => [column.name, column]))
  const names = new Set(a.columns.map(({ name }) => name))
  const isGathered = [a, b].some((one) => one.isGathered || one.rows < THRESHOLDS.rows)
  return {
    rows: a.rows + b.rows,
    columns: [
      ...a.columns.map((column) => merged(column, others.get(column.name) ?? blank(column.name, b.rows))),
      ...b.columns.filter(({ name }) => !names.has(name)).map((column) => merged(blank(column.name, a.rows), column)),
    ],
    ...(isGathered ? { isGathered } : {}),
  }
}

const blank = (name: string, rows: number): ColumnProfile => ({
  name,
  filled: 0,
  blank: rows,
  distinct: 0,
  kinds: { integer: 0, decimal: 0, digits: 0, date: 0, text: 0 },
  sum: null,
  min: null,
  max: null,
  checksum: '0',
  magnitudes: {},
  codes: null,
  garbled: 0,
  misread: 0,
})

const added = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> => {
  const sum: Record<string, number> = { ...a }
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count
  return sum
}

/** Sums are left out: nothing asks for them. Distinct values are at most so many. */
const merged = (a: ColumnProfile, b: ColumnProfile): ColumnProfile => ({
  name: a.name,
  filled: a.filled + b.filled,
  blank: a.blank + b.blank,
  distinct: a.distinct + b.distinct,
  kinds: added(a.kinds, b.kinds) as ColumnProfile['kinds'],
  sum: null,
  min: bound(a, b, 'min', Math.min),
  max: bound(a, b, 'max', Math.max),
  checksum: (BigInt(a.checksum) + BigInt(b.checksum)).toString(),
  magnitudes: added(a.magnitudes, b.magnitudes),
  codes: a.codes && b.codes ? added(a.codes, b.codes) : null,
  garbled: a.garbled + b.garbled,
  misread: Math.max(a.misread, b.misread),
})

/** The bound of both, as its own text; none where cells may be somebody's number. */
function bound(a: ColumnProfile, b: ColumnProfile, which: 'min' | 'max', of: typeof Math.min): string | null {
  if (a.kinds.digits + b.kinds.digits > 0) return null
  const [one, other] = [a[which], b[which]]
  if (one === null || other === null) return one ?? other
  return of(Number(one), Number(other)) === Number(one) ? one : other
}
