import { describe, expect, test } from 'vitest'
import { stabilityIndex } from './stability-index.ts'
import { wilson } from './wilson.ts'

const psi = (before: readonly number[], now: readonly number[]) => stabilityIndex(before, now, 1e-4)

describe("Wilson's interval", () => {
  test('is that of Newcombe 1998, table I: 81 of 263 and 15 of 148', () => {
    expect(wilson(81, 263)).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) })
    expect(wilson(15, 148)).toMatchObject({ low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) })
  })
  test('of a share without a mistake is not certain', () => {
    expect(wilson(20, 20)).toMatchObject({ share: 1, low: expect.closeTo(0.8389, 4), high: 1 })
  })
  test('of eight right ones in ten', () => {
    const { share, low, high } = wilson(8, 10) ?? { share: 0, low: 0, high: 0 }
    expect([share, low, high].map((value) => Number(value.toFixed(4)))).toEqual([0.8, 0.4902, 0.9433])
  })
  test('stays within nought and one, and is none without a judgement', () => {
    expect(wilson(10, 10)?.high).toBeCloseTo(1, 10)
    expect(wilson(0, 5)?.low).toBeCloseTo(0, 10)
    expect(wilson(0, 0)).toBeNull()
  })
})

describe('the stability of a population', () => {
  test('that has not moved is nought', () => expect(psi([5, 20, 75], [10, 40, 150])).toBeCloseTo(0, 10))
  test('that has moved is the sum over its shares', () => expect(psi([50, 50], [60, 40])).toBeCloseTo(0.0405, 4))
  test('with a bin that was empty has a value', () => expect(psi([100, 0], [50, 50])).toBeGreaterThan(0.25))
})
