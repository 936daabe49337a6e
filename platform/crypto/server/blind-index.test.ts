import { expect, it } from 'vitest'
import { blindIndex, blindIndexes } from './blind-index.ts'
import { createDataKey } from './data-key.ts'
import { addKey, getPurposeKeys, promoteKey } from './key-ring.ts'

const key = createDataKey({ id: 1 })

it('finds a value however it was typed', () => {
  const index = blindIndex(key, 'resident.id_number', '37090219900101123X')
  expect(index).toHaveLength(16)
  expect(blindIndex(key, 'resident.id_number', ' ３７０９０２１９９００１０１１２３ｘ　')).toEqual(index)
})

it('differs by value, column and key', () => {
  const all = [
    blindIndex(key, 'a', 'b'),
    blindIndex(key, 'a', 'c'),
    blindIndex(key, 'ab', ''),
    blindIndex(key, '', 'ab'),
    blindIndex(createDataKey({ id: 1 }), 'a', 'b'),
  ]
  expect(new Set(all.map((index) => index.toString('hex'))).size).toBe(all.length)
})

it('is searched under all keys while they rotate', () => {
  const next = createDataKey({ id: 2 })
  const ring = promoteKey(addKey(addKey(new Map(), 'index', key), 'index', next), 'index', 2)
  expect(blindIndexes(getPurposeKeys(ring, 'index'), 'a', 'b')).toEqual([
    blindIndex(next, 'a', 'b'),
    blindIndex(key, 'a', 'b'),
  ])
})
