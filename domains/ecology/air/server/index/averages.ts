import type { LimitPack, PackRef, Pollutant } from '../../rules/types.ts'
import { mean, roundFraction } from './decimal.ts'

/** A mean or maximum with the count that decides its validity. */
export interface Average {
  readonly pack: PackRef
  /** Rounded by GB/T 8170; null when not valid. */
  readonly value: number | null
  readonly count: number
  readonly required: number
  readonly valid: boolean
}

export type Hours = readonly (number | null)[]

export interface DayValue {
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly value: number | null
}

/** CO is reported with one decimal, the others whole; a pack of the index or of the annual evaluation gives these numbers. */
type Decimals = Readonly<Record<Pollutant, number>>

/** 24 h mean. `hours`: the day's hourly values, hours[0] = mean of the hour that ends at 01:00. */
export function dayMean(pack: LimitPack, decimals: Decimals, pollutant: Pollutant, hours: Hours): Average {
  return average(pack, present(hours), pack.tables.validity.dayHours, decimals[pollutant])
}

/** Running 8 h means: item i is over hours i−7 … i; null where fewer hours are there than the pack asks for, or no 8 hours lie behind. */
export function eightHourMeans(pack: LimitPack, decimals: number, hours: Hours): (number | null)[] {
  return hours.map((_, at) => {
    if (at < 7) return null
    const values = present(hours.slice(at - 7, at + 1))
    return values.length < pack.tables.validity.eightHourHours ? null : roundFraction(mean(values), decimals)
  })
}

/**
 * Daily maximum 8 h mean of ozone from the day's 24 hourly values: windows that end from 08:00 to 24:00.
 * With fewer windows than the pack asks for it still counts when it exceeds the class 2 limit.
 */
export function dailyMaxEightHour(pack: LimitPack, decimals: Decimals, hours: Hours): Average {
  const { dayEightHours, eightHourEnds } = pack.tables.validity
  const windows = present(eightHourMeans(pack, decimals.o3, hours).slice(eightHourEnds[0] - 1, eightHourEnds[1]))
  const highest = windows.length === 0 ? null : Math.max(...windows)
  const limit = pack.tables.limits.o3['8h']?.[1] ?? Number.POSITIVE_INFINITY
  const valid = highest !== null && (windows.length >= dayEightHours || highest > limit)
  return { pack: reference(pack), value: valid ? highest : null, count: windows.length, required: dayEightHours, valid }
}

/** Monthly mean of daily values of one month. */
export function monthMean(
  pack: LimitPack,
  decimals: Decimals,
  pollutant: Pollutant,
  days: readonly DayValue[],
): Average {
  const required = daysRequired(pack, days[0]?.date ?? '')
  return average(pack, present(days.map(({ value }) => value)), required, decimals[pollutant])
}

/** Annual mean of daily values of one year; also asks for enough days in every month. */
export function yearMean(
  pack: LimitPack,
  decimals: Decimals,
  pollutant: Pollutant,
  days: readonly DayValue[],
): Average {
  const result = average(
    pack,
    present(days.map(({ value }) => value)),
    pack.tables.validity.yearDays,
    decimals[pollutant],
  )
  return result.valid && shortMonths(pack, days).length > 0 ? { ...result, value: null, valid: false } : result
}

/** Months (1–12) of a year with fewer daily values than the pack asks for. */
export function shortMonths(pack: LimitPack, days: readonly DayValue[]): number[] {
  const counts = new Array<number>(12).fill(0)
  for (const { date, value } of days) {
    const month = Number(date.slice(5, 7)) - 1
    if (value !== null) counts[month] = (counts[month] ?? 0) + 1
  }
  return counts.flatMap((count, at) =>
    count < daysRequired(pack, `0000-${String(at + 1).padStart(2, '0')}`) ? [at + 1] : [],
  )
}

function daysRequired(pack: LimitPack, date: string): number {
  const { februaryDays, monthDays } = pack.tables.validity
  return date.slice(5, 7) === '02' ? februaryDays : monthDays
}

function average(pack: LimitPack, values: readonly number[], required: number, decimals: number): Average {
  const valid = values.length >= required && values.length > 0
  const value = valid ? roundFraction(mean(values), decimals) : null
  return { pack: reference(pack), value, count: values.length, required, valid }
}

function present(values: Hours): number[] {
  return values.filter((value) => value !== null && Number.isFinite(value) && value >= 0) as number[]
}

function reference({ id }: LimitPack): PackRef {
  return { id }
}
