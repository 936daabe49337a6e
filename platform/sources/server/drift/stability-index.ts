/** What never came counts as a little, so that the logarithm exists. */
const FLOOR = 0.001

type Counts = Readonly<Record<string, number>>

const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Population stability index: Σ (b − a) · ln(b / a) over the shares of each value; 0 for the same distribution. */
export function stabilityIndex(before: Counts, now: Counts): number {
  const [all, allNow] = [total(before), total(now)]
  if (all === 0 || allNow === 0) return 0
  let index = 0
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const a = Math.max(FLOOR, (before[key] ?? 0) / all)
    const b = Math.max(FLOOR, (now[key] ?? 0) / allNow)
    index += (b - a) * Math.log(b / a)
  }
  return index
}

/** Share of what came that never came before. */
export function shareUnknown(before: Counts, now: Counts): number {
  const unknown = Object.entries(now).reduce((sum, [key, count]) => sum + (key in before ? 0 : count), 0)
  return unknown / Math.max(1, total(now))
}
