/** 95 % of the normal distribution lie within so many deviations. */
const Z = 1.959964

export interface Interval {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** Share of right ones among those judged, with Wilson's score interval of 95 %; null without any. */
export function wilson(right: number, judged: number): Interval | null {
  if (judged === 0) return null
  const share = right / judged
  const z2 = Z * Z
  const middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
  const half = (Z / (1 + z2 / judged)) * Math.sqrt((share * (1 - share)) / judged + z2 / (4 * judged * judged))
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
