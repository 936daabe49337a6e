import { addMonths, dayAt, HOUR, MINUTE } from './china-time.ts'
import type { Duration, DurationUnit } from './duration.ts'
import { endOfDay, type Measure, type ScaleRules, scaleOf } from './scale.ts'

/** How a term is reckoned. */
export interface TermRules extends ScaleRules {
  /**
   * Whether a last day off moves to the next working day [Civil Code, art. 203 para. 1; Criminal Procedure Law,
   * art. 105]. False for custody, which counts every day and never rolls. Hours and minutes never roll.
   */
  readonly rollover: boolean
}

/** A point that a term reaches: the index on the scale of its measure. */
export interface Mark {
  readonly measure: Measure
  readonly index: number
}

const MEASURES: Readonly<Record<DurationUnit, { measure: Measure; size: number }>> = {
  minute: { measure: 'ms', size: MINUTE },
  hour: { measure: 'ms', size: HOUR },
  workingHour: { measure: 'workingMs', size: HOUR },
  halfWorkingDay: { measure: 'halfWorkingDay', size: 1 },
  day: { measure: 'day', size: 1 },
  workingDay: { measure: 'workingDay', size: 1 },
  month: { measure: 'day', size: 1 },
  year: { measure: 'day', size: 12 },
}

/** In what a duration is counted, once begun: months and years become days. */
export function measureOf(duration: Duration): Measure {
  return MEASURES[duration.unit].measure
}

/**
 * Where a duration leads from an instant. The day (half day) of the instant is not counted; a month leads to the
 * corresponding day.
 * @throws RangeError if `n` is not a whole number above 0.
 */
export function advance(instant: number, duration: Duration, rules: ScaleRules): Mark {
  const { n, unit } = duration
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`A term of ${n} ${unit} is not a whole number above 0`)
  const { measure, size } = MEASURES[unit]
  if (unit === 'month' || unit === 'year') return { measure, index: addMonths(dayAt(instant), n * size) }
  return { measure, index: scaleOf(measure, rules).indexAt(instant) + n * size }
}

/** When a term that reaches this mark is over, in milliseconds since the epoch. */
export function dueAt(mark: Mark, rules: TermRules): number {
  const scale = scaleOf(mark.measure, rules)
  const end = scale.endOf(mark.index)
  if (!rules.rollover || !scale.isDays) return end
  const { workIndex, nthWorkingDay } = rules.calendar
  const day = dayAt(end - 1)
  return workIndex(day + 1) > workIndex(day) ? end : endOfDay(nthWorkingDay(workIndex(day)), rules)
}

/** When a term begun at an instant is over: the deadline itself is already too late. */
export function dueDate(start: Date, duration: Duration, rules: TermRules): Date {
  return new Date(dueAt(advance(start.getTime(), duration, rules), rules))
}
