import { expect, test } from 'vitest'
import { wilson } from './wilson.ts'

test('the interval of a share is that of Wilson', () => {
  // Newcombe 1998, table I: 81 of 263 and 15 of 148
  expect(wilson(81, 263)).toMatchObject({ from: expect.closeTo(0.2553, 4), to: expect.closeTo(0.3662, 4) })
  expect(wilson(15, 148)).toMatchObject({ from: expect.closeTo(0.0624, 4), to: expect.closeTo(0.1605, 4) })
})

test('a share without a mistake is not certain, and nothing drawn says nothing', () => {
  expect(wilson(20, 20)).toMatchObject({ share: 1, from: expect.closeTo(0.8389, 4), to: 1 })
  expect(wilson(0, 0)).toMatchObject({ share: null, from: null })
})
