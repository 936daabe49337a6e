import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runsOf } from './runs.ts'

test('runs hold exactly the instants they were made of', () => {
  const gaps = fc.array(fc.constantFrom(1, 1, 1, 2, 5), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), gaps, (first, steps) => {
      const at = [first]
      for (const step of steps) at.push((at.at(-1) ?? 0) + step)
      const back = runsOf(at).flatMap(([start, step, count]) =>
        Array.from({ length: count }, (_, i) => start + i * step),
      )
      expect(back).toEqual(at)
    }),
  )
})

test('a year of hours is one run', () => {
  expect(runsOf(Array.from({ length: 8760 }, (_, i) => i * 3_600_000))).toEqual([[0, 3_600_000, 8760]])
})
