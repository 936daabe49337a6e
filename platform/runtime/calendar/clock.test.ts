import { describe, expect, it } from 'vitest'
import { chinaCalendar } from './china-calendar.ts'
import { type ClockRules, clockState } from './clock.ts'
import type { ClockEvent } from './clock-run.ts'
import { parseDuration } from './duration.ts'

const officeHours = { morning: [8 * 60 + 30, 12 * 60], afternoon: [14 * 60, 17 * 60 + 30] } as const
const rules: ClockRules = {
  calendar: chinaCalendar,
  officeHours,
  dayEnds: 'midnight',
  rollover: true,
  light: { warnLead: parseDuration('1wd') },
}
const at = (time: string) => new Date(`${time}+08:00`)
const start = (time: string, term: string): ClockEvent => ({
  at: at(time),
  type: 'start',
  duration: parseDuration(term),
})
const pause = (time: string): ClockEvent => ({ at: at(time), type: 'pause', reason: 'material to be supplemented' })
const resume = (time: string): ClockEvent => ({ at: at(time), type: 'resume' })
const stop = (time: string): ClockEvent => ({ at: at(time), type: 'stop' })
const extend = (time: string, term: string): ClockEvent => ({
  at: at(time),
  type: 'extend',
  duration: parseDuration(term),
  by: 'head of department',
})

function show(events: ClockEvent[], time: string, by: Partial<ClockRules> = {}) {
  const { due, elapsed, remaining, ...rest } = clockState(events, { ...rules, ...by }, at(time))
  return {
    ...rest,
    due: due && new Date(due.getTime() + 8 * 3_600_000).toISOString().slice(0, 16),
    elapsed: elapsed?.n,
    remaining: remaining?.n,
  }
}

