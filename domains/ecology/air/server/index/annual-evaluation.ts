import type { AnnualItem, AnnualPack, LimitPack, PackRef, Pollutant } from '../../rules/types.ts'
import { type DayValue, shortMonths } from './averages.ts'
import { divide, exact, type Fraction, mean, roundFraction, subtract } from './decimal.ts'
import { limitClass } from './limit-class.ts'
import { percentile } from './percentile.ts'

/** Daily values of a year: 24 h means, for O₃ the daily maximum 8 h means. */
export type YearDays = Readonly<Partial<Record<Pollutant, readonly DayValue[]>>>

export interface EvaluatedItem extends AnnualItem {
  readonly value: number | null
  readonly class: 1 | 2 | 3 | null
  /** (C−S)/S against class 2; null when met. */
  readonly exceedance: number | null
  readonly limits: readonly [class1: number, class2: number] | null
}

export interface EvaluatedPollutant {
  readonly pollutant: Pollutant
  readonly days: number
  readonly requiredDays: number
  readonly shortMonths: readonly number[]
  /** Enough days in the year and in each month. Without them values are shown but nothing is judged. */
  readonly valid: boolean
  readonly items: readonly EvaluatedItem[]
  /** Meets class 2 in every item; null when not valid. */
  readonly compliant: boolean | null
  /** Worst class of the items; null when not valid. */
  readonly class: 1 | 2 | 3 | null
}

export interface AnnualEvaluation {
  readonly packs: readonly PackRef[]
  readonly pollutants: readonly EvaluatedPollutant[]
  /** All pollutants comply; false as soon as one does not; null when undecided for lack of data. */
  readonly compliant: boolean | null
  /** Worst class [单因子]; 3 as soon as one exceeds; null when undecided. */
  readonly class: 1 | 2 | 3 | null
}

/** Annual evaluation by HJ 663 against the limits of a GB 3095 pack, normally the one in force in that year. */
export function evaluateYear(method: AnnualPack, limits: LimitPack, year: YearDays): AnnualEvaluation {
  const names = [...new Set(method.tables.items.map(({ pollutant }) => pollutant))]
  const pollutants = names.map((pollutant) => evaluatePollutant(method, limits, pollutant, year[pollutant] ?? []))
  const complete = pollutants.every(({ valid }) => valid)
  const exceeded = pollutants.some(({ compliant }) => compliant === false)
  const packs = [method, limits].map(({ id }) => ({ id }))
  return {
    packs,
    pollutants,
    compliant: exceeded ? false : complete ? true : null,
    class: exceeded || complete ? worst(pollutants.map((item) => item.class)) : null,
  }
}

function evaluatePollutant(
  method: AnnualPack,
  limits: LimitPack,
  pollutant: Pollutant,
  days: readonly DayValue[],
): EvaluatedPollutant {
  const values = days.flatMap(({ value }) => (value === null ? [] : [value]))
  const requiredDays = limits.tables.validity.yearDays
  const short = shortMonths(limits, days)
  const valid = values.length >= requiredDays && short.length === 0
  const items = method.tables.items
    .filter((item) => item.pollutant === pollutant)
    .map((item) => evaluateItem(method, limits, item, values))
  const itemClass = valid ? worst(items.map((item) => item.class)) : null
  const compliant = itemClass === null ? null : itemClass < 3
  return { pollutant, days: values.length, requiredDays, shortMonths: short, valid, items, compliant, class: itemClass }
}

function evaluateItem(method: AnnualPack, pack: LimitPack, item: AnnualItem, values: readonly number[]): EvaluatedItem {
  const limits = pack.tables.limits[item.pollutant][item.limit] ?? null
  const statistic = annualStatistic(item, values)
  if (statistic === null || limits === null) return { ...item, value: null, class: null, exceedance: null, limits }
  const value = roundFraction(statistic, method.tables.decimals[item.pollutant])
  const above = subtract(exact(value), exact(limits[1]))
  const exceedance =
    above.n > 0n ? roundFraction(divide(above, exact(limits[1])), method.tables.multipleDecimals) : null
  return { ...item, value, class: limitClass(pack, item.pollutant, item.limit, value), exceedance, limits }
}

/** Exact mean or percentile of daily values; null without values. */
export function annualStatistic(item: AnnualItem, values: readonly number[]): Fraction | null {
  if (values.length === 0) return null
  return item.percentile === null ? mean(values) : percentile(values, item.percentile)
}

function worst(classes: readonly (1 | 2 | 3 | null)[]): 1 | 2 | 3 | null {
  return classes.reduce((high, next) => (next !== null && (high === null || next > high) ? next : high), null)
}
