import type { LimitPack, PackRef, Pollutant, RankingPack, Values } from '../../rules/types.ts'
import { add, divide, exact, roundFraction } from './decimal.ts'

export interface CompositeIndex {
  readonly packs: readonly PackRef[]
  /** Sum of concentration ÷ class 2 limit over the pollutants; null when one is missing. */
  readonly index: number | null
  /** Single index of each pollutant, largest first. */
  readonly parts: readonly { readonly pollutant: Pollutant; readonly ratio: number }[]
  readonly missing: readonly Pollutant[]
}

/**
 * Composite index [环境空气质量综合指数] for ranking places over a month, season or year.
 * @param values means of SO₂, NO₂, PM10, PM2.5; 95th percentile of CO; 90th percentile of the daily maximum 8 h O₃
 */
export function compositeIndex(pack: RankingPack, limits: LimitPack, values: Values): CompositeIndex {
  const ratios = pack.tables.items.map(({ pollutant, limit }) => {
    const value = values[pollutant]
    const bound = limits.tables.limits[pollutant][limit]?.[1]
    const ratio =
      value === null || value === undefined || bound === undefined ? null : divide(exact(value), exact(bound))
    return { pollutant, ratio }
  })
  const known = ratios.flatMap(({ pollutant, ratio }) => (ratio === null ? [] : [{ pollutant, ratio }]))
  const missing = ratios.filter(({ ratio }) => ratio === null).map(({ pollutant }) => pollutant)
  const { decimals } = pack.tables
  const total = known.reduce((all, { ratio }) => add(all, ratio), exact(0))
  return {
    packs: [pack, limits].map(({ id }) => ({ id })),
    index: missing.length > 0 ? null : roundFraction(total, decimals),
    parts: known
      .map(({ pollutant, ratio }) => ({ pollutant, ratio: roundFraction(ratio, decimals) }))
      .sort((a, b) => b.ratio - a.ratio),
    missing,
  }
}
