import type { IndexPack, PackRef, Pollutant, Title, Values } from '../../rules/types.ts'
import { POLLUTANTS } from '../../rules/types.ts'
import { type AirIndex, hourlyIndex } from './air-index.ts'
import { floor, roundFraction } from './decimal.ts'
import { interpolate } from './sub-index.ts'

export interface PublishedHour {
  readonly values: Values
  readonly means24?: Values
  /** Other columns of the same row that may have been used by mistake, e.g. `{ o3: { o3_1h_max_24h: 124 } }`. */
  readonly otherColumns?: Readonly<Partial<Record<Pollutant, Readonly<Record<string, number | null>>>>>
  readonly aqi: number
}

export type DifferenceCause = 'column' | 'left-out' | 'rounding' | 'edition' | 'pollutant'

export interface Cause {
  readonly cause: DifferenceCause
  readonly pollutant: Pollutant | null
  /** Name of the column, or id of the pack, that gives the published value; null otherwise. */
  readonly by: string | null
  readonly text: Title
}

export interface Difference {
  readonly pack: PackRef
  readonly equal: boolean
  readonly published: number
  readonly computed: number | null
  readonly index: AirIndex
  /** Each gives exactly the published value when it alone is assumed; empty and not equal = unexplained. */
  readonly causes: readonly Cause[]
}

/**
 * Compares a published hourly AQI with the one the pack gives, and where they differ names every single assumption that would
 * give the published one: another column, a pollutant left out, another rounding, another edition, a sub-index that is not the largest.
 */
export function explainDifference(
  pack: IndexPack,
  hour: PublishedHour,
  otherPacks: readonly IndexPack[] = [],
): Difference {
  const index = hourlyIndex(pack, hour.values, hour.means24)
  const equal = index.computed === hour.aqi
  const causes = equal
    ? []
    : [
        ...otherColumn(pack, hour),
        ...leftOut(pack, hour),
        ...otherRounding(index, hour),
        ...otherEdition(otherPacks, hour),
        ...otherPollutant(index, hour),
      ]
  return { pack: index.pack, equal, published: hour.aqi, computed: index.computed, index, causes }
}

function otherColumn(pack: IndexPack, hour: PublishedHour): Cause[] {
  return POLLUTANTS.flatMap((pollutant) =>
    Object.entries(hour.otherColumns?.[pollutant] ?? {}).flatMap(([by, value]) => {
      const { computed } = hourlyIndex(pack, { ...hour.values, [pollutant]: value }, hour.means24)
      const text = {
        zh: `用 ${by} 列（${value}）代替 ${pollutant} 得到已发布值`,
        en: `column ${by} (${value}) in place of ${pollutant} gives it`,
      }
      return computed === hour.aqi && value !== null ? [{ cause: 'column' as const, pollutant, by, text }] : []
    }),
  )
}

function leftOut(pack: IndexPack, hour: PublishedHour): Cause[] {
  return POLLUTANTS.flatMap((pollutant) => {
    if (typeof hour.values[pollutant] !== 'number') return []
    const { computed } = hourlyIndex(pack, { ...hour.values, [pollutant]: null }, hour.means24)
    const text = { zh: `不计 ${pollutant} 得到已发布值`, en: `leaving ${pollutant} out gives it` }
    return computed === hour.aqi ? [{ cause: 'left-out' as const, pollutant, by: null, text }] : []
  })
}

function otherRounding(index: AirIndex, hour: PublishedHour): Cause[] {
  return index.subIndices.flatMap(({ pollutant, band, value, iaqi }) => {
    if (band === null || value === null || iaqi !== index.computed) return []
    const raw = interpolate(band.concentration, band.iaqi, value)
    if (floor(raw) !== hour.aqi && roundFraction(raw, 0) !== hour.aqi) return []
    const text = { zh: `${pollutant} 未向上取整得到已发布值`, en: `${pollutant} not rounded up gives it` }
    return [{ cause: 'rounding' as const, pollutant, by: null, text }]
  })
}

function otherEdition(packs: readonly IndexPack[], hour: PublishedHour): Cause[] {
  return packs
    .filter((pack) => hourlyIndex(pack, hour.values, hour.means24).computed === hour.aqi)
    .map(({ id, title }) => {
      const text = { zh: `按 ${id}（${title.zh}）得到已发布值`, en: `${id} gives it` }
      return { cause: 'edition' as const, pollutant: null, by: id, text }
    })
}

function otherPollutant(index: AirIndex, hour: PublishedHour): Cause[] {
  return index.subIndices
    .filter(({ iaqi }) => iaqi === hour.aqi)
    .map(({ pollutant }) => {
      const text = {
        zh: `已发布值等于 ${pollutant} 的分指数，但它不是最大者`,
        en: `it is the sub-index of ${pollutant}, which is not the largest`,
      }
      return { cause: 'pollutant' as const, pollutant, by: null, text }
    })
}
