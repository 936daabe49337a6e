import { Graph, layout } from '@dagrejs/dagre'
import type { Words } from '../../runtime/words.ts'
import type { LoopDiagram } from './loop-types.ts'

/** A place with its box, centre in pixels. */
export interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One or several ways between two places, drawn as one line. */
export interface Line {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly text: string
  readonly passed: boolean
  readonly automatic: boolean
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly label: { readonly x: number; readonly y: number }
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

/** Keeps a place to which nothing leads yet below the start. */
const UNDRAWN = ' '
const HEIGHT = 40
const LABEL_HEIGHT = 20
const WIDE = 15
const NARROW = 8.5

/** Width of a text of 14 px: Chinese signs are twice as wide as Latin ones. */
const textWidth = (text: string): number =>
  [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? WIDE : NARROW), 0)

type Labelled = Pick<Line, 'id' | 'from' | 'to' | 'passed' | 'automatic'> & { readonly label: string }

/** All ways between two places become one line with all their titles. */
export function joined(diagram: LoopDiagram, inWords: (words: Words) => string): Labelled[] {
  const lines = new Map<string, Labelled>()
  for (const { from, to, title, passed, automatic } of diagram.ways) {
    if (from === to) continue
    const id = `${from} ${to}`
    const before = lines.get(id)
    lines.set(id, {
      id,
      from,
      to,
      label: before ? `${before.label} / ${inWords(title)}` : inWords(title),
      passed: passed || (before?.passed ?? false),
      automatic: automatic && (before?.automatic ?? true),
    })
  }
  return [...lines.values()]
}

/** Each way is a line of its own, so that it can be chosen; its id begins with its action's. */
export const apart = ({ ways }: LoopDiagram, inWords: (words: Words) => string): Labelled[] =>
  ways.map(({ action, title, ...way }) => ({
    ...way,
    id: `${action} ${way.from} ${way.to}`,
    label: inWords(title),
  }))

/** Lays a diagram out in layers, from the start down to the ends. */
export function layOut(
  diagram: LoopDiagram,
  inWords: (words: Words) => string,
  lines: readonly Labelled[] = joined(diagram, inWords),
): Drawing {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 48, ranksep: 44, edgesep: 24, marginx: 12, marginy: 12 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, title } of diagram.places)
    graph.setNode(id, { width: Math.max(96, textWidth(inWords(title)) + 40), height: HEIGHT })
  for (const { id, from, to, label } of lines)
    graph.setEdge(from, to, { width: textWidth(label) * 0.9 + 12, height: LABEL_HEIGHT, labelpos: 'c' }, id)
  for (const { id } of diagram.places.filter((place) => !place.start && !lines.some(({ to }) => to === place.id)))
    for (const { id: start } of diagram.places.filter((place) => place.start)) graph.setEdge(start, id, {}, UNDRAWN)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    width,
    height,
    boxes: graph.nodes().map((id: string) => ({ id, ...(graph.node(id) as Omit<Box, 'id'>) })),
    lines: lines.map(({ label, ...line }) => {
      const edge = graph.edge(line.from, line.to, line.id) as { points: Line['points']; x?: number; y?: number }
      return { ...line, text: label, points: edge.points, label: { x: edge.x ?? 0, y: edge.y ?? 0 } }
    }),
  }
}
