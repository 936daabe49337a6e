import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import fc from 'fast-check'
import type { FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import { type Boundary, boxOf, levelOf } from './boundary.ts'
import { deepestFirst, divisionIndex } from './division-index.ts'
import type { Shape } from './tables.ts'

const shipped = (file: string): Boundary[] => {
  const path = join(import.meta.dirname, '../../../data/boundaries', file)
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection<Shape>
  return features.map(({ properties, geometry }) => area(String(properties?.code), geometry))
}
const area = (code: string, geometry: Shape): Boundary => ({
  ...{ code, level: levelOf(code) ?? 'grid', name: code, nameEn: null, geometry, bbox: boxOf(geometry) },
})
const box = (code: string, west: number, south: number, side: number): Boundary => {
  const [east, north] = [west + side, south + side]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return area(code, { type: 'Polygon', coordinates: [ring] })
}

const counties = shipped('counties.geojson')
const towns = [
  box('370902001', 117.09, 36.18, 0.02),
  box('370902002', 117.11, 36.18, 0.02),
  box('370902001001', 117.09, 36.18, 0.005),
]
const all = [...shipped('cities.geojson'), ...counties, ...towns]
const divisionAt = divisionIndex(all)
const slowly = (lng: number, lat: number) =>
  deepestFirst(all).find(({ geometry }) => booleanPointInPolygon([lng, lat], geometry))?.code

test('agrees with asking every boundary in turn, anywhere in and around the city', () => {
  const span = { noNaN: true, noDefaultInfinity: true }
  const lng = fc.double({ min: 115.8, max: 118.2, ...span })
  const lat = fc.double({ min: 35.4, max: 36.6, ...span })
  const corner = fc.constantFrom(
    ...counties.flatMap(({ geometry }) => geometry.coordinates.flat(2) as [number, number][]),
  )
  fc.assert(
    fc.property(fc.oneof(fc.tuple(lng, lat), corner), ([x, y]) => {
      expect(divisionAt(x, y)).toBe(slowly(x, y))
    }),
    { numRuns: 3_000 },
  )
})

test('puts the national stations of the city into their counties and those of the neighbours into none', () => {
  expect(divisionIndex(counties)(117.1436, 36.1942)).toBe('370902')
  expect(divisionIndex(counties)(117.0881, 36.1942)).toBe('370902')
  expect(divisionIndex(counties)(117.1081, 36.1758)).toBe('370902')
  expect(divisionAt(116.988, 36.6114)).toBeUndefined()
})

test('the deepest boundary wins, and a shared line belongs to the smaller code', () => {
  expect(divisionAt(117.092, 36.182)).toBe('370902001001')
  expect(divisionAt(117.1, 36.19)).toBe('370902001')
  expect(divisionAt(117.11, 36.19)).toBe('370902001')
})

test('a city without boundaries has no answer', () => {
  expect(divisionIndex([])(117.1, 36.19)).toBeUndefined()
})
