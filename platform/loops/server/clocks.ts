import {
  type ClockEvent,
  type ClockRules,
  type ClockState,
  clockState,
  dueDate,
  formatDuration,
  localDateAt,
  parseDuration,
} from '#runtime'
import type { ClockRule, LimitStep, LoopDefinition } from '../contract.ts'
import { termRules } from '../term-rules.ts'

/** A clock as it is stored: its events, times as ISO text, durations in short form. */
export interface StoredClock {
  readonly events: readonly StoredEvent[]
  /** How many of its steps (warning, then those at the limit) have been taken. */
  readonly taken: number
}

interface StoredEvent {
  readonly at: string
  readonly type: ClockEvent['type']
  readonly duration?: string
  readonly reason?: string
  readonly by?: string
}

/** The clock over the whole matter, the one of the place it is in, and the one beside that. */
export const CLOCKS = ['matter', 'place', 'beside'] as const
export type ClockName = (typeof CLOCKS)[number]
export type Clocks = { readonly [name in ClockName]?: StoredClock }

/** The clocks that there are. */
export function clocksBy(find: (name: ClockName) => StoredClock | undefined): Clocks {
  const found = CLOCKS.map((name) => [name, find(name)] as const)
  return Object.fromEntries(found.flatMap(([name, clock]) => (clock ? [[name, clock]] : [])))
}

/** Share of the term after which the light is yellow where the rule gives no lead. */
const WARN_SHARE = 0.8

/** Which rule a clock of an instance follows. */
export const ruleOf = (definition: LoopDefinition, place: string, name: ClockName): ClockRule | undefined =>
  name === 'matter' ? definition.clock : definition.places[place]?.[name === 'place' ? 'clock' : 'beside']

/** Begins a clock. Undefined where the data gives no limit. @throws RangeError for data that is no duration or date */
export function startClock(
  rule: ClockRule,
  data: Readonly<Record<string, unknown>>,
  at: Date,
): StoredClock | undefined {
  const limit = typeof rule.limit === 'string' ? rule.limit : data[rule.limit.field]
  if (limit === undefined || limit === null || limit === '') return undefined
  const text = String(limit)
  return { events: [/^\d{4}-/.test(text) ? startUntil(text, at) : startFor(text, at)], taken: 0 }
}

const startFor = (duration: string, at: Date): StoredEvent => ({
  at: at.toISOString(),
  type: 'start',
  duration: formatDuration(parseDuration(duration)),
})

const DAY = 86_400_000

/** A fixed last day, as a term in days; one that is past was over the day after it began. */
function startUntil(date: string, at: Date): StoredEvent {
  const last = Date.parse(`${date.slice(0, 10)}T12:00:00+08:00`)
  const today = Date.parse(`${localDateAt(at)}T12:00:00+08:00`)
  const days = Math.round((last - today) / DAY)
  if (Number.isNaN(days)) throw new RangeError(`"${date}" is not a date`)
  return days >= 1
    ? { at: at.toISOString(), type: 'start', duration: `${days}d` }
    : { at: new Date(last - DAY).toISOString(), type: 'start', duration: '1d' }
}

/** The clock after one more event; unchanged where the event does not fit, such as the pause of a paused one. */
export function withEvent(clock: StoredClock, event: StoredEvent, rule: ClockRule, at: Date): StoredClock {
  const { status } = showClock(clock, rule, at)
  const fits = {
    start: false,
    pause: status === 'running',
    resume: status === 'paused',
    extend: status === 'running' || status === 'paused',
    restart: true,
    stop: status !== 'stopped',
  }
  if (!fits[event.type]) return clock
  const newLimit = event.type === 'extend' || event.type === 'resume' || event.type === 'restart'
  return { events: [...clock.events, event], taken: newLimit ? 0 : clock.taken }
}

/** What a stored clock shows at an instant. */
export const showClock = (clock: StoredClock, rule: ClockRule, at: Date): ClockState =>
  clockState(clock.events.map(revive), rulesOf(rule), at)

const revive = ({ at, type, duration, reason, by }: StoredEvent): ClockEvent =>
  ({
    at: new Date(at),
    type,
    ...(duration === undefined ? {} : { duration: parseDuration(duration) }),
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
  }) as ClockEvent

const known = new WeakMap<ClockRule, ClockRules>()

function rulesOf(rule: ClockRule): ClockRules {
  const before = known.get(rule)
  if (before) return before
  const rules: ClockRules = {
    ...termRules(rule.rollover ?? typeof rule.limit === 'string'),
    light: rule.warnBefore ? { warnLead: parseDuration(rule.warnBefore) } : { warnShare: WARN_SHARE },
  }
  known.set(rule, rules)
  return rules
}

/** Something that a clock does by itself. */
export interface ClockStep {
  readonly at: Date
  readonly clock: ClockName
  readonly step: 'warn' | LimitStep
}

/** Steps of a running clock in order of time. */
function stepsOf(name: ClockName, rule: ClockRule, state: ClockState): ClockStep[] {
  if (state.status !== 'running' || !state.due || !state.warn) return []
  const { due, warn } = state
  const limit = (rule.atLimit ?? []).map((step) => ({
    at: step.after ? dueDate(due, parseDuration(step.after), rulesOf(rule)) : due,
    clock: name,
    step,
  }))
  return rule.warnBefore ? [{ at: warn, clock: name, step: 'warn' }, ...limit] : limit
}

/** What the clocks of an instance say together. */
export interface ClockSummary {
  readonly due: Date | null
  readonly warn: Date | null
  readonly next: ClockStep | undefined
}

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))

/** The nearest limit and warning of all clocks that run, and the next step. */
export function summarise(definition: LoopDefinition, place: string, clocks: Clocks, at: Date): ClockSummary {
  let summary: ClockSummary = { due: null, warn: null, next: undefined }
  for (const name of CLOCKS) {
    const clock = clocks[name]
    const rule = ruleOf(definition, place, name)
    if (!clock || !rule) continue
    const state = showClock(clock, rule, at)
    if (state.status === 'stopped') continue
    const step = stepsOf(name, rule, state)[clock.taken]
    summary = {
      due: earlier(summary.due, state.due),
      warn: earlier(summary.warn, state.warn),
      next: step && (!summary.next || step.at < summary.next.at) ? step : summary.next,
    }
  }
  return summary
}

/** The clocks with the step taken. */
export const withStepTaken = (clocks: Clocks, name: ClockName): Clocks => {
  const clock = clocks[name]
  return clock ? { ...clocks, [name]: { ...clock, taken: clock.taken + 1 } } : clocks
}
