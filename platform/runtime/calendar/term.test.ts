import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chinaCalendar } from './china-calendar.ts'
import { localDateAt } from './china-time.ts'
import { formatDuration, parseDuration } from './duration.ts'
import { dueDate, type TermRules } from './term.ts'

const officeHours = { morning: [8 * 60 + 30, 12 * 60], afternoon: [14 * 60, 17 * 60 + 30] } as const
const rules: TermRules = { calendar: chinaCalendar, officeHours, dayEnds: 'midnight', rollover: true }
const custody: TermRules = { ...rules, rollover: false }
const office: TermRules = { ...rules, dayEnds: 'office' }

function due(start: string, term: string, by = rules): string {
  const time = dueDate(new Date(`${start}+08:00`), parseDuration(term), by).getTime()
  return new Date(time + 8 * 3_600_000).toISOString().slice(0, 16)
}

describe('a term', () => {
  it.each([
    ['working days over National Day, with a make-up day', '2025-09-26T10:00', '5wd', rules, '2025-10-11T00:00'],
    ['twenty working days over National Day', '2025-09-26T10:00', '20wd', rules, '2025-10-31T00:00'],
    ['working days over Spring Festival', '2026-02-13T23:59', '5wd', rules, '2026-02-28T00:00'],
    ['working days begun on a holiday', '2025-10-03T09:00', '1wd', rules, '2025-10-10T00:00'],
    ['days whose last is worked', '2026-03-02T09:00', '15d', rules, '2026-03-18T00:00'],
    ['days whose last is a holiday', '2026-02-05T09:00', '15d', rules, '2026-02-25T00:00'],
    ['days of custody, which never roll', '2026-02-05T09:00', '15d', custody, '2026-02-21T00:00'],
    ['days that end with the office', '2026-02-05T09:00', '15d', office, '2026-02-24T17:30'],
    ['a month with no such day', '2026-01-31T09:00', '1m', custody, '2026-03-01T00:00'],
    ['months over a leap day', '2024-01-31T09:00', '1m', custody, '2024-03-01T00:00'],
    ['a year from a leap day', '2024-02-29T09:00', '1y', custody, '2025-03-01T00:00'],
    ['two months of custody', '2025-12-31T09:00', '2m', custody, '2026-03-01T00:00'],
    ['hours, which run at once and at night', '2025-09-30T23:30', '2h', rules, '2025-10-01T01:30'],
    ['minutes', '2025-09-30T23:45', '30min', rules, '2025-10-01T00:15'],
    ['office hours over a holiday', '2025-09-30T17:00', '2wh', rules, '2025-10-09T10:00'],
    ['office hours over lunch', '2025-09-30T11:00', '2wh', rules, '2025-09-30T15:00'],
    ['office hours to the minute of closing', '2025-09-30T15:30', '2wh', rules, '2025-09-30T17:30'],
    ['office hours begun before opening', '2025-09-30T05:00', '7wh', rules, '2025-09-30T17:30'],
    ['half a day from a morning', '2025-09-30T10:00', '1hwd', rules, '2025-10-01T00:00'],
    ['half a day from an afternoon before a holiday', '2025-09-30T12:00', '1hwd', rules, '2025-10-09T12:00'],
    ['half days that end with the office', '2025-09-30T12:00', '2hwd', office, '2025-10-09T17:30'],
  ])('of %s', (_, start, term, by, end) => {
    expect(due(start, term, by)).toBe(end)
  })

  it('is the same whatever zone the host is in', () => {
    const zone = process.env.TZ
    try {
      for (const host of ['America/New_York', 'Pacific/Kiritimati', 'UTC']) {
        process.env.TZ = host
        expect(due('2025-09-26T07:59', '5wd'), host).toBe('2025-10-11T00:00')
        expect(localDateAt(new Date('2025-09-25T16:00:00Z')), host).toBe('2025-09-26')
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('of n days begins on the day after the event, whatever the time of day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 60 }), (minute, n) => {
        const start = new Date(Date.parse('2026-05-06T00:00+08:00') + minute * 60_000)
        const end = dueDate(start, { n, unit: 'day' }, custody)
        expect(end.getTime()).toBe(Date.parse('2026-05-07T00:00+08:00') + n * 86_400_000)
      }),
    )
  })
})

describe('the short form of a term', () => {
  it('reads and prints all units', () => {
    for (const text of ['30min', '2h', '4wh', '1hwd', '20d', '5wd', '3m', '1y'])
      expect(formatDuration(parseDuration(text))).toBe(text)
    expect(parseDuration('5wd')).toEqual({ n: 5, unit: 'workingDay' })
  })

  it('refuses everything else', () => {
    for (const text of ['', '5', 'wd', '0d', '-1d', '1.5d', '5 wd', '5WD', '5w', '05d', '9999999d'])
      expect(() => parseDuration(text), text).toThrow(RangeError)
    expect(() => dueDate(new Date(), { n: 0, unit: 'day' }, rules)).toThrow(RangeError)
    expect(() => dueDate(new Date(), { n: 1.5, unit: 'hour' }, rules)).toThrow(RangeError)
  })
})
