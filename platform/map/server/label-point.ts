import type { Feature, Point, Position } from 'geojson'
import { ringsOf } from './boundary.ts'

const LINES = 15

/** A point well inside an area for its name: the middle of the widest of some horizontal cuts. */
export function labelPoint(area: Feature): Feature<Point> | undefined {
  const { geometry } = area
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return undefined
  const rings = ringsOf(geometry)
  const lats = rings.flat().map(([, lat = 0]) => lat)
  const [south, north] = [lats.reduce((a, b) => Math.min(a, b), 90), lats.reduce((a, b) => Math.max(a, b), -90)]
  let widest = { width: 0, place: [0, 0] }
  for (let line = 1; line <= LINES; line++) {
    const share = line / (LINES + 1)
    const lat = south + share * (north - south)
    const cut = widestCut(rings, lat)
    // A name looks right near the middle, so cuts at the ends must be much wider to win.
    const width = (cut[1] - cut[0]) * (1 - Math.abs(share - 0.5))
    if (width > widest.width) widest = { width, place: [(cut[0] + cut[1]) / 2, lat] }
  }
  return { ...area, geometry: { type: 'Point', coordinates: widest.place } }
}

function widestCut(rings: readonly Position[][], lat: number): [number, number] {
  const crossed = rings.flatMap((ring) => crossings(ring, lat)).sort((a, b) => a - b)
  let best: [number, number] = [0, 0]
  for (let at = 0; at + 1 < crossed.length; at += 2) {
    const cut: [number, number] = [crossed[at] ?? 0, crossed[at + 1] ?? 0]
    if (cut[1] - cut[0] > best[1] - best[0]) best = cut
  }
  return best
}

const crossings = (ring: readonly Position[], lat: number): number[] =>
  ring.slice(1).flatMap(([x = 0, y = 0], at) => {
    const [fromX = 0, fromY = 0] = ring[at] ?? []
    return fromY > lat === y > lat ? [] : [fromX + ((lat - fromY) / (y - fromY)) * (x - fromX)]
  })
