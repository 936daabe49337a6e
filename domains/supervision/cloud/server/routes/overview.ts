import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { monthEnds } from '../month-ends.ts'
import { type Node, nodesOf, readablePlan, today } from '../nodes.ts'
import { seen, unitsOf } from '../sight.ts'
import { assessMilestones, assessNode, milestonesUnder, type Tree, tasksOf, treeOf } from '../tree.ts'
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

const SOON_DAYS = 30

/** `GET /api/supervision/plans/:id/overview`: lights by unit, what is behind, what is due soon, how the year runs. */
export const overviewRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id/overview',
    title: words('督查概览', 'Supervision at a glance'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    query: Type.Object({ division: Type.Optional(Type.String({ maxLength: 12 })) }),
    response: Type.Object({
      plan: PlanShape,
      assessed: AssessedShape,
      tasks: Type.Record(Type.String(), Type.Integer()),
      units: Type.Array(Type.Object({ unit: Type.String(), tasks: Type.Integer(), assessed: AssessedShape })),
      behind: Type.Array(NodeShape),
      soon: Type.Array(NodeShape),
      waiting: Type.Array(NodeShape),
      steps: Type.Record(Type.String(), Type.Integer()),
      curve: Type.Array(
        Type.Object({ day: Type.String(), planned: Type.Number(), earned: Type.Union([Type.Number(), Type.Null()]) }),
      ),
    }),
    example: {
      plan: planExample,
      assessed: assessedExample,
      tasks: { green: 18 },
      units: [{ unit: 'city.big-data', tasks: 6, assessed: assessedExample }],
      behind: [],
      soon: [nodeExample],
      waiting: [],
      steps: { urge: 1 },
      curve: [{ day: '2026-01-31', planned: 0.1, earned: 0.1 }],
    },
    handler: async ({ params, query, work, actor, scope }) => {
      const plan = await readablePlan(app, work, params.id)
      const tree = treeOf(await nodesOf(app, work, plan.id))
      const visible = seen(tree, await unitsOf(app), scope, actor)
      const day = today(app)
      const tasks = tasksOf(tree).filter(
        ({ id, division }) => visible.has(id) && (query.division === undefined || division === query.division),
      )
      const assessed = tasks.map((task) =>
        nodeView(task, tree.shares.get(task.id) ?? 0, assessNode(app, tree, task, day)),
      )
      const milestones = tasks.flatMap(({ id }) => milestonesUnder(tree, id))
      const view = (node: Node) =>
        nodeView(
          { ...node, ...unitsAbove(tree, node) },
          tree.shares.get(node.id) ?? 0,
          assessNode(app, tree, node, day),
        )
      const open = milestones.filter(({ achievedOn }) => achievedOn === undefined)
      const until = addDays(day, SOON_DAYS)
      const leads = [...new Set(tasks.flatMap(({ lead }) => lead ?? []))]
      const steps = await sql<{ step: string; n: number }>`select step, count(*)::int as n from supervision_cloud.step
        where node = any(${tasks.map(({ id }) => id)}) group by step`.execute(work.tx)
      return {
        plan: planView(plan),
        assessed: assessMilestones(app, tree, milestones, day, true),
        tasks: count(assessed.map(({ assessed: { light }, state }) => (state === 'done' ? 'done' : light))),
        units: leads
          .map((unit) => {
            const own = tasks.filter(({ lead }) => lead === unit)
            const under = own.flatMap(({ id }) => milestonesUnder(tree, id))
            return { unit, tasks: own.length, assessed: assessMilestones(app, tree, under, day, true) }
          })
          .toSorted((a, b) => (a.assessed.spi ?? 2) - (b.assessed.spi ?? 2)),
        behind: assessed.filter(({ assessed: { light } }) => light === 'red' || light === 'yellow'),
        soon: open.filter(({ due }) => due !== undefined && due >= day && due <= until).map(view),
        waiting: open.filter(({ reportedOn }) => reportedOn !== undefined).map(view),
        steps: Object.fromEntries(steps.rows.map(({ step, n }) => [step, n])),
        curve: monthEnds(plan.startsOn, plan.endsOn).map((end) => {
          const { earned } = assessMilestones(app, tree, milestones, end, true)
          const { planned } = assessMilestones(app, tree, milestones, addDays(end, 1), true)
          return { day: end, planned, earned: end.slice(0, 7) > day.slice(0, 7) ? null : earned }
        }),
      }
    },
  })

/** A milestone is its task's units'. */
function unitsAbove(tree: Tree, { parent }: Node) {
  const task = parent === undefined ? undefined : tree.byId.get(parent)
  return task ? { joint: task.joint, ...(task.lead ? { lead: task.lead } : {}) } : {}
}

const count = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

const DAY_MS = 86_400_000
const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
