import { expect, test } from 'vitest'
import { Watermark } from './watermark.ts'

const greatest = (...values: readonly string[]): string | null => {
  const watermark = new Watermark('changed_at', null)
  for (const value of values) watermark.add(value)
  return watermark.text
}

test('numbers are compared as numbers, also longer ones than a double holds, with decimals and signs', () => {
  expect(greatest('9', '10', '2')).toBe('10')
  expect(greatest('9007199254740993', '9007199254740992')).toBe('9007199254740993')
  expect(greatest('-2', '-10')).toBe('-2')
  expect(greatest('-0.5', '-0.25', '-1')).toBe('-0.25')
  expect(greatest('1.5', '1.25', '1')).toBe('1.5')
  expect(greatest('007', '0010')).toBe('0010')
})

test('days and times are compared as instants, whatever their writing and offset', () => {
  expect(greatest('2026-03-01T09:00:00+09:00', '2026-03-01T00:30:00Z')).toBe('2026-03-01T00:30:00Z')
  expect(greatest('2026/3/9', '2026/3/10')).toBe('2026/3/10')
  expect(greatest('2026-03-01 08:00:00', '2026-03-01T00:00:01Z')).toBe('2026-03-01T00:00:01Z')
  expect(greatest('2026-03-01T08:00:00.9Z', '2026-03-01T08:00:00.123456789Z')).toBe('2026-03-01T08:00:00.9Z')
  expect(greatest('2026-03-01', '2026-02-28T23:59:59+08:00')).toBe('2026-03-01')
})

test('other texts are compared as texts', () => {
  expect(greatest('A9', 'A10')).toBe('A9')
})

test('what is asked for again begins so much earlier, in the writing of the source', () => {
  const before = (value: string, overlapSeconds: number, overlapNumbers?: number) =>
    new Watermark('changed_at', value).before({
      overlapSeconds,
      ...(overlapNumbers === undefined ? {} : { overlapNumbers }),
    })
  expect(before('2026-03-01T00:00:30.123+08:00', 60)).toBe('2026-02-28T23:59:30.123+08:00')
  expect(before('2026/3/1 09:05', 600)).toBe('2026/03/01 08:55')
  expect(before('2026-03-01', 60)).toBe('2026-02-28')
  expect(before('2026-03-01', 0)).toBe('2026-03-01')
  expect(before('20260301000030', 60)).toBe('20260228235930')
  expect(before('20260301', 60)).toBe('20260228')
  expect(before('20260301', 0)).toBe('20260301')
  expect(before('20269901', 60)).toBe('20268901')
  expect(before('9007199254740993', 60)).toBe('9007199254739993')
  expect(before('00120', 0, 30)).toBe('00090')
  expect(before('12.5', 0, 3)).toBe('09.5')
  expect(before('5', 0)).toBe('0')
  expect(before('5', 0, 0)).toBe('5')
  expect(before('A10', 60)).toBe('A10')
  expect(new Watermark('n', null).before({ overlapSeconds: 60 })).toBeNull()
  expect(() => before('2026年3月1日 09:05', 60)).toThrow(expect.objectContaining({ code: 'no-overlap' }))
})

test('values of two kinds are told, not guessed', () => {
  for (const [one = '', other = ''] of [
    ['9', 'A10'],
    ['2026-03-01', '7'],
    ['A10', '2026-03-01'],
  ])
    expect(() => greatest(one, other)).toThrow(expect.objectContaining({ code: 'mixed-watermark' }))
})
