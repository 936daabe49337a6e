import { Graph, layout } from '@dagrejs/dagre'
import type { LoopDiagram } from './loop-types.ts'

/** A place with its box, centre in pixels. */
export interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The ways between two places, drawn as one line. */
export interface Line {
  readonly from: string
  readonly to: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: { readonly x: number; readonly y: number }
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

const HEIGHT = 40
const LABEL = { width: 84, height: 20 }
const WIDE = 15
const NARROW = 8.5

/** Width of a text of 14 px: Chinese signs are twice as wide as Latin ones. */
const textWidth = (text: string): number =>
  [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0 > 0x2e7f) ? WIDE : NARROW), 0)

/** Lays a diagram out in layers, from the start down to the ends. @param titles what is written in each box */
export function layOut(diagram: LoopDiagram, titles: Readonly<Record<string, string>>): Drawing {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 48, ranksep: 44, edgesep: 24, marginx: 12, marginy: 12 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of diagram.places)
    graph.setNode(id, { width: Math.max(96, textWidth(titles[id] ?? id) + 32), height: HEIGHT })
  for (const { from, to } of diagram.ways) if (from !== to) graph.setEdge(from, to, { ...LABEL, labelpos: 'c' })
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    width,
    height,
    boxes: graph.nodes().map((id: string) => ({ id, ...(graph.node(id) as Omit<Box, 'id'>) })),
    lines: graph.edges().map(({ v, w }: { v: string; w: string }) => {
      const edge = graph.edge({ v, w }) as { points: Line['points']; x?: number; y?: number }
      return { from: v, to: w, points: edge.points, label: { x: edge.x ?? 0, y: edge.y ?? 0 } }
    }),
  }
}
