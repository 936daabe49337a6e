import { add, exact, type Fraction, multiply, subtract } from './decimal.ts'

/** Percentile by HJ 663-2013 annex A: k = 1+(n−1)p, linear between the neighbours of k. Null without values. `percent` is whole. */
export function percentile(values: readonly number[], percent: number): Fraction | null {
  const sorted = values.toSorted((a, b) => a - b)
  const hundredths = (sorted.length - 1) * percent
  const at = Math.floor(hundredths / 100)
  const [low, high = low] = sorted.slice(at, at + 2)
  if (low === undefined || high === undefined) return null
  const part: Fraction = { n: BigInt(hundredths % 100), d: 100n }
  return add(exact(low), multiply(part, subtract(exact(high), exact(low))))
}
