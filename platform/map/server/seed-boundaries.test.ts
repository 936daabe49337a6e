import { expect, test } from 'vitest'
import { faultsOfFit } from './check-fit.ts'
import { readFeatures } from './save-boundaries.ts'
import { shippedBoundaries } from './seed-boundaries.ts'

test('the boundaries that ship fit together, and are not checked again at each first start', () => {
  const [cities = [], counties = []] = shippedBoundaries().map((input) => readFeatures(input, ''))
  expect(cities.length).toBeGreaterThan(0)
  expect(counties.length).toBeGreaterThan(0)
  expect(faultsOfFit(cities, [])).toEqual([])
  expect(faultsOfFit(counties, cities)).toEqual([])
})
