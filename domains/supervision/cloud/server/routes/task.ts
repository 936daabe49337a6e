import { sql } from 'kysely'
import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import { getNode, nodesOf, readablePlan, today } from '../nodes.ts'
import { mustSee, unitsOf } from '../sight.ts'
import { assessNode, treeOf } from '../tree.ts'
import { NodeShape, nodeExample, nodeView, PlanShape, planExample, planView, TextOrNull } from './shapes.ts'

interface Progress {
  readonly unit: string
  readonly text: string
  readonly by: string
  readonly at: Date
}
interface StepRow {
  readonly id: number
  readonly step: string
  readonly number: string
  readonly unit: string
  readonly at: Date
  readonly loop: string
  readonly answerBy: string | null
  readonly file: string | null
}

/** `GET /api/supervision/tasks/:id`: a task with its milestones, its matter, what was reported and which steps were taken. */
export const taskRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/tasks/:id',
    title: words('任务详情', 'A task'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({
      plan: PlanShape,
      task: NodeShape,
      above: Type.Array(Type.String()),
      milestones: Type.Array(NodeShape),
      matter: Type.Union([
        Type.Object({
          id: Type.String(),
          revision: Type.Integer(),
          place: Type.String(),
          zh: Type.String(),
          en: Type.String(),
          actions: Type.Array(Type.String()),
        }),
        Type.Null(),
      ]),
      progress: Type.Array(
        Type.Object({ unit: Type.String(), text: Type.String(), by: Type.String(), at: Type.String() }),
      ),
      steps: Type.Array(
        Type.Object({
          id: Type.String(),
          step: Type.String(),
          number: Type.String(),
          unit: Type.String(),
          at: Type.String(),
          loop: Type.String(),
          /** Term and .docx of its letter. */
          answerBy: TextOrNull,
          file: TextOrNull,
        }),
      ),
    }),
    example: { plan: planExample, task: nodeExample, above: [], milestones: [], matter: null, progress: [], steps: [] },
    handler: async ({ params, work, actor, scope }) => {
      const task = await getNode(app, work, params.id)
      if (task.kind !== 'task') throw new NotFound()
      const plan = await readablePlan(app, work, task.plan)
      mustSee(await unitsOf(app), scope, actor, task)
      const tree = treeOf(await nodesOf(app, work, plan.id))
      const day = today(app)
      const view = (node: typeof task) =>
        nodeView(node, tree.shares.get(node.id) ?? 0, assessNode(app, tree, node, day))
      const above: string[] = []
      for (
        let at = task.parent ? tree.byId.get(task.parent) : undefined;
        at;
        at = at.parent ? tree.byId.get(at.parent) : undefined
      )
        above.unshift(at.title)
      const [progress, steps] = await Promise.all([
        sql<Progress>`select unit, text, by, at from supervision_cloud.progress where node = ${task.id} order by at desc limit 100`.execute(
          work.tx,
        ),
        sql<StepRow>`select s.id, s.step, s.number, s.unit, s.at, s.loop,
          to_char(l.answer_by, 'YYYY-MM-DD') as "answerBy", l.file
          from supervision_cloud.step s left join supervision_cloud.letter l on l.step = s.id
          where s.node = ${task.id} order by s.at, s.id`.execute(work.tx),
      ])
      const names = await app.use(identity).names(
        progress.rows.map(({ by }) => by),
        work.tx,
      )
      return {
        plan: planView(plan),
        task: view(task),
        above,
        milestones: (tree.children.get(task.id) ?? []).map(view),
        matter: task.loop ? await matterOf(app, work, task.loop) : null,
        progress: progress.rows.map((row) => ({ ...row, by: names.get(row.by) ?? row.by, at: row.at.toISOString() })),
        steps: steps.rows.map((row) => ({ ...row, id: String(row.id), at: row.at.toISOString() })),
      }
    },
  })

async function matterOf(app: App, work: Parameters<Parameters<App['work']>[1]>[0], id: string) {
  const service = app.use(loops)
  const { revision, place, definition, version } = await service.get(work, id)
  const title = service.definition(definition, version).places[place]?.title ?? words(place, place)
  return {
    id,
    revision,
    place,
    zh: title.zh,
    en: title.en,
    actions: [...(await service.actionsFor(work, id, work.actor))],
  }
}
