import { dayAt, formatDay } from './china-time.ts'
import { type ClockEvent, type ClockRun, replay, segmentsUntil } from './clock-run.ts'
import { type Measure, scaleOf } from './scale.ts'
import { dueAt, type TermRules } from './term.ts'
import { type LightRule, warnAt } from './warn.ts'

export type Light = 'green' | 'yellow' | 'red' | 'grey'

export interface ClockRules extends TermRules {
  readonly light: LightRule
}

/** A number of days of some kind, or of milliseconds. */
export interface Amount {
  readonly n: number
  readonly measure: Measure
}

/** What a clock shows at an instant. */
export interface ClockState {
  readonly status: 'idle' | 'running' | 'paused' | 'stopped'
  /** When the term is over: from this instant on it is too late. Null while idle, or paused in time. */
  readonly due: Date | null
  /** When the light turns yellow. Null as `due`. Store both and lists can be lit by SQL. */
  readonly warn: Date | null
  /** Counted so far; pauses are not. A whole day counts once it has begun, the day of the start does not. */
  readonly elapsed: Amount | null
  /** Still left after the day of the instant; below 0 when overdue. Frozen while paused. */
  readonly remaining: Amount | null
  readonly overdue: boolean
  /** Grey: idle, stopped in time or paused in time. A clock stopped or paused too late stays red. */
  readonly light: Light
  /** The due day lies beyond the announced holidays and may move with the next notice. */
  readonly provisional: boolean
}

/**
 * What a clock shows at `at`, from all its events up to then (in order of time; later ones are ignored).
 *
 * A pause keeps what is left: whole days after the day of the pause go on after the day of the resumption; hours to the
 * millisecond. A pause and a resumption on one day change nothing. A term that was over when paused stays over.
 * @throws RangeError for events out of order or that do not fit the state, such as resuming a clock that runs.
 */
export function clockState(events: readonly ClockEvent[], rules: ClockRules, at: Date): ClockState {
  const now = at.getTime()
  const run = replay(events, rules, now)
  if (!run) return IDLE
  const instant = run.pausedAt ?? run.stoppedAt ?? now
  const due = dueAt(run.target, rules)
  const overdue = instant >= due
  const hasDue = run.pausedAt === undefined || overdue
  const warn = warnAt(run, due, rules)
  return {
    status: statusOf(run),
    due: hasDue ? new Date(due) : null,
    warn: hasDue ? new Date(warn) : null,
    ...amounts(run, instant, rules),
    overdue,
    light: lightOf(run, instant, warn, overdue),
    provisional: !rules.calendar.isCovered(formatDay(dayAt(due - 1))),
  }
}

const IDLE: ClockState = {
  status: 'idle',
  due: null,
  warn: null,
  elapsed: null,
  remaining: null,
  overdue: false,
  light: 'grey',
  provisional: false,
}

function statusOf(run: ClockRun): ClockState['status'] {
  if (run.stoppedAt !== undefined) return 'stopped'
  return run.pausedAt === undefined ? 'running' : 'paused'
}

function amounts(run: ClockRun, instant: number, rules: ClockRules): { elapsed: Amount; remaining: Amount } {
  const { measure, index } = run.target
  const scale = scaleOf(measure, rules)
  const elapsed = segmentsUntil(run, instant).reduce(
    (sum, [from, to]) => sum + scale.indexAt(to) - scale.indexAt(from),
    0,
  )
  return { elapsed: { n: elapsed, measure }, remaining: { n: index - scale.indexAt(instant), measure } }
}

function lightOf(run: ClockRun, instant: number, warn: number, overdue: boolean): Light {
  if (overdue) return 'red'
  if (run.stoppedAt !== undefined || run.pausedAt !== undefined) return 'grey'
  return instant >= warn ? 'yellow' : 'green'
}