describe('a clock', () => {
  it('goes from green to yellow to red over National Day', () => {
    const events = [start('2025-09-26T10:00', '5wd')]
    const due = '2025-10-11T00:00'
    expect(show(events, '2025-09-28T08:00')).toMatchObject({ light: 'green', due, elapsed: 1, remaining: 4 })
    expect(show(events, '2025-10-08T23:59')).toMatchObject({ light: 'green', elapsed: 3, remaining: 2 })
    expect(show(events, '2025-10-09T00:00')).toMatchObject({ light: 'yellow', elapsed: 4, remaining: 1 })
    expect(show(events, '2025-10-10T23:59')).toMatchObject({ light: 'yellow', overdue: false, remaining: 0 })
    expect(show(events, '2025-10-11T00:00')).toMatchObject({ light: 'red', overdue: true, remaining: -1 })
  })

  it('is grey and idle before its start', () => {
    expect(show([start('2025-09-26T10:00', '5wd')], '2025-09-26T09:59')).toMatchObject({
      status: 'idle',
      light: 'grey',
    })
    expect(show([], '2025-09-26T09:59')).toMatchObject({ status: 'idle', due: null })
  })

  it('carries the whole working days left over a pause', () => {
    const events = [start('2026-03-02T10:00', '5wd'), pause('2026-03-04T11:00')]
    expect(show(events, '2026-03-20T10:00')).toMatchObject({
      status: 'paused',
      light: 'grey',
      due: null,
      elapsed: 2,
      remaining: 3,
    })
    // Resumed on a Friday: Monday, Tuesday, Wednesday are left.
    expect(show([...events, resume('2026-03-20T16:00')], '2026-03-20T17:00')).toMatchObject({
      light: 'green',
      due: '2026-03-26T00:00',
      remaining: 3,
    })
  })

  it('changes nothing by a pause within one day', () => {
    const events = [start('2026-03-02T10:00', '5wd')]
    const paused = [...events, pause('2026-03-04T09:00'), resume('2026-03-04T15:00')]
    expect(show(paused, '2026-03-05T10:00')).toEqual(show(events, '2026-03-05T10:00'))
  })

  it('paused on its last day ends with the day of resumption, or the next that is worked', () => {
    const events = [start('2026-03-02T10:00', '1wd'), pause('2026-03-03T10:00')]
    expect(show([...events, resume('2026-03-05T10:00')], '2026-03-05T11:00').due).toBe('2026-03-06T00:00')
    expect(show([...events, resume('2026-03-07T10:00')], '2026-03-07T11:00').due).toBe('2026-03-10T00:00')
  })

  it('keeps its yellow light when a day is lent on resumption', () => {
    const spent = [start('2025-09-28T17:30', '2wd'), pause('2025-09-30T02:00'), resume('2025-10-01T02:00')]
    expect(show(spent, '2025-10-02T10:00', { light: { warnShare: 0.75 } })).toMatchObject({
      light: 'yellow',
      due: '2025-10-10T00:00',
      remaining: 1,
    })
  })

  it('gives hours back to the millisecond', () => {
    const events = [start('2026-03-02T10:00', '2h'), pause('2026-03-02T10:30'), resume('2026-03-03T10:00:00.001')]
    const state = clockState(events, rules, at('2026-03-03T10:30'))
    expect(state.due).toEqual(at('2026-03-03T11:30:00.001'))
  })

  it('cannot be saved by a pause or a stop that comes too late', () => {
    const late = [start('2026-03-02T10:00', '1wd'), pause('2026-03-04T00:00')]
    expect(show(late, '2026-03-04T01:00')).toMatchObject({ status: 'paused', light: 'red', due: '2026-03-04T00:00' })
    expect(show([...late, resume('2026-03-05T10:00')], '2026-03-05T11:00')).toMatchObject({
      light: 'red',
      overdue: true,
    })
    const stopped = [start('2026-03-02T10:00', '1wd'), stop('2026-03-04T09:00')]
    expect(show(stopped, '2026-04-01T00:00')).toMatchObject({ status: 'stopped', light: 'red', overdue: true })
  })

  it('stopped in time stays so for ever, also when stopped during a pause', () => {
    const stopped = [start('2026-03-02T10:00', '1wd'), stop('2026-03-03T09:00')]
    expect(show(stopped, '2027-01-01T00:00')).toMatchObject({ status: 'stopped', light: 'grey', overdue: false })
    const inPause = [start('2026-03-02T10:00', '1wd'), pause('2026-03-03T09:00'), stop('2026-03-20T09:00')]
    expect(show(inPause, '2027-01-01T00:00')).toMatchObject({
      status: 'stopped',
      light: 'grey',
      overdue: false,
      due: null,
    })
  })

  it('is extended from where it would have ended', () => {
    const licence = [start('2026-03-02T10:00', '20wd'), extend('2026-03-10T10:00', '10wd')]
    expect(show(licence, '2026-03-10T10:00')).toMatchObject({ due: '2026-04-15T00:00', elapsed: 6, remaining: 24 })
    const arrest = [start('2026-01-10T10:00', '2m'), extend('2026-03-01T10:00', '1m')]
    expect(show(arrest, '2026-03-10T10:00', { rollover: false }).due).toBe('2026-04-11T00:00')
    const incident = [start('2026-03-02T10:00', '1h'), extend('2026-03-02T10:10', '30min')]
    expect(show(incident, '2026-03-02T10:10').due).toBe('2026-03-02T11:30')
  })

  it('takes an extension of another kind', () => {
    const events = [start('2026-03-02T10:00', '5wd'), extend('2026-03-03T10:00', '10d')]
    expect(show(events, '2026-03-03T10:00')).toMatchObject({ due: '2026-03-20T00:00', elapsed: 1, remaining: 16 })
    const exact = [start('2026-03-02T10:00', '1wd'), extend('2026-03-02T11:00', '2h')]
    expect(show(exact, '2026-03-02T12:00').due).toBe('2026-03-04T02:00')
  })

  it('extended during a pause keeps the extension', () => {
    const events = [
      start('2026-03-02T10:00', '5wd'),
      pause('2026-03-04T10:00'),
      extend('2026-03-05T10:00', '2wd'),
      resume('2026-03-09T10:00'),
    ]
    expect(show(events, '2026-03-09T11:00')).toMatchObject({ due: '2026-03-17T00:00', elapsed: 2, remaining: 5 })
  })

  it('restarts with its first term, or another', () => {
    const events: ClockEvent[] = [start('2026-03-02T10:00', '5wd'), extend('2026-03-03T10:00', '9wd')]
    const again: ClockEvent[] = [...events, { at: at('2026-03-04T10:00'), type: 'restart' }]
    expect(show(again, '2026-03-04T11:00')).toMatchObject({ due: '2026-03-12T00:00', elapsed: 0, remaining: 5 })
    const other: ClockEvent = { at: at('2026-03-05T10:00'), type: 'restart', duration: parseDuration('1h') }
    expect(show([...again, other], '2026-03-05T10:01').due).toBe('2026-03-05T11:00')
  })

  it('turns yellow by share of the term or by lead time', () => {
    const yellowFrom = (term: string, light: ClockRules['light']) => {
      const { warn } = clockState([start('2026-03-02T10:00', term)], { ...rules, light }, at('2026-03-02T10:00'))
      return warn && new Date(warn.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
    }
    expect(yellowFrom('5wd', { warnShare: 0.8 })).toBe('2026-03-06T00:00')
    expect(yellowFrom('30d', { warnShare: 0.1 })).toBe('2026-03-05T00:00')
    expect(yellowFrom('2h', { warnShare: 0.5 })).toBe('2026-03-02T11:00')
    expect(yellowFrom('5wd', { warnShare: 0 })).toBe('2026-03-02T10:00')
    expect(yellowFrom('2h', { warnLead: parseDuration('30min') })).toBe('2026-03-02T11:30')
    expect(yellowFrom('30d', { warnLead: parseDuration('3d') })).toBe('2026-03-29T00:00')
    expect(yellowFrom('5wd', { warnLead: parseDuration('2wh') })).toBe('2026-03-09T15:30')
    expect(() => yellowFrom('1y', { warnLead: parseDuration('1m') })).toThrow(RangeError)
    expect(() => yellowFrom('1y', { warnShare: 2 })).toThrow(RangeError)
  })

  it('is provisional where holidays have not been announced', () => {
    const term = [start('2026-12-30T10:00', '5wd')]
    expect(show([start('2026-03-02T10:00', '5wd')], '2026-03-02T11:00').provisional).toBe(false)
    expect(show(term, '2026-12-30T11:00').provisional).toBe(true)
  })

  it('refuses events that do not fit', () => {
    const running = start('2026-03-02T10:00', '5wd')
    const wrong: ClockEvent[][] = [
      [pause('2026-03-02T10:00')],
      [running, running],
      [running, resume('2026-03-03T10:00')],
      [running, pause('2026-03-03T10:00'), pause('2026-03-04T10:00')],
      [running, stop('2026-03-03T10:00'), extend('2026-03-04T10:00', '1d')],
      [running, pause('2026-03-01T10:00')],
    ]
    for (const events of wrong) expect(() => show(events, '2026-05-01T00:00')).toThrow(RangeError)
  })
})
