import type { Indicator } from '../indicator.ts'

const BEIJING = 8 * 3_600_000
const FIXED = { hour: 3_600_000, day: 86_400_000 } as const
const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** Start of the period that an instant lies in, of Beijing time. */
export function periodOf(unit: Indicator['period'], at: Date): Date {
  const local = at.getTime() + BEIJING
  if (unit === 'hour' || unit === 'day') return new Date(local - (local % FIXED[unit]) - BEIJING)
  const [year, month] = [new Date(local).getUTCFullYear(), new Date(local).getUTCMonth()]
  return new Date(Date.UTC(year, month - (month % MONTHS[unit])) - BEIJING)
}

/** Start of the period before, in milliseconds; months are those of Beijing time. */
export function periodBefore(unit: Indicator['period'], start: number): number {
  if (unit === 'hour' || unit === 'day') return start - FIXED[unit]
  const local = new Date(start + BEIJING)
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - MONTHS[unit], local.getUTCDate()) - BEIJING
}
