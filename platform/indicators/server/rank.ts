import type { KnownValue } from '../contract.ts'
import type { Indicator } from '../indicator.ts'

export interface Ranked {
  /** Equal values share a rank; null without a value. */
  readonly rank: number | null
  readonly member: string
  readonly value: number | null
  readonly vintage: Date
}

/** The best first; those without a value at the end, without a rank. */
export function rank(better: Indicator['better'], values: readonly KnownValue[]): readonly Ranked[] {
  const sign = better === 'lower' ? 1 : -1
  const known = values
    .filter(({ value }) => value !== null)
    .sort((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)) || a.member.localeCompare(b.member))
  const ranked = known.map(({ member, value, vintage }) => ({
    rank: known.findIndex((other) => other.value === value) + 1,
    member,
    value,
    vintage,
  }))
  const missing = values.filter(({ value }) => value === null)
  return [...ranked, ...missing.map(({ member, value, vintage }) => ({ rank: null, member, value, vintage }))]
}
