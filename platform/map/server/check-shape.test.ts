import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOfShape } from './check-shape.ts'

const polygon = (...ring: number[][]) =>
  faultsOfShape({ type: 'Polygon', coordinates: [ring] }, '/g').map(({ message }) => message.en)

test('an area with a hole is in order', () => {
  const outer = [
    [117, 36],
    [118, 36],
    [118, 37],
    [117, 37],
    [117, 36],
  ]
  const hole = [
    [117.2, 36.2],
    [117.2, 36.4],
    [117.4, 36.4],
    [117.2, 36.2],
  ]
  expect(faultsOfShape({ type: 'Polygon', coordinates: [outer, hole] }, '/g')).toEqual([])
})

test('an open, short, crossing or doubled line is named with its place', () => {
  expect(polygon([117, 36], [118, 36], [118, 37], [117, 37])).toEqual([
    'Not closed: the last point must equal the first',
  ])
  expect(polygon([117, 36], [118, 36], [117, 36])).toEqual(['At least three different points are needed'])
  expect(polygon([117, 36], [118, 37], [118, 36], [117, 37], [117, 36])[0]).toMatch(/crosses itself near/)
  expect(polygon([117, 36], [118, 36], [117.5, 36], [117.5, 37], [117, 36])[0]).toMatch(/crosses itself/)
})

test('what is no area, or not in degrees, is refused', () => {
  expect(faultsOfShape({ type: 'Point', coordinates: [117, 36] }, '/g')[0]?.path).toBe('/g')
  expect(faultsOfShape(null, '/g')).toHaveLength(1)
  expect(polygon([500123, 4005678], [500124, 4005678], [500124, 4005679], [500123, 4005678])[0]).toMatch(
    /not a longitude/,
  )
})

test('a star around a centre never crosses itself, and always does once two far corners change places', () => {
  const corners = fc.integer({ min: 6, max: 60 })
  fc.assert(
    fc.property(corners, (count) => {
      const star = Array.from({ length: count }, (_, at) => {
        const angle = (2 * Math.PI * at) / count
        return [117 + Math.cos(angle) / 10, 36 + Math.sin(angle) / 10]
      })
      expect(polygon(...star, star[0] ?? [])).toEqual([])
      const swapped = star.with(1, star[4] ?? []).with(4, star[1] ?? [])
      expect(polygon(...swapped, swapped[0] ?? [])).toHaveLength(1)
    }),
  )
})
