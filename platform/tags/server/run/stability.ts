import type { Value } from '#platform/analytics'
import type { Db } from '#runtime'
import { rowsOf, sql } from '../tables.ts'

const BINS = 10
/** An empty bin counts as so large a share, or the logarithm would have no value. */
const LEAST = 1e-4

export interface Spread {
  readonly bins: readonly number[]
  /** Against the run before; null for the first. */
  readonly psi: number | null
}

/** Population stability index: the sum of (now − before) · ln(now / before) over the shares of the bins. */
export function psi(before: readonly number[], now: readonly number[]): number {
  const shares = (bins: readonly number[]) => {
    const sum = bins.reduce((a, b) => a + b, 0)
    return bins.map((n) => Math.max(LEAST, sum === 0 ? 0 : n / sum))
  }
  const [p, q] = [shares(before), shares(now)]
  return q.reduce((sum, share, at) => sum + (share - (p[at] ?? LEAST)) * Math.log(share / (p[at] ?? LEAST)), 0)
}

/** The spread of scores of each model, with its stability against the last run that had one. */
export async function stability(tx: Db, rows: readonly (readonly Value[])[]): Promise<ReadonlyMap<number, Spread>> {
  const now = new Map<number, number[]>()
  for (const [tag, bin, members] of rows) {
    const bins = now.get(Number(tag)) ?? new Array<number>(BINS).fill(0)
    bins[Number(bin)] = Number(members)
    now.set(Number(tag), bins)
  }
  const last = await rowsOf(
    tx,
    sql<{ tag: number; bins: number[] }>`select distinct on (tag) tag, bins from tags.count
      where bins is not null and tag = any(${[...now.keys()]}) order by tag, run desc`,
  )
  const before = new Map(last.map(({ tag, bins }) => [tag, bins]))
  return new Map(
    [...now].map(([tag, bins]) => {
      const old = before.get(tag)
      return [tag, { bins, psi: old ? psi(old, bins) : null }]
    }),
  )
}
