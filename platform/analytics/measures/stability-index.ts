/**
 * Population stability index: the sum of (now − before) · ln(now / before) over the shares of the same bins; 0 for the
 * same distribution.
 * @param least an empty bin counts as so large a share, or the logarithm would have no value
 */
export function stabilityIndex(before: readonly number[], now: readonly number[], least: number): number {
  const shares = (bins: readonly number[]) => {
    const sum = bins.reduce((a, b) => a + b, 0)
    return bins.map((n) => Math.max(least, sum === 0 ? 0 : n / sum))
  }
  const [p, q] = [shares(before), shares(now)]
  return q.reduce((sum, share, at) => sum + (share - (p[at] ?? least)) * Math.log(share / (p[at] ?? least)), 0)
}
