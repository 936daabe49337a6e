import type { LimitPack, LimitPeriod, Pollutant } from '../../rules/types.ts'

/** Single-factor class: 1 or 2 when that limit is met (equal is met), 3 above class 2; null where the standard sets no such limit. */
export function limitClass(
  pack: LimitPack,
  pollutant: Pollutant,
  period: LimitPeriod,
  value: number,
): 1 | 2 | 3 | null {
  const limits = pack.tables.limits[pollutant][period]
  if (limits === undefined) return null
  return value <= limits[0] ? 1 : value <= limits[1] ? 2 : 3
}
