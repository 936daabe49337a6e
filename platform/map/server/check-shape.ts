import type { Geometry, Position } from 'geojson'
import { type Issue, type Words, words } from '#runtime'
import { findCrossing } from './crossings.ts'
import type { Shape } from './tables.ts'

/** What is wrong with a geometry taken alone, at most one fault a ring; empty if it is a proper area. */
export function faultsOfShape(geometry: Geometry | null | undefined, path: string): Issue[] {
  if (!isShape(geometry)) {
    const message = words(
      '应为面（Polygon 或 MultiPolygon），坐标为 [经度, 纬度] 的数组',
      'Must be a Polygon or MultiPolygon with positions [longitude, latitude]',
    )
    return [{ path, message }]
  }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const at = (polygon: number, ring: number) =>
    `${path}/coordinates${geometry.type === 'Polygon' ? '' : `/${polygon}`}/${ring}`
  return polygons.flatMap((rings, polygon) =>
    rings.flatMap((ring, index) => {
      const message = faultOfRing(ring)
      return message ? [{ path: at(polygon, index), message }] : []
    }),
  )
}

function isShape(geometry: Geometry | null | undefined): geometry is Shape {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return false
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return (
    isList(polygons) &&
    polygons.every((rings) => isList(rings) && rings.every((ring) => isList(ring) && ring.every(isPosition)))
  )
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0
const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every((part) => typeof part === 'number')

function faultOfRing(ring: readonly Position[]): Words | undefined {
  const outside = ring.find(([lng = 999, lat = 999]) => !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90))
  if (outside)
    return words(
      `坐标 ${outside} 不是经纬度（先经度后纬度，单位为度）`,
      `${outside} is not a longitude and latitude in degrees`,
    )
  if (ring.length < 4) return words('至少需要三个不同的点', 'At least three different points are needed')
  const [first, last] = [ring[0], ring.at(-1)]
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
    return words('边界没有闭合：最后一点应与第一点相同', 'Not closed: the last point must equal the first')
  const crossing = findCrossing(ring)
  return crossing && words(`边界在 ${place(crossing)} 附近自相交`, `The line crosses itself near ${place(crossing)}`)
}

export const place = ([lng = 0, lat = 0]: Position): string => `${lng.toFixed(5)}, ${lat.toFixed(5)}`
