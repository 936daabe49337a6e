/**
 * Regenerates data/boundaries from `cities.geojson` and `counties.geojson` of a folder; this is also the command that swaps in officially
 * reviewed boundaries: `node tools/data/boundaries.ts <folder> --crs wgs84`. Edges that two areas share stay shared.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { feature } from 'topojson-client'
import { topology } from 'topojson-server'
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { fromGcj02, type Point } from '../../platform/map/server/gcj02.ts'
import { dataArguments } from './arguments.ts'

type Area = Feature<Polygon | MultiPolygon, Record<string, unknown>>
interface Named {
  code: string
  name: string
}

/** Smallest triangle kept, in square degrees (1e-6 is about 10 000 m² at this latitude). Finer than DataV's own generalisation in the county map. */
const KEPT = { counties: 1e-6, cities: 3e-5 }
const { source, target, crs } = dataArguments('boundaries')

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5
}

function converted(position: number[]): number[] {
  const point: Point = [position[0] ?? 0, position[1] ?? 0]
  return (crs === 'gcj02' ? fromGcj02(point) : point).map(rounded)
}

function area({ properties, geometry }: Area): Feature<MultiPolygon, Named> {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const coordinates = polygons.map((rings) => rings.map((ring) => ring.map(converted)))
  const code = String(properties.adcode ?? properties.code)
  return {
    type: 'Feature',
    properties: { code, name: String(properties.name) },
    geometry: { type: 'MultiPolygon', coordinates },
  }
}

function simplified(name: keyof typeof KEPT): void {
  const collection = JSON.parse(readFileSync(source(`${name}.geojson`), 'utf8')) as FeatureCollection<
    Polygon | MultiPolygon
  >
  const input = { type: 'FeatureCollection' as const, features: collection.features.map((item) => area(item as Area)) }
  const full = topology({ areas: input }) as Topology<{ areas: GeometryCollection<Named> }>
  const thinned = simplify(presimplify(full), KEPT[name])
  // A ring that thinning collapsed goes on both of its sides, or it would be left as an edge without an area.
  const small = filter(thinned, filterWeight(thinned, KEPT[name])) as typeof full
  const { features } = feature(small, small.objects.areas)
  const lines = features.map((item) =>
    JSON.stringify({ type: item.type, properties: item.properties, geometry: item.geometry }),
  )
  writeFileSync(target(`${name}.geojson`), `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`)
}

simplified('cities')
simplified('counties')
