import type { IndexLevel, IndexPack, PackRef, Pollutant, Title, Values } from '../../rules/types.ts'
import { POLLUTANTS } from '../../rules/types.ts'
import { type SubIndex, subIndex } from './sub-index.ts'

/** Air quality index of an hour or a day. It names the pack that made it and can be recomputed under another. */
export interface AirIndex {
  readonly pack: PackRef
  readonly kind: 'hourly' | 'daily'
  /** Index to publish; null = NA. */
  readonly aqi: number | null
  /** Largest sub-index of what is there, also when the missing-data rule forbids publishing; null = nothing to compute from. */
  readonly computed: number | null
  readonly level: IndexLevel | null
  /** Joint at a tie; empty at or below the pack's bound (50). */
  readonly primary: readonly Pollutant[]
  /** Pollutants whose sub-index exceeds the standard (above 100). */
  readonly exceeding: readonly Pollutant[]
  readonly missing: readonly Pollutant[]
  readonly subIndices: readonly SubIndex[]
  /** Why the index is NA; null when it is published. */
  readonly reason: Title | null
}

/**
 * Hourly AQI (实时报).
 * @param values hourly means; O₃ hourly, particles hourly
 * @param means24 24 h means, used where the edition sends an hourly value above its column to the 24 h column (SO₂ in 2012)
 */
export function hourlyIndex(pack: IndexPack, values: Values, means24: Values = {}): AirIndex {
  return airIndex(pack, 'hourly', values, means24)
}

/**
 * Daily AQI (日报).
 * @param values 24 h means; O₃ is the daily maximum 8 h mean
 * @param maxima daily maximum hourly values, used where the edition sends O₃ 8 h above 800 to the 1 h column (2012)
 */
export function dailyIndex(pack: IndexPack, values: Values, maxima: Values = {}): AirIndex {
  return airIndex(pack, 'daily', values, maxima)
}

function airIndex(pack: IndexPack, kind: 'hourly' | 'daily', values: Values, fallback: Values): AirIndex {
  const { tables } = pack
  const subIndices = POLLUTANTS.map((pollutant) =>
    subIndex(pack, pollutant, tables[kind][pollutant], values[pollutant], fallback[pollutant]),
  )
  const known = subIndices.flatMap(({ pollutant, iaqi }) => (iaqi === null ? [] : [{ pollutant, iaqi }]))
  const missing = subIndices.filter(({ iaqi }) => iaqi === null).map(({ pollutant }) => pollutant)
  const computed = known.length === 0 ? null : Math.max(...known.map(({ iaqi }) => iaqi))
  const reason = withheld(pack, computed, missing)
  const aqi = reason === null ? computed : null
  return {
    pack: { id: pack.id },
    kind,
    aqi,
    computed,
    level: aqi === null ? null : levelOf(pack, aqi),
    primary: aqi === null || aqi <= tables.primaryAbove ? [] : named(known, (iaqi) => iaqi === aqi),
    exceeding: named(known, (iaqi) => iaqi > tables.exceedingAbove),
    missing,
    subIndices,
    reason,
  }
}

function named(known: readonly { pollutant: Pollutant; iaqi: number }[], test: (iaqi: number) => boolean): Pollutant[] {
  return known.filter(({ iaqi }) => test(iaqi)).map(({ pollutant }) => pollutant)
}

function withheld(pack: IndexPack, computed: number | null, missing: readonly Pollutant[]): Title | null {
  if (computed === null) return { zh: '没有可用的浓度值', en: 'no usable concentration' }
  const bound = pack.tables.incompleteAbove
  if (missing.length === 0 || bound === null || computed > bound) return null
  const list = missing.join(', ')
  return {
    zh: `缺 ${list}，且其余分指数最大为 ${computed}，不大于 ${bound}`,
    en: `${list} missing, and the largest other sub-index, ${computed}, is not above ${bound}`,
  }
}

/** Level, category and colour of an index under a pack. */
export function levelOf(pack: IndexPack, aqi: number): IndexLevel | null {
  return pack.tables.levels.find(({ upTo }) => upTo === null || aqi <= upTo) ?? null
}
