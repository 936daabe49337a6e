import { expect, test } from 'vitest'
import { controllers, type Share } from './control.ts'

const share = (holder: number, held: number, percent: number, holderKind: Share['holderKind'] = 'firm'): Share => ({
  holder,
  holderKind,
  held,
  percent,
})
const percentOf = (shares: readonly Share[], firm = 1) =>
  Object.fromEntries(controllers(firm, shares).map(({ holder, percent }) => [holder, Math.round(percent * 100) / 100]))

test('shares along a chain multiply, and several chains add up', () => {
  expect(
    percentOf([share(2, 1, 60), share(9, 1, 40, 'person'), share(9, 2, 50, 'person'), share(8, 2, 50, 'person')]),
  ).toEqual({ 9: 70, 8: 30 })
})

test('firms that hold each other end the chain and count no share twice', () => {
  const found = percentOf([share(2, 1, 50), share(1, 2, 40), share(9, 2, 60, 'person'), share(8, 1, 50, 'person')])
  expect(found).toEqual({ 8: 50, 9: 30 })
})

test('a firm that holds only itself back is an end of its own', () => {
  expect(percentOf([share(2, 1, 100), share(1, 2, 100)])).toEqual({ 2: 100 })
})

test('a firm of which no holder is known has none', () => {
  expect(percentOf([])).toEqual({})
})
