import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { type Boundary, LEVELS } from './boundary.ts'
import type { Box } from './tables.ts'

/** Answers which division holds a point. */
export type DivisionAt = (lng: number, lat: number) => string | undefined

/** The box of the city is cut into so many columns and rows; a cell lists the areas whose boxes touch it. */
const CELLS = 256

/**
 * Indexes boundaries in a grid. The deepest level wins; a point on a shared line belongs to the smaller code, so every
 * process answers alike.
 */
export function divisionIndex(boundaries: readonly Boundary[]): DivisionAt {
  const areas = deepestFirst(boundaries)
  const [west, south, east, north] = around(areas)
  const column = (lng: number) => Math.min(CELLS - 1, Math.floor(((lng - west) / (east - west)) * CELLS))
  const row = (lat: number) => Math.min(CELLS - 1, Math.floor(((lat - south) / (north - south)) * CELLS))
  const cells: Boundary[][] = Array.from({ length: CELLS * CELLS }, () => [])
  for (const area of areas)
    for (let y = row(area.bbox[1]); y <= row(area.bbox[3]); y++)
      for (let x = column(area.bbox[0]); x <= column(area.bbox[2]); x++) cells[y * CELLS + x]?.push(area)
  return (lng, lat) => {
    if (!(lng >= west && lng <= east && lat >= south && lat <= north)) return undefined
    for (const { code, geometry, bbox } of cells[row(lat) * CELLS + column(lng)] ?? [])
      if (lng >= bbox[0] && lng <= bbox[2] && lat >= bbox[1] && lat <= bbox[3])
        if (booleanPointInPolygon([lng, lat], geometry)) return code
    return undefined
  }
}

function around(areas: readonly Boundary[]): Box {
  const side = (at: number, pick: (a: number, b: number) => number) =>
    areas.map(({ bbox }) => bbox[at] ?? 0).reduce((a, b) => pick(a, b), at < 2 ? 180 : -180)
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)]
}

/** The order in which areas are asked; cities only draw the surroundings. */
export const deepestFirst = (boundaries: readonly Boundary[]): Boundary[] =>
  boundaries
    .filter(({ level }) => level !== 'city')
    .sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || (a.code < b.code ? -1 : 1))
