import { DAY, dayAt, MINUTE, startOfDay } from './china-time.ts'
import type { WorkCalendar } from './work-calendar.ts'

/** Office hours of a working day, in minutes after midnight; the same every day. */
export interface OfficeHours {
  readonly morning: readonly [from: number, to: number]
  readonly afternoon: readonly [from: number, to: number]
}

/** What a scale needs to know of the place. */
export interface ScaleRules {
  readonly calendar: WorkCalendar
  readonly officeHours: OfficeHours
  /** When the last day of a term ends: at 24:00, or with the office hours [Civil Code, art. 203 para. 2]. */
  readonly dayEnds: 'midnight' | 'office'
}

/** What is counted: milliseconds, milliseconds of office hours, or days of some kind. */
export type Measure = 'ms' | 'workingMs' | 'halfWorkingDay' | 'day' | 'workingDay'

/**
 * A way to count time: every instant has a whole index that never falls. On a scale of days the index is the number of
 * the day begun last, so that a term from index i is over with day i + n and the day of the event itself is not counted
 * [Civil Code, art. 201 para. 1]; on a scale of milliseconds it is the instant, so that hours run at once [para. 2].
 */
export interface Scale {
  readonly isDays: boolean
  readonly indexAt: (instant: number) => number
  /** The first instant with this index. */
  readonly startOf: (index: number) => number
  /** The instant at which a term with this last index is over. */
  readonly endOf: (index: number) => number
}

export function scaleOf(measure: Measure, rules: ScaleRules): Scale {
  switch (measure) {
    case 'ms':
      return { isDays: false, indexAt: (instant) => instant, startOf: (index) => index, endOf: (index) => index }
    case 'workingMs':
      return officeScale(rules)
    case 'halfWorkingDay':
      return halfDayScale(rules)
    case 'day':
      return { isDays: true, indexAt: dayAt, startOf: startOfDay, endOf: (index) => endOfDay(index, rules) }
    case 'workingDay':
      return workingDayScale(rules)
  }
}

/** The instant at which a day ends for a term. */
export function endOfDay(day: number, { dayEnds, officeHours }: ScaleRules): number {
  return startOfDay(day) + (dayEnds === 'midnight' ? DAY : officeHours.afternoon[1] * MINUTE)
}

function workingDayScale(rules: ScaleRules): Scale {
  const { workIndex, nthWorkingDay } = rules.calendar
  return {
    isDays: true,
    indexAt: (instant) => workIndex(dayAt(instant) + 1),
    startOf: (index) => startOfDay(nthWorkingDay(index - 1)),
    endOf: (index) => endOfDay(nthWorkingDay(index - 1), rules),
  }
}

/** Halves: the morning is odd and ends with the morning's office hours, the afternoon is even and ends with the day. */
function halfDayScale(rules: ScaleRules): Scale {
  const { workIndex, nthWorkingDay } = rules.calendar
  const noon = rules.officeHours.morning[1] * MINUTE
  const dayOf = (index: number) => nthWorkingDay(Math.floor((index - 1) / 2))
  const isMorning = (index: number) => index % 2 !== 0
  return {
    isDays: true,
    indexAt: (instant) => {
      const day = dayAt(instant)
      const [before, after] = [workIndex(day), workIndex(day + 1)]
      return before === after || instant - startOfDay(day) >= noon ? 2 * after : 2 * before + 1
    },
    startOf: (index) => startOfDay(dayOf(index)) + (isMorning(index) ? 0 : noon),
    endOf: (index) => (isMorning(index) ? startOfDay(dayOf(index)) + noon : endOfDay(dayOf(index), rules)),
  }
}

function officeScale({ calendar, officeHours }: ScaleRules): Scale {
  const { workIndex, nthWorkingDay } = calendar
  const [from, noon] = officeHours.morning.map((minute) => minute * MINUTE) as [number, number]
  const [back, to] = officeHours.afternoon.map((minute) => minute * MINUTE) as [number, number]
  const morning = noon - from
  const perDay = morning + to - back
  const startOf = (index: number) => {
    const days = Math.ceil(index / perDay) - 1
    const within = index - days * perDay
    return startOfDay(nthWorkingDay(days)) + (within <= morning ? from + within : back + within - morning)
  }
  return {
    isDays: false,
    indexAt: (instant) => {
      const day = dayAt(instant)
      const [before, after] = [workIndex(day), workIndex(day + 1)]
      if (before === after) return before * perDay
      const time = instant - startOfDay(day)
      return before * perDay + clamp(time - from, morning) + clamp(time - back, to - back)
    },
    startOf,
    endOf: startOf,
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max)
}
