import { Type } from 'typebox'
import { registry } from '#platform/registry'
import { type App, InvalidInput, type Issue, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { INSPECTIONS, planDataset } from '../../declarations/datasets.ts'
import { listPlans, newId, nodesOf, type Plan, readablePlan, today } from '../nodes.ts'
import { faultsOf, hintsOf, publishPlan } from '../publish-plan.ts'
import { seen, unitsOf } from '../sight.ts'
import { assessMilestones, assessNode, milestonesUnder, treeOf } from '../tree.ts'
import {
  AssessedShape,
  assessedExample,
  NodeShape,
  nodeExample,
  nodeView,
  PlanShape,
  planExample,
  planView,
} from './shapes.ts'

/** `GET /api/supervision/plans`: published plans; drafts only for those who make them. */
export const plansRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans',
    title: words('年度计划', 'Yearly plans'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    response: Type.Array(PlanShape),
    example: [planExample],
    handler: async ({ work, actor }) =>
      (await listPlans(app, work))
        .filter(({ state }) => state === 'published' || actor.rights.has('supervision.cloud.plan'))
        .map(planView),
  })

const Said = Type.Object({ node: Type.String(), zh: Type.String(), en: Type.String() })
const said = (issues: readonly Issue[]) =>
  issues.map(({ path, message }) => ({ node: path.slice('/nodes/'.length), ...message }))

/** `GET /api/supervision/plans/:id`: the tree within the reader's reach, with lights; of a draft also what is missing. */
export const planRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id',
    title: words('计划目标树', 'Tree of a plan'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({
      plan: PlanShape,
      assessed: AssessedShape,
      pack: Type.String(),
      nodes: Type.Array(NodeShape),
      faults: Type.Array(Said),
      hints: Type.Array(Said),
    }),
    example: {
      plan: planExample,
      assessed: assessedExample,
      pack: 'taian-supervision-light-2026',
      nodes: [nodeExample],
      faults: [],
      hints: [],
    },
    handler: async ({ params, work, actor, scope }) => {
      const plan = await readablePlan(app, work, params.id)
      const isDraft = plan.state === 'draft'
      const tree = treeOf(await nodesOf(app, work, plan.id))
      const units = await unitsOf(app)
      const visible = seen(tree, units, scope, actor)
      const day = today(app)
      const mine = milestonesUnder(tree, undefined).filter(({ id }) => visible.has(id))
      const { pack, ...assessed } = assessMilestones(app, tree, mine, day, true)
      return {
        plan: planView(plan),
        assessed,
        pack,
        nodes: tree.nodes
          .filter(({ id }) => visible.has(id))
          .map((node) => {
            const own =
              node.kind === 'goal' ? milestonesUnder(tree, node.id).filter(({ id }) => visible.has(id)) : undefined
            const value = own ? assessMilestones(app, tree, own, day, true) : assessNode(app, tree, node, day)
            return nodeView(node, tree.shares.get(node.id) ?? 0, value)
          }),
        faults: isDraft ? said(await faultsOf(app, work, tree, plan)) : [],
        hints: isDraft ? said(hintsOf(tree, day)) : [],
      }
    },
  })

const day = Type.String({ format: 'date' })
export const planBody = {
  title: Type.String({ minLength: 2, maxLength: 200 }),
  year: Type.Integer({ minimum: 2000, maximum: 2100 }),
  startsOn: day,
  endsOn: day,
  inspection: Type.Optional(Type.Enum(Object.keys(INSPECTIONS) as (keyof typeof INSPECTIONS)[])),
}

/** @throws InvalidInput for an end before the beginning */
export function newPlan(body: Omit<Plan, 'id' | 'state' | 'report'>): Plan {
  if (body.endsOn < body.startsOn)
    throw new InvalidInput('dates', words('结束早于开始', 'It ends before it begins'), [
      { path: '/endsOn', message: words('应不早于开始日期', 'Must not be before the beginning') },
    ])
  return { ...body, id: newId(), state: 'draft' }
}

/** `POST /api/supervision/plans`: an empty draft. */
export const draftRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/plans',
    title: words('新建计划', 'New plan'),
    right: 'supervision.cloud.plan',
    audit: 'supervision.cloud.plan.drafted',
    body: Type.Object(planBody, { additionalProperties: false }),
    response: Type.Object({ id: Type.String() }),
    example: { id: 'a1b2' },
    handler: async ({ body, work }) => {
      const plan = newPlan(body)
      await app.use(registry).write(work, planDataset, [plan])
      return { id: plan.id }
    },
  })

/** `POST /api/supervision/plans/:id/publication`: publishes a draft and opens its matters. */
export const publishRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/plans/:id/publication',
    title: words('发布计划', 'Publish a plan'),
    right: 'supervision.cloud.plan',
    audit: 'supervision.cloud.plan.published',
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({ matters: Type.Integer() }),
    example: { matters: 18 },
    handler: async ({ params, work }) => publishPlan(app, work, params.id),
  })
