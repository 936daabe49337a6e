import { digitsAt, isDigits } from './clean.ts'

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAY_MS = 86_400_000
/** Day 0 of the 1900 date system of ECMA-376, 18.17.4.1, with its leap year that never was. */
const EXCEL_ZERO = Date.UTC(1899, 11, 30)
/** Serial numbers taken for dates: 1927-05-18 to 2119-01-11, five digits; four might be a year. */
const SERIAL_FROM = 10_000
const SERIAL_TO = 80_000

const SEPARATED = /^(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?$/
const PACKED = /^(\d{4})(\d{2})(\d{2})$/
const NUMBER = /^\d{5}(\.\d+)?$/
const TIME = /^(\d{1,2})(?:[:时点]\s*(\d{1,2}))?(?:[:分]\s*(\d{1,2})(?:\.\d+)?)?[分秒]?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/

/** `2026-03-01` of `2026/3/1`, `2026年3月1日`, `20260301`, `2026.3.1`, an Excel serial, or any of them with midnight. */
export function dayOf(text: string): string | undefined {
  if (isCanonical(text)) return day(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2))
  const match = SEPARATED.exec(text) ?? PACKED.exec(text)
  if (match) return day(Number(match[1]), Number(match[2]), Number(match[3]))
  if (NUMBER.test(text)) return serial(Number(text))?.slice(0, 10)
  const midnight = /^(.*\S)[T ]\s*0?0:00(:00(\.0+)?)?Z?$/.exec(text)
  return midnight ? dayOf(midnight[1] ?? '') : undefined
}

const isCanonical = (text: string): boolean =>
  text.length === 10 &&
  text[4] === '-' &&
  text[7] === '-' &&
  isDigits(text, 0, 4) &&
  isDigits(text, 5, 7) &&
  isDigits(text, 8, 10)

/** ISO 8601 with offset; without one the time is China's. */
export function instantOf(text: string): string | undefined {
  if (NUMBER.test(text)) {
    const iso = serial(Number(text))
    return iso ? `${iso}+08:00` : undefined
  }
  const cut = /^(\d{4}\s*(?:[-/.]|年)\s*\d{1,2}\s*(?:[-/.]|月)\s*\d{1,2}日?|\d{8})(?:[T\s]+|(?<=日))(.+)$/.exec(text)
  const date = dayOf(cut ? (cut[1] ?? '') : text)
  if (!date) return undefined
  const time = cut ? TIME.exec((cut[2] ?? '').trim()) : ['', '0']
  if (!time) return undefined
  const [hour, minute, second] = [time[1], time[2], time[3]].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${offsetOf(time[4])}`
}

function isDay(year: number, month: number, date: number): boolean {
  if (year < 1800 || year > 2200 || month < 1 || month > 12 || date < 1 || date > (DAYS[month - 1] ?? 0)) return false
  return month !== 2 || date < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

/** Days since 1970-01-01; undefined if there is no such day. */
export function dayNumber(year: number, month: number, date: number): number | undefined {
  if (!isDay(year, month, date)) return undefined
  // Years from March on, so that the day of a leap year is the last one of its year.
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  return 365 * y + leaps + Math.floor((153 * m + 2) / 5) + date - 719_469
}

/** `+08`, `+0800` and `+08:00` as the last of them, which ISO 8601 asks for beside a time with colons. */
const offsetOf = (text = '+08:00'): string => {
  const [, hours, minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(text) ?? []
  return hours ? `${hours}:${minutes}` : text
}

function day(year: number, month: number, date: number): string | undefined {
  if (!isDay(year, month, date)) return undefined
  return `${year}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`
}

function serial(value: number): string | undefined {
  if (value < SERIAL_FROM || value > SERIAL_TO) return undefined
  return new Date(EXCEL_ZERO + Math.round(value * 86_400) * (DAY_MS / 86_400)).toISOString().slice(0, 19)
}
