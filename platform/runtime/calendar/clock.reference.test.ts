import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chinaCalendar } from './china-calendar.ts'
import { type ClockRules, clockState } from './clock.ts'
import type { ClockEvent } from './clock-run.ts'
import type { Duration } from './duration.ts'

/**
 * The clock against one who sits beside it with a tally and looks up every minute. He knows no formula: he counts a day
 * when it begins while the clock runs, a minute when it has passed, and says "over" when the last one counted ends. If
 * none is left when it resumes and the present day is not worked or over, he lends one.
 */
type Unit = 'minute' | 'workingHour' | 'halfWorkingDay' | 'day' | 'workingDay'
interface Script {
  unit: Unit
  n: number
  dayEnds: 'midnight' | 'office'
  /** Minutes after the start of the walk. */
  start: number
  steps: { kind: 'toggle' | 'extend' | 'stop'; after: number; n: number }[]
}

const MINUTE = 60_000
const ORIGIN = Date.parse('2025-09-25T00:00:00+08:00')
const LENGTH = 34 * 1440
const OPEN: readonly (readonly [number, number])[] = [
  [510, 720],
  [840, 1050],
]
const shareForYellow = 0.75

const worked = Array.from({ length: LENGTH / 1440 + 1 }, (_, day) => {
  const date = new Date(ORIGIN + (day * 1440 + 480) * MINUTE)
  const name = date.toISOString().slice(0, 10)
  const isWeekend = date.getUTCDay() % 6 === 0
  return name in announced.workdays || (!isWeekend && !(name in announced.holidays))
})

const begins: Record<Unit, (day: number, time: number) => boolean> = {
  minute: () => false,
  workingHour: () => false,
  day: (_, time) => time === 0,
  workingDay: (day, time) => time === 0 && worked[day] === true,
  halfWorkingDay: (day, time) => (time === 0 || time === 720) && worked[day] === true,
}

function ends(unit: Unit, day: number, time: number, dayEnds: Script['dayEnds']): boolean {
  if (unit === 'halfWorkingDay' && time === 720 && worked[day]) return true
  const [last, at] = dayEnds === 'midnight' ? [day - 1, 0] : [day, 1050]
  return time === at && (unit === 'day' || worked[last] === true)
}

function walk(script: Script) {
  const { unit, dayEnds } = script
  const isExact = unit === 'minute' || unit === 'workingHour'
  const size = unit === 'workingHour' ? 60 : 1
  const events: ClockEvent[] = []
  let needed = script.n * size
  let count = 0
  let lent = 0
  let status: 'idle' | 'running' | 'paused' | 'stopped' = 'idle'
  let over: number | undefined
  const seen: { minute: number; count: number; over: number | undefined; status: string; light: string }[] = []
  const pending = [...script.steps]
  let dueNext = script.start

  for (let minute = 0; minute < LENGTH; minute++) {
    const [day, time] = [Math.floor(minute / 1440), minute % 1440]
    const isLive = status === 'running'
    if (isLive && over === undefined && count >= needed && (isExact || ends(unit, day, time, dayEnds))) over = minute
    if (isLive && begins[unit](day, time)) count++

    while (minute === dueNext) {
      const at = new Date(ORIGIN + minute * MINUTE)
      const step = pending.shift()
      if (status === 'idle') {
        events.push({ at, type: 'start', duration: { n: script.n, unit } satisfies Duration })
        status = 'running'
        if (step) pending.unshift(step)
      } else if (step?.kind === 'toggle' && status === 'running') {
        events.push({ at, type: 'pause', reason: 'supplement' })
        status = 'paused'
      } else if (step?.kind === 'toggle' && status === 'paused') {
        events.push({ at, type: 'resume' })
        status = 'running'
        const isDayLeft = (unit === 'day' || worked[day]) && (dayEnds === 'midnight' || time < 1050)
        if (!isExact && over === undefined && count >= needed && !isDayLeft) {
          needed++
          lent++
        }
      } else if (step?.kind === 'extend' && status !== 'stopped' && over === undefined) {
        events.push({ at, type: 'extend', duration: { n: step.n, unit }, by: 'head' })
        needed += step.n * size
      } else if (step?.kind === 'stop' && status !== 'stopped' && pending.length === 0) {
        events.push({ at, type: 'stop' })
        status = 'stopped'
      }
      dueNext = pending[0] ? minute + pending[0].after : -1
    }

    if (minute % 97 === 0 || minute === over || minute + 1 === over || time === 0) {
      const yellow = count >= Math.ceil((needed - lent) * shareForYellow - 1e-6)
      const light = over !== undefined ? 'red' : status !== 'running' ? 'grey' : yellow ? 'yellow' : 'green'
      seen.push({ minute, count, over, status, light })
    }
    const isOpen = worked[day] === true && OPEN.some(([from, to]) => time >= from && time < to)
    if (status === 'running' && (unit === 'minute' || (unit === 'workingHour' && isOpen))) count++
  }
  return { events, seen }
}

const script: fc.Arbitrary<Script> = fc
  .constantFrom<Unit>('minute', 'workingHour', 'halfWorkingDay', 'day', 'workingDay')
  .chain((unit) =>
    fc.record({
      unit: fc.constant(unit),
      n: fc.integer({ min: 1, max: unit === 'minute' ? 9000 : 12 }),
      dayEnds: fc.constantFrom('midnight' as const, 'office' as const),
      start: instant(),
      steps: fc.array(
        fc.record({
          kind: fc.constantFrom('toggle' as const, 'toggle' as const, 'extend' as const, 'stop' as const),
          after: instant(),
          n: fc.integer({ min: 1, max: unit === 'minute' ? 900 : 4 }),
        }),
        { maxLength: 6 },
      ),
    }),
  )

/** Often a whole number of days or half days, so that events fall on the edges. */
function instant(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 1, max: 5 * 1440 }),
    fc.integer({ min: 0, max: 10 }).map((half) => half * 720),
    fc.integer({ min: 0, max: 5 }).chain((day) => fc.constantFrom(510, 840, 1050).map((time) => day * 1440 + time)),
  )
}

it('shows at every moment what one who counts the minutes says', () => {
  fc.assert(
    fc.property(script, (given) => {
      const rules: ClockRules = {
        calendar: chinaCalendar,
        officeHours: { morning: [510, 720], afternoon: [840, 1050] },
        dayEnds: given.dayEnds,
        rollover: false,
        light: { warnShare: shareForYellow },
      }
      const { events, seen } = walk(given)
      const size = given.unit === 'minute' || given.unit === 'workingHour' ? MINUTE : 1
      for (const { minute, count, over, status, light } of seen) {
        const state = clockState(events, rules, new Date(ORIGIN + minute * MINUTE))
        expect({ minute, status: state.status, overdue: state.overdue, light: state.light }).toEqual({
          minute,
          status,
          overdue: over !== undefined,
          light,
        })
        if (status !== 'idle' && status !== 'stopped') expect(state.elapsed?.n, `at ${minute}`).toBe(count * size)
        if (over !== undefined) expect(state.due?.getTime()).toBe(ORIGIN + over * MINUTE)
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)
