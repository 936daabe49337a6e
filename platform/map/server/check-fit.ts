import { area } from '@turf/area'
import { intersect } from '@turf/intersect'
import Flatbush from 'flatbush'
import type { Feature } from 'geojson'
import { type Issue, words } from '#runtime'
import { ancestorsOf, type Boundary } from './boundary.ts'
import type { Shape } from './tables.ts'

/** Lines from different surveys differ a little: this share of an area may stick out of its parent or into a sibling. */
const TOLERANCE = 0.02

export interface Candidate extends Boundary {
  /** JSON pointer to it in the input. */
  readonly path: string
}

/** Whether candidates lie in their parents and beside their siblings, once they are in force together with the others. */
export function faultsOfFit(candidates: readonly Candidate[], inForce: readonly Boundary[]): Issue[] {
  const replaced = new Set(candidates.map(({ code }) => code))
  const all = [...inForce.filter(({ code }) => !replaced.has(code)), ...candidates]
  const byCode = new Map(all.map((boundary) => [boundary.code, boundary]))
  return [...candidates.flatMap((candidate) => faultOfParent(candidate, byCode)), ...overlaps(candidates, all)]
}

function faultOfParent(candidate: Candidate, byCode: ReadonlyMap<string, Boundary>): Issue[] {
  if (candidate.level === 'city') return []
  const code = ancestorsOf(candidate.code).find((ancestor) => byCode.has(ancestor))
  const parent = code && byCode.get(code)
  if (!parent) {
    const message = words(
      `${candidate.name}（${candidate.code}）没有上级边界，请先导入上级`,
      `${candidate.name} (${candidate.code}) has no boundary above it; import that first`,
    )
    return [{ path: candidate.path, message }]
  }
  const outside = 1 - shared(candidate.geometry, parent.geometry) / area(candidate.geometry)
  if (outside <= TOLERANCE) return []
  const percent = (outside * 100).toFixed(1)
  const message = words(
    `${candidate.name}有 ${percent}% 在上级${parent.name}之外，请检查坐标系和边界`,
    `${percent} % of ${candidate.name} lies outside ${parent.name}; check the coordinate system and the line`,
  )
  return [{ path: candidate.path, message }]
}

function overlaps(candidates: readonly Candidate[], all: readonly Boundary[]): Issue[] {
  const tree = new Flatbush(all.length)
  for (const { bbox } of all) tree.add(...bbox)
  tree.finish()
  const fresh = new Map(candidates.map((candidate, at) => [candidate.code, at]))
  return candidates.flatMap((candidate, at) =>
    tree.search(...candidate.bbox).flatMap((index) => {
      const other = all[index]
      if (other?.level !== candidate.level || other.code === candidate.code) return []
      if ((fresh.get(other.code) ?? candidates.length) < at) return []
      const share =
        shared(candidate.geometry, other.geometry) / Math.min(area(candidate.geometry), area(other.geometry))
      if (share <= TOLERANCE) return []
      const percent = (share * 100).toFixed(1)
      const message = words(
        `${candidate.name}与相邻的${other.name}重叠 ${percent}%`,
        `${candidate.name} overlaps its neighbour ${other.name} by ${percent} %`,
      )
      return [{ path: candidate.path, message }]
    }),
  )
}

/** Area in square metres that two shapes have in common. */
function shared(a: Shape, b: Shape): number {
  const common = intersect({ type: 'FeatureCollection', features: [featureOf(a), featureOf(b)] })
  return common ? area(common) : 0
}

const featureOf = (geometry: Shape): Feature<Shape> => ({ type: 'Feature', properties: {}, geometry })
