import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exact, mean, roundFraction, roundHalfEven } from './decimal.ts'
import { percentile } from './percentile.ts'

describe('rounding by GB/T 8170', () => {
  test.each([
    [0.5, 0, 0],
    [1.5, 0, 2],
    [2.5, 0, 2],
    [2.51, 0, 3],
    [0.25, 1, 0.2],
    [0.35, 1, 0.4],
    [1.005, 2, 1],
    [1.015, 2, 1.02],
    [-2.5, 0, -2],
    [-0.04, 1, 0],
    [1e-7, 6, 0],
    [12.25, 1, 12.2],
    [7, 3, 7],
  ])('%d to %i decimals is %d', (value, decimals, expected) => {
    expect(roundHalfEven(value, decimals)).toBe(expected)
  })

  test('a mean that floating point would move off the half stays on it', () => {
    const values = [0.1, 0.2, 0.3, 0.4]
    expect(values.reduce((a, b) => a + b) / 4).toBe(0.25)
    expect(roundFraction(mean(values), 1)).toBe(0.2)
    expect(roundFraction(mean([0.7, 0.1, 0.25]), 2)).toBe(0.35)
    expect(roundFraction(mean([1.1, 2.2]), 1)).toBe(1.6)
    expect(roundFraction(mean([0.1, 0.2]), 1)).toBe(0.2)
  })

  test('agrees with digit-by-digit rounding of the written decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 3 }), (thousandths, decimals) => {
        const unit = 10 ** (3 - decimals)
        const rest = thousandths % unit
        const down = (thousandths - rest) / unit
        const up = rest * 2 > unit || (rest * 2 === unit && down % 2 === 1)
        expect(roundHalfEven(Number(`${thousandths}e-3`), decimals)).toBe(Number(`${down + (up ? 1 : 0)}e-${decimals}`))
      }),
    )
  })
})

test('a written decimal is taken exactly', () => {
  expect(exact(0.1)).toEqual({ n: 1n, d: 10n })
  expect(exact(2.5e-7)).toEqual({ n: 25n, d: 100_000_000n })
  expect(exact(1.5e300).d).toBe(1n)
})

test('a percentile lies between its neighbours and is exact on a grid', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 0, max: 100 }),
      (values, p) => {
        const result = percentile(values, p)
        const sorted = values.toSorted((a, b) => a - b)
        const k = ((values.length - 1) * p) / 100
        const low = sorted[Math.floor(k)] ?? 0
        const high = sorted[Math.ceil(k)] ?? 0
        const value = Number(result?.n) / Number(result?.d)
        expect(value).toBeGreaterThanOrEqual(low)
        expect(value).toBeLessThanOrEqual(high)
        if (Number.isInteger(k)) expect(value).toBe(low)
      },
    ),
  )
  expect(percentile([], 50)).toBeNull()
})
