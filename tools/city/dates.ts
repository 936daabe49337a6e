/** Days are whole numbers since 1970-01-01; negative before. */
export type Day = number

/** Year, month (from 1) and day of the month. */
export type Parts = readonly [year: number, month: number, day: number]

export function dayOf(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468
}

export function partsOf(day: Day): Parts {
  const z = day + 719468
  const era = Math.floor(z / 146097)
  const doe = z - era * 146097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp + (mp < 10 ? 3 : -9)
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1]
}

/** The last day that the exports tell of. */
export const AS_OF: Day = dayOf(2025, 12, 31)

/** Completed years of age. */
export function ageOn(birth: Day, day: Day): number {
  const [by, bm, bd] = partsOf(birth)
  const [y, m, d] = partsOf(day)
  return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0)
}

/** The same day of the month `years` later; 29 February becomes 1 March. */
export function yearsAfter(day: Day, years: number): Day {
  const [y, m, d] = partsOf(day)
  return m === 2 && d === 29 ? dayOf(y + years, 3, 1) : dayOf(y + years, m, d)
}

/** How a department writes a date: 20250101, 2025-01-01, 2025/1/1, 2025年1月1日, days since 1899-12-30. */
export type DateForm = 'basic' | 'iso' | 'slash' | 'han' | 'serial'

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`)

export function writeDate(day: Day, form: DateForm): string {
  if (form === 'serial') return String(day + 25569)
  const [y, m, d] = partsOf(day)
  if (form === 'basic') return `${y}${two(m)}${two(d)}`
  if (form === 'iso') return `${y}-${two(m)}-${two(d)}`
  return form === 'slash' ? `${y}/${m}/${d}` : `${y}年${m}月${d}日`
}
