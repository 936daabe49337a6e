import { formatDay, type LocalDate, parseDay } from './china-time.ts'

/** What an authority announced: days off on weekdays, and weekends worked in their stead. */
export interface CalendarNotice {
  readonly holidays: readonly LocalDate[]
  /** Make-up working days [调休]. */
  readonly makeUpDays: readonly LocalDate[]
  /** First and last day for which the notices are complete; outside, only weekends are days off. */
  readonly coveredFrom: LocalDate
  readonly coveredUntil: LocalDate
}

/**
 * Which days are worked. Days are `LocalDate`s; every method throws RangeError for text that is no day. The calendar
 * knows announced holidays from `coveredFrom` to `coveredUntil`; beyond, it counts weekends only and `isCovered` is
 * false: results that reach there are provisional until the next notice.
 */
export interface WorkCalendar {
  readonly coveredFrom: LocalDate
  readonly coveredUntil: LocalDate
  readonly isCovered: (date: LocalDate) => boolean
  readonly isWorkingDay: (date: LocalDate) => boolean
  /** The n-th working day after `date` (before it if n is negative). 0: the day itself, or the next working day. */
  readonly addWorkingDays: (date: LocalDate, n: number) => LocalDate
  /** How many working days lie after `from` up to and including `to`; negative if `to` is earlier. */
  readonly workingDaysBetween: (from: LocalDate, to: LocalDate) => number
  /** The same in day numbers: working days from day 0 before `day`, and the working day with that many before it. */
  readonly workIndex: (day: number) => number
  readonly nthWorkingDay: (index: number) => number
}

/** Builds a calendar; questions are then answered without walking through days. */
export function createWorkCalendar(notice: CalendarNotice): WorkCalendar {
  const from = parseDay(notice.coveredFrom)
  const until = parseDay(notice.coveredUntil)
  const holidays = new Set(notice.holidays.map(parseDay))
  const makeUpDays = new Set(notice.makeUpDays.map(parseDay))
  const isWorking = (day: number) => makeUpDays.has(day) || (weekdayOf(day) < 5 && !holidays.has(day))

  /** Working days before each covered day, and one more entry for the day after the last. */
  const before = [weekdaysBefore(from)]
  for (let day = from; day <= until; day++) before.push((before.at(-1) ?? 0) + (isWorking(day) ? 1 : 0))
  const shift = (before.at(-1) ?? 0) - weekdaysBefore(until + 1)

  const workIndex = (day: number) =>
    day <= from ? weekdaysBefore(day) : (before[day - from] ?? weekdaysBefore(day) + shift)

  const nthWorkingDay = (index: number) => {
    let low = Math.floor(((index - Math.abs(shift)) * 7) / 5) - 14 - Math.abs(shift)
    let high = Math.ceil(((index + Math.abs(shift)) * 7) / 5) + 14 + Math.abs(shift)
    // The last day with at most `index` working days before it is worked, and is the one.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (workIndex(middle) <= index) low = middle
      else high = middle - 1
    }
    return low
  }

  const isWorkingDayNumber = (day: number) => workIndex(day + 1) > workIndex(day)
  return {
    coveredFrom: notice.coveredFrom,
    coveredUntil: notice.coveredUntil,
    isCovered: (date) => parseDay(date) >= from && parseDay(date) <= until,
    isWorkingDay: (date) => isWorkingDayNumber(parseDay(date)),
    addWorkingDays: (date, n) => {
      if (!Number.isInteger(n)) throw new RangeError(`${n} is not a whole number of working days`)
      const day = parseDay(date)
      if (n < 0) return formatDay(nthWorkingDay(workIndex(day) + n))
      if (n === 0) return formatDay(isWorkingDayNumber(day) ? day : nthWorkingDay(workIndex(day)))
      return formatDay(nthWorkingDay(workIndex(day + 1) + n - 1))
    },
    workingDaysBetween: (start, end) => workIndex(parseDay(end) + 1) - workIndex(parseDay(start) + 1),
    workIndex,
    nthWorkingDay,
  }
}

/** 0 Monday … 6 Sunday. Day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** Mondays to Fridays from day 0 before `day`; negative before day 0. */
function weekdaysBefore(day: number): number {
  return Math.floor((day + 3) / 7) * 5 + Math.min(weekdayOf(day), 5) - 3
}
