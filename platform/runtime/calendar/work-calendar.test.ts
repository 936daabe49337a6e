import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chinaCalendar } from './china-calendar.ts'
import { formatDay, parseDay } from './china-time.ts'

const { addWorkingDays, isWorkingDay, isCovered, workingDaysBetween } = chinaCalendar
/** From before the first notice to after the last. */
const date = fc.integer({ min: parseDay('2001-01-01'), max: parseDay('2031-12-31') }).map(formatDay)

/** The definition, asked day by day. */
function isWorkedByNotice(day: string): boolean {
  if (day in announced.workdays) return true
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !(day in announced.holidays)
}
const next = (day: string, step = 1) => formatDay(parseDay(day) + step)

describe('the calendar of China', () => {
  it('knows National Day 2025 with its make-up days', () => {
    for (let day = '2025-10-01'; day <= '2025-10-08'; day = next(day)) expect(isWorkingDay(day), day).toBe(false)
    for (const day of ['2025-09-28', '2025-09-30', '2025-10-09', '2025-10-11'])
      expect(isWorkingDay(day), day).toBe(true)
    for (const day of ['2025-09-27', '2025-10-12']) expect(isWorkingDay(day), day).toBe(false)
  })

  it('knows Spring Festival 2026 with its make-up days', () => {
    for (let day = '2026-02-15'; day <= '2026-02-23'; day = next(day)) expect(isWorkingDay(day), day).toBe(false)
    for (const day of ['2026-02-14', '2026-02-24', '2026-02-28']) expect(isWorkingDay(day), day).toBe(true)
  })

  it('agrees with the notices on every day of thirty years', () => {
    for (let day = '2001-01-01'; day <= '2031-12-31'; day = next(day))
      expect(isWorkingDay(day), day).toBe(isWorkedByNotice(day))
  })

  it('adds and counts working days as one who walks from day to day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -90, max: 90 }), (from, n) => {
        let day = from
        for (let left = Math.abs(n); left > 0; ) {
          day = next(day, Math.sign(n))
          if (isWorkedByNotice(day)) left--
        }
        while (n === 0 && !isWorkedByNotice(day)) day = next(day)
        expect(addWorkingDays(from, n)).toBe(day)
        if (n !== 0) expect(workingDaysBetween(from, day)).toBe(n > 0 ? n : n + (isWorkedByNotice(from) ? 0 : 1))
      }),
    )
  })

  it('says from when and until when it knows the holidays', () => {
    expect(chinaCalendar.coveredFrom).toBe('2004-01-01')
    expect(isCovered(chinaCalendar.coveredUntil)).toBe(true)
    expect(isCovered(next(chinaCalendar.coveredUntil))).toBe(false)
    expect(isCovered('2003-12-31')).toBe(false)
  })

  it('refuses what is no day', () => {
    for (const text of ['2025-02-29', '2025-2-1', '20250201', '', '2025-13-01'])
      expect(() => isWorkingDay(text), text).toThrow(RangeError)
    expect(() => addWorkingDays('2025-01-01', 0.5)).toThrow(RangeError)
  })
})
