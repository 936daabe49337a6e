import { VectorTile } from '@mapbox/vector-tile'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { Feature } from 'geojson'
import { PbfReader } from 'pbf'
import { expect, test } from 'vitest'
import { TileIndex } from './tile-index.ts'

/** Column and row of the tile that holds a point, as on every web map. */
function tileOf(lng: number, lat: number, z: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  return [Math.floor((lng / 360 + 0.5) * 2 ** z), Math.floor(y * 2 ** z)]
}
const point = (id: string, lng: number, lat: number, division: string): Feature => ({
  ...{ type: 'Feature', geometry: { type: 'Point', coordinates: [lng, lat] }, properties: { id, division } },
})
const made = (features: readonly Feature[]) => {
  const index = new TileIndex('x.points')
  index.add(features)
  return { index, ...index.finish() }
}
const readTile = (tile: Uint8Array) => new VectorTile(new PbfReader(tile)).layers['x.points']

const stations = [point('1656A', 117.1436, 36.1942, '370902'), point('x', 117.2, 36.0, '370911')]

test('a point comes back where it was, with its properties', () => {
  const [x, y] = tileOf(117.1436, 36.1942, 14)
  const layer = readTile(made(stations).index.tile(14, x, y, ''))
  expect(layer?.length).toBe(1)
  const feature = layer?.feature(0).toGeoJSON(x, y, 14)
  expect(feature?.properties).toEqual({ id: '1656A', division: '370902' })
  const [lng = 0, lat = 0] = feature?.geometry.type === 'Point' ? feature.geometry.coordinates : []
  expect(lng).toBeCloseTo(117.1436, 4)
  expect(lat).toBeCloseTo(36.1942, 4)
})

test('a reader who is limited to a division gets nothing of another', () => {
  const { index } = made(stations)
  const [x, y] = tileOf(117.1436, 36.1942, 8)
  const ids = (within: string) => {
    const layer = readTile(index.tile(8, x, y, within))
    return Array.from({ length: layer?.length ?? 0 }, (_, at) => layer?.feature(at).properties.id)
  }
  expect(ids('')).toEqual(['1656A', 'x'])
  expect(ids('370911')).toEqual(['x'])
  expect(index.list('370902', 10)).toMatchObject({ total: 1, features: [{ properties: { id: '1656A' } }] })
})

test('where nothing lies the tile is empty', () => {
  expect(made(stations).index.tile(14, 0, 0, '')).toHaveLength(0)
})

test('a crowd of points becomes one for each cell, and none is lost from the count', () => {
  const crowd = Array.from({ length: 20_000 }, (_, at) =>
    point(String(at), 117 + (at % 200) / 1000, 36 + at / 200_000, '3709'),
  )
  const [x, y] = tileOf(117.1, 36.05, 8)
  const layer = readTile(made(crowd).index.tile(8, x, y, ''))
  const counts = Array.from({ length: layer?.length ?? 0 }, (_, at) => Number(layer?.feature(at).properties.count))
  expect(counts.length).toBeLessThanOrEqual(4_096)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20_000)
})

test('the version tells the features, not when they were made', () => {
  expect(made(stations).version).toBe(made(stations).version)
  expect(made(stations.slice(1)).version).not.toBe(made(stations).version)
})

test('an area brings one point for its name, inside it even where it bends', () => {
  const hook = [
    [117, 36],
    [117.1, 36],
    [117.1, 36.01],
    [117.02, 36.01],
    [117.02, 36.1],
    [117, 36.1],
    [117, 36],
  ]
  const area: Feature = { type: 'Feature', properties: { id: 'a' }, geometry: { type: 'Polygon', coordinates: [hook] } }
  const [x, y] = tileOf(117.05, 36.05, 8)
  const { layers } = new VectorTile(new PbfReader(made([area]).index.tile(8, x, y, '')))
  expect(Object.keys(layers)).toEqual(['x.points', 'x.points:label'])
  const name = layers['x.points:label']?.feature(0).toGeoJSON(x, y, 8).geometry
  expect(
    booleanPointInPolygon(name?.type === 'Point' ? name.coordinates : [0, 0], { type: 'Polygon', coordinates: [hook] }),
  ).toBe(true)
})
