import { stabilityIndex, type Value } from '#platform/analytics'
import type { Db } from '#runtime'
import { rowsOf, sql } from '../tables.ts'

const BINS = 10
/** Share that an empty bin counts as. */
const LEAST = 1e-4

export interface Spread {
  readonly bins: readonly number[]
  /** Against the run before; null for the first. */
  readonly psi: number | null
}

/**
 * The spread of scores of each model, with its stability against the last run that had one. Tags that are as they were
 * keep the spread of before.
 */
export async function stability(
  tx: Db,
  rows: readonly (readonly Value[])[],
  settled: readonly number[],
): Promise<ReadonlyMap<number, Spread>> {
  const now = new Map<number, number[]>()
  for (const [tag, bin, members] of rows) {
    const bins = now.get(Number(tag)) ?? new Array<number>(BINS).fill(0)
    bins[Number(bin)] = Number(members)
    now.set(Number(tag), bins)
  }
  const last = await rowsOf(
    tx,
    sql<{ tag: number; bins: number[] }>`select distinct on (tag) tag, bins from tags.count
      where bins is not null and tag = any(${[...now.keys(), ...settled]}) order by tag, run desc`,
  )
  const before = new Map(last.map(({ tag, bins }) => [tag, bins]))
  const kept = settled.flatMap((tag) => {
    const bins = before.get(tag)
    return bins ? [[tag, { bins, psi: 0 }] as const] : []
  })
  return new Map([
    ...kept,
    ...[...now].map(([tag, bins]) => {
      const old = before.get(tag)
      return [tag, { bins, psi: old ? stabilityIndex(old, bins, LEAST) : null }] as const
    }),
  ])
}
