/**
 * Civil time of China: UTC+8 all year (GB/T 7408.1), whatever zone the host is in. A `Date` is an instant; a
 * `LocalDate` is a calendar day written YYYY-MM-DD; a day number counts days since 1970-01-01, both in China.
 */
export type LocalDate = string

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const OFFSET = 8 * HOUR

/** The day number in China at an instant (milliseconds since the epoch). */
export function dayAt(instant: number): number {
  return Math.floor((instant + OFFSET) / DAY)
}

/** The instant at which a day begins in China. */
export function startOfDay(day: number): number {
  return day * DAY - OFFSET
}

/** Day and time in China at an instant, as people read it: `2026-11-18 20:00`. */
export const localTimeAt = (instant: Date): string =>
  new Date(instant.getTime() + OFFSET).toISOString().slice(0, 16).replace('T', ' ')

/** The calendar day in China at an instant. */
export function localDateAt(instant: Date): LocalDate {
  return formatDay(dayAt(instant.getTime()))
}

export function formatDay(day: number): LocalDate {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

/**
 * The day number of a calendar day.
 * @throws RangeError if it is not a real day written YYYY-MM-DD.
 */
export function parseDay(date: LocalDate): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time) || formatDay(time / DAY) !== date) throw new RangeError(`"${date}" is not a day YYYY-MM-DD`)
  return time / DAY
}

/** The corresponding day some months on; if that month has none, its last day [Civil Code, art. 202]. */
export function addMonths(day: number, months: number): number {
  const from = new Date(day * DAY)
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1)
  const target = new Date(first)
  const lastOfMonth = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  return first / DAY + Math.min(from.getUTCDate(), lastOfMonth) - 1
}
