import { stabilityIndex } from '#platform/analytics'

/** Share that a value counts as which never came. */
const FLOOR = 0.001

type Counts = Readonly<Record<string, number>>

const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** How far two counts of values are apart; 0 for the same shares, and where there is nothing to compare. */
export function distance(before: Counts, now: Counts): number {
  if (total(before) === 0 || total(now) === 0) return 0
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  const bins = (counts: Counts) => keys.map((key) => counts[key] ?? 0)
  return stabilityIndex(bins(before), bins(now), FLOOR)
}

/** Share of what came that never came before. */
export function shareUnknown(before: Counts, now: Counts): number {
  const unknown = Object.entries(now).reduce((sum, [key, count]) => sum + (key in before ? 0 : count), 0)
  return unknown / Math.max(1, total(now))
}
