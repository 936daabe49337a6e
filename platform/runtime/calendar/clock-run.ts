import type { Duration } from './duration.ts'
import { type Measure, scaleOf } from './scale.ts'
import { advance, dueAt, type Mark, measureOf, type TermRules } from './term.ts'

/** What happens to a clock. Whether someone may do it, and how often, is the loop's business. */
export type ClockEvent = { readonly at: Date } & (
  | { readonly type: 'start'; readonly duration: Duration }
  | { readonly type: 'pause'; readonly reason: string }
  | { readonly type: 'resume' }
  /** Adds to the term, also while paused. `by` is who granted it. */
  | { readonly type: 'extend'; readonly duration: Duration; readonly by: string }
  /** Begins anew, with the first duration unless another is given; pauses and extensions are forgotten. */
  | { readonly type: 'restart'; readonly duration?: Duration }
  | { readonly type: 'stop' }
)

/** A clock after some events. Instants in milliseconds since the epoch. */
export interface ClockRun {
  /** The duration of the start, for a restart. */
  readonly first: Duration
  /** Where the term ends; while paused, as if it went on. */
  readonly target: Mark
  /** Stretches that counted, before the present one. */
  readonly past: readonly (readonly [from: number, to: number])[]
  /** Since when it counts, if it does. */
  readonly since: number
  /** Days lent by resumptions on a day without time left; no part of the term's length. */
  readonly lent: number
  readonly pausedAt?: number
  readonly stoppedAt?: number
}

/** The clock after the events up to `until`, or undefined if it has not been started. */
export function replay(events: readonly ClockEvent[], rules: TermRules, until: number): ClockRun | undefined {
  let run: ClockRun | undefined
  let last = Number.NEGATIVE_INFINITY
  for (const event of events) {
    const at = event.at.getTime()
    if (Number.isNaN(at) || at < last) throw new RangeError(`Clock event "${event.type}" is out of order`)
    if (at > until) break
    run = apply(run, event, at, rules)
    last = at
  }
  return run
}

/** All stretches that count, the present one up to `instant`. */
export function segmentsUntil(run: ClockRun, instant: number): (readonly [from: number, to: number])[] {
  return run.pausedAt === undefined ? [...run.past, [run.since, instant]] : [...run.past]
}

function apply(run: ClockRun | undefined, event: ClockEvent, at: number, rules: TermRules): ClockRun {
  if (event.type === 'start') {
    if (run) throw misfit(event, 'has been started')
    return begin(event.duration, event.duration, at, rules)
  }
  if (!run) throw misfit(event, 'has not been started')
  if (event.type === 'restart') return begin(run.first, event.duration ?? run.first, at, rules)
  if (run.stoppedAt !== undefined) throw misfit(event, 'is stopped')
  switch (event.type) {
    case 'pause':
      if (run.pausedAt !== undefined) throw misfit(event, 'is paused')
      return { ...run, past: [...run.past, [run.since, at]], pausedAt: at }
    case 'resume':
      if (run.pausedAt === undefined) throw misfit(event, 'is not paused')
      return resume(run, run.pausedAt, at, rules)
    case 'extend':
      return { ...run, target: extend(run.target, event.duration, rules) }
    case 'stop':
      return { ...run, stoppedAt: at }
  }
}

function begin(first: Duration, duration: Duration, at: number, rules: TermRules): ClockRun {
  return { first, target: advance(at, duration, rules), past: [], since: at, lent: 0 }
}

/**
 * What was left at the pause is left now. If that is no whole day, the rest of the day of resumption is given; if that
 * day is not worked or over, the next one is lent.
 */
function resume(run: ClockRun, pausedAt: number, at: number, rules: TermRules): ClockRun {
  const { first, past, target, lent } = run
  if (pausedAt >= dueAt(target, rules)) return { first, past, target, lent, since: at }
  const scale = scaleOf(target.measure, rules)
  const left = Math.max(target.index - scale.indexAt(pausedAt), 0)
  const index = scale.indexAt(at) + left
  const loan = scale.isDays && scale.endOf(index) <= at ? 1 : 0
  return { first, past, target: { measure: target.measure, index: index + loan }, lent: lent + loan, since: at }
}

/** An extension is counted from where the term would have ended, before any roll-over to a working day. */
function extend(target: Mark, duration: Duration, rules: TermRules): Mark {
  const from = scaleOf(target.measure, rules)
  const isInDays = scaleOf(measureOf(duration), rules).isDays
  const end = from.endOf(target.index)
  const extended = advance(from.isDays && isInDays ? end - 1 : end, duration, rules)
  return inMeasure(extended, joined(target.measure, extended.measure), rules)
}

/** Terms of different kinds are counted on in days, or to the millisecond if one of them is. */
function joined(a: Measure, b: Measure): Measure {
  if (a === b) return a
  const isExact = [a, b].some((measure) => measure === 'ms' || measure === 'workingMs')
  return isExact ? 'ms' : 'day'
}

function inMeasure(mark: Mark, measure: Measure, rules: TermRules): Mark {
  if (mark.measure === measure) return mark
  const end = scaleOf(mark.measure, rules).endOf(mark.index)
  const scale = scaleOf(measure, rules)
  return { measure, index: scale.indexAt(scale.isDays ? end - 1 : end) }
}

function misfit(event: ClockEvent, why: string): RangeError {
  return new RangeError(`Cannot ${event.type} a clock that ${why}`)
}
