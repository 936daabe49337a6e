import { Type } from 'typebox'
import type { Assessed } from '../../rules/light.ts'
import type { Node, Plan } from '../nodes.ts'

export const TextOrNull = Type.Union([Type.String(), Type.Null()])
export const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

export const PlanShape = Type.Object({
  id: Type.String(),
  title: Type.String(),
  year: Type.Integer(),
  startsOn: Type.String(),
  endsOn: Type.String(),
  state: Type.String(),
  inspection: Type.String(),
})

/** Plans are of the comprehensive kind unless said. */
export const planView = ({ id, title, year, startsOn, endsOn, state, inspection = 'comprehensive' }: Plan) => ({
  id,
  title,
  year,
  startsOn,
  endsOn,
  state,
  inspection,
})

export const AssessedShape = Type.Object({
  light: Type.String(),
  /** Share of the weight that should have been, and that has been, achieved. */
  planned: Type.Number(),
  earned: Type.Number(),
  spi: NumberOrNull,
  overdue: Type.Integer(),
})

export const NodeShape = Type.Object({
  id: Type.String(),
  parent: TextOrNull,
  kind: Type.String(),
  title: Type.String(),
  about: TextOrNull,
  weight: Type.Number(),
  share: Type.Number(),
  lead: TextOrNull,
  joint: Type.Array(Type.String()),
  division: TextOrNull,
  startsOn: TextOrNull,
  due: TextOrNull,
  quantity: TextOrNull,
  live: Type.Unknown(),
  state: Type.String(),
  reportedOn: TextOrNull,
  achievedOn: TextOrNull,
  proof: TextOrNull,
  proofOf: Type.Unknown(),
  quality: TextOrNull,
  mergedInto: TextOrNull,
  loop: TextOrNull,
  doubts: Type.Array(Type.String()),
  assessed: AssessedShape,
})

/** A node as pages get it: nothing absent, with its light. */
export const nodeView = (node: Node, share: number, assessed: Assessed) => ({
  id: node.id,
  parent: node.parent ?? null,
  kind: node.kind,
  title: node.title,
  about: node.about ?? null,
  weight: node.weight,
  share,
  lead: node.lead ?? null,
  joint: node.joint,
  division: node.division ?? null,
  startsOn: node.startsOn ?? null,
  due: node.due ?? null,
  quantity: node.quantity ?? null,
  live: node.live ?? null,
  state: node.state,
  reportedOn: node.reportedOn ?? null,
  achievedOn: node.achievedOn ?? null,
  proof: node.proof ?? null,
  proofOf: node.proofOf ?? null,
  quality: node.quality ?? null,
  mergedInto: node.mergedInto ?? null,
  loop: node.loop ?? null,
  doubts: node.doubts ?? [],
  assessed,
})

export const planExample = {
  id: 'digital-government',
  title: '泰安市数字政府建设一体化综合改革实施方案',
  year: 2026,
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  state: 'published',
  inspection: 'comprehensive',
}
export const assessedExample = { light: 'green', planned: 0.5, earned: 0.5, spi: 1, overdue: 0 }
export const nodeExample = {
  id: 'task-1',
  parent: 'part-1',
  kind: 'task',
  title: '助力党建工作效能提升',
  about: null,
  weight: 1,
  share: 0.05,
  lead: 'city.party-office',
  joint: ['city.big-data'],
  division: null,
  startsOn: '2026-01-01',
  due: '2026-12-31',
  quantity: null,
  live: null,
  state: 'open',
  reportedOn: null,
  achievedOn: null,
  proof: null,
  proofOf: null,
  quality: null,
  mergedInto: null,
  loop: '12',
  doubts: [],
  assessed: assessedExample,
}
