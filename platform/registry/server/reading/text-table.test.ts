import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TextTable } from './text-table.ts'

it('gives back every text by its number, in any order, while more are added', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 3000 }), (few, times) => {
      const table = new TextTable()
      const all = Array.from({ length: times }, (_, at) => few.map((text) => `${text}${at}`)).flat()
      for (const [at, text] of all.entries()) {
        table.add(text)
        if (at % 997 === 0) expect(table.get(at)).toBe(text.toWellFormed())
      }
      for (let at = all.length - 1; at >= 0; at -= 7) expect(table.get(at)).toBe(all[at]?.toWellFormed())
      expect(table.get(all.length)).toBeUndefined()
      table.close()
    }),
    { numRuns: 20 },
  )
})

it('holds a text that is longer than what it keeps in memory at once', () => {
  const table = new TextTable()
  const long = '岱'.repeat(100_000)
  for (const text of ['a', long, 'b']) table.add(text)
  expect([0, 1, 2].map((at) => table.get(at))).toEqual(['a', long, 'b'])
  table.close()
})
