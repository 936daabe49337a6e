import type { ColumnProfile } from '#platform/registry'
import { distance } from './value-counts.ts'

/** Letters and signs that two titles share, 0 to 1 (Dice). */
function titleLikeness(a: string, b: string): number {
  const signs = (title: string) => new Set(title.toLowerCase().replace(/[\s_\-()（）]/g, ''))
  const [one, other] = [signs(a), signs(b)]
  const common = [...one].filter((sign) => other.has(sign)).length
  return (2 * common) / Math.max(1, one.size + other.size)
}

const shares = ({ kinds, filled }: ColumnProfile) =>
  Object.fromEntries(Object.entries(kinds).map(([kind, count]) => [kind, count / Math.max(1, filled)]))

/** How much a new column looks like one that is gone, 0 to 1: by its title, kinds of values, blanks and repetitions. */
export function likeness(gone: ColumnProfile, added: ColumnProfile): number {
  if (gone.checksum === added.checksum && gone.filled === added.filled && gone.filled > 0) return 1
  const [was, is] = [shares(gone), shares(added)]
  const kinds = 1 - Object.keys(was).reduce((sum, kind) => sum + Math.abs((was[kind] ?? 0) - (is[kind] ?? 0)), 0) / 2
  const share = (part: number, column: ColumnProfile) => part / Math.max(1, column.filled + column.blank)
  const blanks = 1 - Math.abs(share(gone.blank, gone) - share(added.blank, added))
  const repeats = 1 - Math.abs(share(gone.distinct, gone) - share(added.distinct, added))
  const codes = gone.codes && added.codes ? Math.max(0, 1 - distance(gone.codes, added.codes)) : undefined
  const values = codes ?? (kinds + blanks + repeats) / 3
  return 0.5 * titleLikeness(gone.name, added.name) + 0.5 * values
}
