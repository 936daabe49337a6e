import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { airScreens } from '../../rules/air-screens.ts'
import type { Pollutant } from '../../rules/types.ts'
import { copiedCurves, repeatedCurves, scaledCopies } from './screen-copies.ts'
import { flatLines, zeroRuns } from './screen-flat-lines.ts'
import { jumps } from './screen-jumps.ts'
import { particleInversions } from './screen-particles.ts'
import type { Series } from './screens-types.ts'

function series(values: (number | null)[], pollutant: Pollutant = 'pm25', station = 'A'): Series {
  const times = values.map((_, at) => new Date(Date.UTC(2026, 0, 1, at)).toISOString())
  return { station, pollutant, times, values }
}

const curve = [21, 25, 33, 41, 47, 52, 49, 44, 38, 30, 26, 22]

describe('flat lines and zeros', () => {
  test('four equal hours of PM2.5 are shown with their values, three are not', () => {
    const found = flatLines(airScreens, series([20, 35, 35, 35, 35, 40, 41, 41, 41]))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      from: '2026-01-01T01:00:00.000Z',
      to: '2026-01-01T04:00:00.000Z',
      values: [35, 35, 35, 35],
      threshold: 4,
    })
    expect(found[0]?.pack).toEqual({ id: 'air-screens' })
  })

  test('equal values near the detection limit and gaps are natural', () => {
    expect(flatLines(airScreens, series([3, 3, 3, 3, 3, 3]))).toEqual([])
    expect(flatLines(airScreens, series([35, 35, null, 35, 35]))).toEqual([])
  })

  test('a run at the end of the series counts, and zeros are their own finding', () => {
    expect(flatLines(airScreens, series([20, 50, 50, 50, 50]))).toHaveLength(1)
    expect(zeroRuns(airScreens, series([12, 0, 0, 9, 0]))[0]).toMatchObject({ screen: 'zero-run', hours: 2 })
    expect(zeroRuns(airScreens, series([0, 44], 'pm10'))).toHaveLength(1)
  })
})

test('a step needs both the size and the factor', () => {
  expect(jumps(airScreens, series([20, 290, 30]))).toHaveLength(2)
  expect(jumps(airScreens, series([500, 760]))).toEqual([])
  expect(jumps(airScreens, series([20, null, 290]))).toEqual([])
})

describe('copied curves', () => {
  test('equal varying hours of two stations are found, with both sides as evidence', () => {
    const a = series([9, ...curve, 8])
    const b = series([1, ...curve, 2], 'pm25', 'B')
    expect(copiedCurves(airScreens, a, b)[0]).toMatchObject({
      hours: 12,
      station: 'A',
      other: { station: 'B', values: curve },
    })
  })

  test('equal hours without variation are no copy', () => {
    const calm = series(new Array(12).fill(5))
    expect(copiedCurves(airScreens, calm, { ...calm, station: 'B' })).toEqual([])
  })

  test('yesterday repeated is found', () => {
    const day = [...curve, ...curve.map((value) => value + 30)]
    const found = repeatedCurves(airScreens, series([...day, ...day]))
    expect(found[0]).toMatchObject({ hours: 24, other: { from: '2026-01-01T00:00:00.000Z', values: day } })
  })

  test('a scaled copy is found, an equal one is left to the other screen', () => {
    const scaled = series(
      curve.map((value) => value * 2 + 3),
      'pm25',
      'B',
    )
    expect(scaledCopies(airScreens, series(curve), scaled)[0]).toMatchObject({ screen: 'scaled-copy', hours: 12 })
    expect(scaledCopies(airScreens, series(curve), series(curve, 'pm25', 'B'))).toEqual([])
    const noisy = series(
      curve.map((value, at) => value * 2 + (at % 2)),
      'pm25',
      'B',
    )
    expect(scaledCopies(airScreens, series(curve), noisy)).toEqual([])
  })
})

test('PM2.5 above PM10 beyond the tolerance is found', () => {
  const found = particleInversions(airScreens, series([30, 60, 44]), series([40, 50, 40], 'pm10'))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ values: [60], other: { pollutant: 'pm10', values: [50] } })
})

describe('a real winter of Beijing', () => {
  const rows = parse(readFileSync('data/air-quality/beijing-2016-2017.csv'), { columns: true }) as Record<
    string,
    string
  >[]
  const names = [...new Set(rows.map(({ station = '' }) => station))]
  const real = (station: string, pollutant: Pollutant): Series => {
    const own = rows.filter((row) => row.station === station)
    const values = own.map((row) => (row[pollutant] ? Number(row[pollutant]) : null))
    return { station, pollutant, times: own.map(({ time = '' }) => time), values }
  }
  const pm25 = names.map((name) => real(name, 'pm25'))

  test('twelve honest stations are not accused of copying PM2.5', () => {
    expect(pm25).toHaveLength(12)
    const pairs = pm25.flatMap((a, at) => pm25.slice(at + 1).map((b) => [a, b] as const))
    expect(pairs.flatMap(([a, b]) => [...copiedCurves(airScreens, a, b), ...scaledCopies(airScreens, a, b)])).toEqual(
      [],
    )
    expect(pm25.flatMap((item) => repeatedCurves(airScreens, item))).toEqual([])
  })

  test('a stretch planted into it is found at its place', () => {
    const [a, b] = pm25
    if (a === undefined || b === undefined) throw new TypeError('two stations are needed')
    const planted = {
      ...b,
      values: b.values.map((value, at) => (at >= 500 && at < 530 ? (a.values[at] ?? null) : value)),
    }
    const found = copiedCurves(airScreens, planted, a)
    expect(found).toHaveLength(1)
    expect(found[0]?.hours).toBeGreaterThanOrEqual(20)
  })
})
