import Flatbush from 'flatbush'
import type { Position } from 'geojson'

/** A place where a ring crosses or touches itself; undefined for a simple ring. The ring must be closed. */
export function findCrossing(ring: readonly Position[]): Position | undefined {
  const edges = ring.slice(1).map((end, at) => [ring[at] ?? end, end] as const)
  if (edges.length < 3) return ring[0]
  const tree = new Flatbush(edges.length)
  for (const [a, b] of edges)
    tree.add(Math.min(x(a), x(b)), Math.min(y(a), y(b)), Math.max(x(a), x(b)), Math.max(y(a), y(b)))
  tree.finish()
  for (const [at, [a, b]] of edges.entries()) {
    const near = tree.search(Math.min(x(a), x(b)), Math.min(y(a), y(b)), Math.max(x(a), x(b)), Math.max(y(a), y(b)))
    for (const other of near) {
      if (other <= at) continue
      const edge = edges[other]
      if (!edge) continue
      const areNeighbours = other === at + 1 || (at === 0 && other === edges.length - 1)
      const shared = other === at + 1 ? b : a
      if (areNeighbours ? doublesBack([a, b], edge, shared) : meets([a, b], edge)) return edge[0]
    }
  }
  return undefined
}

type Edge = readonly [Position, Position]
const x = (point: Position) => point[0] ?? 0
const y = (point: Position) => point[1] ?? 0

/** Twice the signed area of a triangle: which side of a–b the point lies on. */
const side = (a: Position, b: Position, point: Position): number =>
  Math.sign((x(b) - x(a)) * (y(point) - y(a)) - (y(b) - y(a)) * (x(point) - x(a)))

function meets([a, b]: Edge, [c, d]: Edge): boolean {
  const [c1, d1, a1, b1] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
  if (c1 !== d1 && a1 !== b1) return true
  return (c1 === 0 && isWithin(a, b, c)) || (d1 === 0 && isWithin(a, b, d)) || (a1 === 0 && isWithin(c, d, a))
}

/** Whether a point on the line a–b lies between its ends. */
const isWithin = (a: Position, b: Position, point: Position): boolean =>
  x(point) >= Math.min(x(a), x(b)) &&
  x(point) <= Math.max(x(a), x(b)) &&
  y(point) >= Math.min(y(a), y(b)) &&
  y(point) <= Math.max(y(a), y(b))

/** Two edges that share an end fold onto each other. */
function doublesBack(first: Edge, second: Edge, shared: Position): boolean {
  const from = first.find((end) => x(end) !== x(shared) || y(end) !== y(shared))
  const to = second.find((end) => x(end) !== x(shared) || y(end) !== y(shared))
  if (!from || !to) return true
  const isStraight = side(from, shared, to) === 0
  const dot = (x(from) - x(shared)) * (x(to) - x(shared)) + (y(from) - y(shared)) * (y(to) - y(shared))
  return isStraight && dot > 0
}
