export { chinaCalendar } from './china-calendar.ts'
export {
  DAY,
  dayAt,
  formatDay,
  HOUR,
  type LocalDate,
  localDateAt,
  localTimeAt,
  MINUTE,
  parseDay,
  startOfDay,
} from './china-time.ts'
export { type Amount, type ClockRules, type ClockState, clockState, type Light } from './clock.ts'
export type { ClockEvent } from './clock-run.ts'
export { type Duration, type DurationUnit, formatDuration, parseDuration } from './duration.ts'
export type { Measure, OfficeHours } from './scale.ts'
export { dueDate, type TermRules } from './term.ts'
export type { LightRule } from './warn.ts'
export { type CalendarNotice, createWorkCalendar, type WorkCalendar } from './work-calendar.ts'
