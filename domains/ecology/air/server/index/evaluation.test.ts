import { describe, expect, test } from 'vitest'
import { cityRanking2018 } from '../../rules/city-ranking-2018.ts'
import { gb3095v2012 } from '../../rules/gb3095-2012.ts'
import { gb3095v2026Final, gb3095v2026Transitional } from '../../rules/gb3095-2026.ts'
import { hj663v2013 } from '../../rules/hj663-2013.ts'
import { findPackAt, LIMIT_PACKS } from '../../rules/packs.ts'
import { evaluateYear } from './annual-evaluation.ts'
import { type DayValue, dailyMaxEightHour, dayMean, eightHourMeans, monthMean, yearMean } from './averages.ts'
import { compositeIndex } from './composite-index.ts'
import { roundFraction } from './decimal.ts'
import { limitClass } from './limit-class.ts'
import { percentile } from './percentile.ts'

const { decimals } = hj663v2013.tables
const hours = (count: number, value = 10): (number | null)[] =>
  Array.from({ length: 24 }, (_, at) => (at < count ? value : null))

function year(dayValue: (day: number) => number | null): DayValue[] {
  return Array.from({ length: 365 }, (_, at) => ({
    date: new Date(Date.UTC(2017, 0, at + 1)).toISOString().slice(0, 10),
    value: dayValue(at),
  }))
}

describe('averages', () => {
  test('a day needs 20 hours', () => {
    expect(dayMean(gb3095v2012, decimals, 'pm25', hours(20))).toMatchObject({ value: 10, valid: true })
    expect(dayMean(gb3095v2012, decimals, 'pm25', hours(19))).toMatchObject({
      value: null,
      valid: false,
      count: 19,
      required: 20,
    })
  })

  test('a day mean on the half rounds to the even neighbour', () => {
    const half = Array.from({ length: 24 }, (_, at) => (at < 12 ? 10 : 11))
    expect(dayMean(gb3095v2012, decimals, 'pm25', half).value).toBe(10)
  })

  test('an 8 h mean needs 6 of 8 hours', () => {
    const gap = [1, 2, 3, 4, 5, 6, null, null, null].map((value) => value)
    expect(eightHourMeans(gb3095v2012, 1, gap).slice(7)).toEqual([3.5, null])
  })

  test('the daily maximum 8 h needs 14 windows unless it exceeds the limit', () => {
    expect(dailyMaxEightHour(gb3095v2012, decimals, hours(24, 90))).toMatchObject({ value: 90, count: 17 })
    expect(dailyMaxEightHour(gb3095v2012, decimals, hours(19, 90))).toMatchObject({ value: 90, count: 14, valid: true })
    expect(dailyMaxEightHour(gb3095v2012, decimals, hours(18, 90))).toMatchObject({
      value: null,
      count: 13,
      valid: false,
    })
    expect(dailyMaxEightHour(gb3095v2012, decimals, hours(18, 160)).valid).toBe(false)
    expect(dailyMaxEightHour(gb3095v2012, decimals, hours(18, 161))).toMatchObject({ value: 161, valid: true })
  })

  test('a month needs 27 days, February 25', () => {
    const month = (name: string, count: number): DayValue[] =>
      Array.from({ length: count }, (_, at) => ({ date: `2017-${name}-${String(at + 1).padStart(2, '0')}`, value: 30 }))
    expect(monthMean(gb3095v2012, decimals, 'pm10', month('03', 26)).valid).toBe(false)
    expect(monthMean(gb3095v2012, decimals, 'pm10', month('03', 27)).value).toBe(30)
    expect(monthMean(gb3095v2012, decimals, 'pm10', month('02', 25)).value).toBe(30)
    expect(monthMean(gb3095v2012, decimals, 'pm10', month('02', 24)).valid).toBe(false)
  })

  test('a year needs 324 days and enough of them in every month', () => {
    expect(
      yearMean(
        gb3095v2012,
        decimals,
        'pm10',
        year(() => 30),
      ).value,
    ).toBe(30)
    expect(
      yearMean(
        gb3095v2012,
        decimals,
        'pm10',
        year((at) => (at < 5 ? null : 30)),
      ),
    ).toMatchObject({ valid: false, count: 360 })
    expect(
      yearMean(
        gb3095v2012,
        decimals,
        'pm10',
        year((at) => (at % 8 === 0 ? null : 30)),
      ).valid,
    ).toBe(false)
  })
})

