import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import Flatbush from 'flatbush'
import { type Boundary, LEVELS } from './boundary.ts'

/** Answers which division holds a point. */
export type DivisionAt = (lng: number, lat: number) => string | undefined

/**
 * Indexes boundaries by their boxes. The deepest level wins; a point on a shared line belongs to the smaller code, so
 * every process answers alike.
 */
export function divisionIndex(boundaries: readonly Boundary[]): DivisionAt {
  const areas = deepestFirst(boundaries)
  if (areas.length === 0) return () => undefined
  const tree = new Flatbush(areas.length)
  for (const { bbox } of areas) tree.add(...bbox)
  tree.finish()
  return (lng, lat) => {
    const near = tree.search(lng, lat, lng, lat)
    if (near.length > 1) near.sort((a, b) => a - b)
    for (const at of near) {
      const area = areas[at]
      if (area && booleanPointInPolygon([lng, lat], area.geometry)) return area.code
    }
    return undefined
  }
}

/** The order in which areas are asked; cities only draw the surroundings. */
export const deepestFirst = (boundaries: readonly Boundary[]): Boundary[] =>
  boundaries
    .filter(({ level }) => level !== 'city')
    .sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || (a.code < b.code ? -1 : 1))
