import type { ColumnProfile } from '#platform/registry'
import type { PartRow } from '../tables.ts'

const added = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> => {
  const sum: Record<string, number> = { ...a }
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count
  return sum
}

/** The columns of all parts as one. Sums and bounds are kept only for a single part: nothing asks for them otherwise. */
export function mergeProfiles(parts: readonly PartRow[]): ColumnProfile[] {
  const byName = new Map<string, ColumnProfile>()
  for (const { kind, profile } of parts)
    for (const column of kind === 'rows' ? (profile ?? []) : []) {
      const before = byName.get(column.name)
      byName.set(column.name, before ? merged(before, column) : column)
    }
  return [...byName.values()]
}

const merged = (a: ColumnProfile, b: ColumnProfile): ColumnProfile => ({
  name: a.name,
  filled: a.filled + b.filled,
  blank: a.blank + b.blank,
  distinct: Math.max(a.distinct, b.distinct),
  kinds: added(a.kinds, b.kinds) as ColumnProfile['kinds'],
  sum: null,
  min: null,
  max: null,
  checksum: (BigInt(a.checksum) + BigInt(b.checksum)).toString(),
  magnitudes: added(a.magnitudes, b.magnitudes),
  codes: a.codes && b.codes ? added(a.codes, b.codes) : null,
  garbled: a.garbled + b.garbled,
  misread: Math.max(a.misread, b.misread),
})
