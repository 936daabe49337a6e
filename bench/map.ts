/**
 * Lookups of the division that holds a point, against asking every boundary in turn. Counties are the real ones;
 * 88 towns and 3,782 villages are cells of a grid laid over them, because nobody has published their lines.
 */
import { readFileSync } from 'node:fs'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { FeatureCollection } from 'geojson'
import { type Boundary, boxOf, levelOf } from '../platform/map/server/boundary.ts'
import { deepestFirst, divisionIndex } from '../platform/map/server/division-index.ts'
import type { Shape } from '../platform/map/server/tables.ts'

const POINTS = 1_000_000
const SLOW_POINTS = 2_000
const [WEST, SOUTH, EAST, NORTH] = [116.0, 35.6, 118.0, 36.5] as const

const file = new URL('../data/boundaries/counties.geojson', import.meta.url)
const counties = (JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection<Shape>).features.map(
  ({ properties, geometry }) => boundary(String(properties?.code), geometry),
)
const all = [...counties, ...cells(11, 8, 9), ...cells(62, 61, 12)]
const points = Array.from(
  { length: POINTS },
  (_, at) => [WEST + frac(at * 0.754877) * (EAST - WEST), SOUTH + frac(at * 0.56984) * (NORTH - SOUTH)] as const,
)

const began = performance.now()
const counted = rate(divisionIndex(counties), points)
const deep = rate(divisionIndex(all), points)
const ordered = deepestFirst(all)
const slow = rate(
  (lng, lat) => ordered.find(({ geometry }) => booleanPointInPolygon([lng, lat], geometry))?.code,
  points.slice(0, SLOW_POINTS),
)
const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
process.stdout.write(
  `six counties: ${counted} lookups/s; counties, towns and villages: ${deep}; every boundary in turn: ${slow}\n`,
)
const ratio = Number((deep / slow).toFixed(1))
process.stdout.write(
  `${JSON.stringify({ bench: 'map', value: deep, unit: 'lookups/s', ratio, against: 'every boundary in turn', seconds, rows: all.length })}\n`,
)

function rate(
  at: (lng: number, lat: number) => string | undefined,
  asked: readonly (readonly [number, number])[],
): number {
  const start = performance.now()
  let found = 0
  for (const [lng, lat] of asked) if (at(lng, lat)) found++
  if (found === 0) throw new RangeError('No point was found in any division')
  return Math.round((asked.length / (performance.now() - start)) * 1000)
}

function cells(columns: number, rows: number, length: number): Boundary[] {
  const [width, height] = [(EAST - WEST) / columns, (NORTH - SOUTH) / rows]
  return Array.from({ length: columns * rows }, (_, at) => {
    const [west, south] = [WEST + (at % columns) * width, SOUTH + Math.floor(at / columns) * height]
    const ring = [
      [west, south],
      [west + width, south],
      [west + width, south + height],
      [west, south + height],
      [west, south],
    ]
    return boundary(`370902${String(at).padStart(length - 6, '0')}`, { type: 'Polygon', coordinates: [ring] })
  })
}

function boundary(code: string, geometry: Shape): Boundary {
  return { code, level: levelOf(code) ?? 'county', name: code, nameEn: null, geometry, bbox: boxOf(geometry) }
}

function frac(value: number): number {
  return value - Math.floor(value)
}
