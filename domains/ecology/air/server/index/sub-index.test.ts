import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INDEX_PACKS } from '../../rules/packs.ts'
import type { Column, Pollutant } from '../../rules/types.ts'
import { subIndex } from './sub-index.ts'

const pollutantOf = (column: Column): Pollutant => column.split('_')[0] as Pollutant

describe.each(INDEX_PACKS.map((pack) => [pack.id, pack] as const))('%s', (_, pack) => {
  const columns = Object.entries(pack.tables.breakpoints) as [Column, readonly number[]][]

  test('every break point has exactly its sub-index, and a little more rounds up by one', () => {
    for (const [column, points] of columns) {
      const pollutant = pollutantOf(column)
      const step = pack.tables.decimals[pollutant] === 1 ? 0.1 : 1
      points.forEach((point, at) => {
        expect(subIndex(pack, pollutant, column, point).iaqi, `${column} ${point}`).toBe(pack.tables.iaqi[at])
        const next = subIndex(pack, pollutant, column, point + step, 0).iaqi ?? 0
        if (at < points.length - 1) expect(next, `${column} ${point}+`).toBeGreaterThan(pack.tables.iaqi[at] ?? 0)
      })
    }
  })

  test('equals the smallest integer not below the formula, in integer rationals', () => {
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.integer({ min: 0, max: 40_000 }), ([column, points], tenths) => {
        const pollutant = pollutantOf(column)
        const written = pack.tables.decimals[pollutant] === 1 ? tenths : tenths - (tenths % 10)
        const value = Number(`${written}e-1`)
        const at = points.findIndex((point, index) => index > 0 && BigInt(written) <= BigInt(point) * 10n)
        fc.pre(at > 0)
        const [bl, bh] = [BigInt(points[at - 1] ?? 0), BigInt(points[at] ?? 0)]
        const [il, ih] = [BigInt(pack.tables.iaqi[at - 1] ?? 0), BigInt(pack.tables.iaqi[at] ?? 0)]
        const result = BigInt(subIndex(pack, pollutant, column, value).iaqi ?? -1)
        const right = (ih - il) * (BigInt(written) - bl * 10n)
        expect((result - il) * (bh - bl) * 10n >= right).toBe(true)
        expect((result - 1n - il) * (bh - bl) * 10n < right).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('missing, negative and unreadable values give no sub-index', () => {
    expect(subIndex(pack, 'o3', 'o3_1h', null).status).toBe('missing')
    expect(subIndex(pack, 'o3', 'o3_1h', undefined).iaqi).toBeNull()
    expect(subIndex(pack, 'o3', 'o3_1h', -1)).toMatchObject({ status: 'invalid', iaqi: null })
    expect(subIndex(pack, 'o3', 'o3_1h', Number.NaN)).toMatchObject({ status: 'invalid', iaqi: null })
  })

  test('a concentration is rounded by GB/T 8170 before the index: 75.5 counts as 76, 74.5 as 74', () => {
    expect(subIndex(pack, 'pm25', 'pm25_24h', 75.5).value).toBe(76)
    expect(subIndex(pack, 'pm25', 'pm25_24h', 74.5).value).toBe(74)
    expect(subIndex(pack, 'co', 'co_1h', 1.25).value).toBe(1.2)
  })
})

test('floating point alone would round a CO value up by one too much', () => {
  const [pack] = INDEX_PACKS
  const naive = (c: number): number => Math.ceil(((100 - 50) / (4 - 2)) * (c - 2) + 50)
  const wrong = Array.from({ length: 20 }, (_, at) => Number(`${21 + at}e-1`)).filter(
    (c) => naive(c) !== subIndex(pack, 'co', 'co_24h', c).iaqi,
  )
  expect(wrong.length).toBeGreaterThan(0)
  expect(subIndex(pack, 'co', 'co_24h', 2.4).iaqi).toBe(60)
})

test('2012 without the other period has no sub-index above the column', () => {
  const [pack] = INDEX_PACKS
  expect(subIndex(pack, 'so2', 'so2_1h', 801)).toMatchObject({ iaqi: null, status: 'no-fallback', value: 801 })
  expect(subIndex(pack, 'so2', 'so2_1h', 800.4)).toMatchObject({ iaqi: 200, status: 'computed' })
})