describe('limits', () => {
  test.each(
    LIMIT_PACKS.flatMap((pack) => pack.vectors.map((vector) => [pack.id, vector.title, pack, vector] as const)),
  )('%s: %s', (_, _title, pack, { facts, expected }) => {
    expect({ class: limitClass(pack, facts.pollutant, facts.period, facts.value) }).toEqual(expected)
  })

  test('the limits follow the date', () => {
    const ids = ['2026-02-28', '2026-03-01', '2030-12-31', '2031-01-01'].map((day) => findPackAt(LIMIT_PACKS, day)?.id)
    expect(ids).toEqual(['gb3095-2012', 'gb3095-2026-transitional', 'gb3095-2026-transitional', 'gb3095-2026-final'])
  })
})

describe('annual evaluation', () => {
  test.each(hj663v2013.vectors.map((vector) => [vector.title, vector] as const))('%s', (_, { facts, expected }) => {
    const result = percentile(facts.values, facts.percentile)
    expect({ value: result && roundFraction(result, facts.decimals) }).toEqual(expected)
  })

  const good = {
    so2: year(() => 10),
    no2: year(() => 30),
    pm10: year(() => 45),
    pm25: year(() => 28),
    co: year(() => 0.9),
    o3: year(() => 150),
  }

  test('the same year meets the transitional limits and misses the final ones', () => {
    expect(evaluateYear(hj663v2013, gb3095v2026Transitional, good)).toMatchObject({ compliant: true, class: 2 })
    const final = evaluateYear(hj663v2013, gb3095v2026Final, good)
    expect(final).toMatchObject({ compliant: false, class: 3 })
    expect(final.pollutants.filter(({ compliant }) => compliant === false).map(({ pollutant }) => pollutant)).toEqual([
      'pm25',
    ])
    expect(final.pollutants.find(({ pollutant }) => pollutant === 'pm25')?.items[0]).toMatchObject({
      value: 28,
      exceedance: 0.12,
    })
  })

  test('the 90th percentile of ozone over 365 days lies between ranks 328 and 329', () => {
    const result = evaluateYear(hj663v2013, gb3095v2012, { ...good, o3: year((at) => at) })
    expect(result.pollutants.find(({ pollutant }) => pollutant === 'o3')?.items[0]?.value).toBe(328)
    expect(result.pollutants.find(({ pollutant }) => pollutant === 'o3')?.compliant).toBe(false)
  })

  test('too few days leave a year undecided, but an exceedance elsewhere decides it', () => {
    const thin = { ...good, pm10: year((at) => (at < 60 ? null : 45)) }
    expect(evaluateYear(hj663v2013, gb3095v2026Transitional, thin)).toMatchObject({ compliant: null, class: null })
    expect(evaluateYear(hj663v2013, gb3095v2026Final, thin)).toMatchObject({ compliant: false, class: 3 })
  })
})

describe('composite index', () => {
  test.each(cityRanking2018.vectors.map((vector) => [vector.title, vector] as const))(
    '%s',
    (_, { facts, expected }) => {
      const { index } = compositeIndex(cityRanking2018, gb3095v2012, facts.values)
      expect({ index }).toEqual(expected)
    },
  )

  test('the index rounds the exact sum, not the rounded parts, and names the largest part first', () => {
    const result = compositeIndex(cityRanking2018, gb3095v2012, {
      so2: 10,
      no2: 23,
      pm10: 62,
      pm25: 36,
      co: 1.2,
      o3: 170,
    })
    expect(result.index).toBe(4.02)
    expect(result.parts[0]).toEqual({ pollutant: 'o3', ratio: 1.06 })
  })

  test('a missing pollutant gives no index', () => {
    expect(compositeIndex(cityRanking2018, gb3095v2012, { so2: 10 })).toMatchObject({
      index: null,
      missing: ['no2', 'pm10', 'pm25', 'co', 'o3'],
    })
  })
})
