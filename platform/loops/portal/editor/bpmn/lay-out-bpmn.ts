import { Graph, layout } from '@dagrejs/dagre'
import type { BpmnGraph, NodeType } from './bpmn-graph.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Upper left corner and size in pixels. */
export interface Bounds extends Point {
  readonly width: number
  readonly height: number
}

export interface BpmnDrawing {
  readonly shapes: ReadonlyMap<string, Bounds>
  readonly edges: ReadonlyMap<string, readonly Point[]>
}

/** Sizes that the standard modeller draws. */
const SIZE: Readonly<Record<NodeType, { readonly width: number; readonly height: number }>> = {
  startEvent: { width: 36, height: 36 },
  endEvent: { width: 36, height: 36 },
  boundaryEvent: { width: 36, height: 36 },
  userTask: { width: 100, height: 80 },
  receiveTask: { width: 100, height: 80 },
  exclusiveGateway: { width: 50, height: 50 },
}

/** Coordinates for a diagram that reads from left to right; a timer sits on the lower edge of its task. */
export function layOutBpmn({ nodes, flows }: BpmnGraph): BpmnDrawing {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 60, ranksep: 80, edgesep: 30, marginx: 40, marginy: 40 })
  graph.setDefaultEdgeLabel(() => ({}))
  const tasks = new Map(nodes.map(({ id, attachedTo }) => [id, attachedTo ?? id]))
  for (const { id, type, attachedTo } of nodes) if (attachedTo === undefined) graph.setNode(id, { ...SIZE[type] })
  const ends = ({ from, to }: { readonly from: string; readonly to: string }) =>
    [tasks.get(from) ?? from, tasks.get(to) ?? to] as const
  const drawn = flows.filter((flow) => ends(flow).every((id) => graph.hasNode(id)))
  for (const flow of drawn) graph.setEdge(...ends(flow), { width: flow.name.length * 12, height: 20 }, flow.id)
  layout(graph)

  const shapes = new Map<string, Bounds>()
  for (const id of graph.nodes()) {
    const { x, y, width, height } = graph.node(id) as Bounds
    shapes.set(id, rounded({ x: x - width / 2, y: y - height / 2, width, height }))
  }
  for (const { id, attachedTo = '' } of nodes) {
    const task = shapes.get(attachedTo)
    if (task) shapes.set(id, { x: task.x + 56, y: task.y + 62, ...SIZE.boundaryEvent })
  }
  const edges = new Map<string, readonly Point[]>()
  for (const flow of drawn) {
    const { points } = graph.edge(...ends(flow), flow.id) as { points: readonly Point[] }
    const timer = tasks.get(flow.from) === flow.from ? undefined : shapes.get(flow.from)
    const begin = timer && { x: timer.x + timer.width / 2, y: timer.y + timer.height }
    edges.set(flow.id, (begin ? [begin, ...points.slice(1)] : points).map(rounded))
  }
  return { shapes, edges }
}

const rounded = <P extends Point>(point: P): P =>
  Object.fromEntries(Object.entries(point).map(([name, value]) => [name, Math.round(value)])) as unknown as P
