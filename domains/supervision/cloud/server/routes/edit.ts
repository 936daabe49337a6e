import { Type } from 'typebox'
import { registry } from '#platform/registry'
import { type App, Conflict, InvalidInput, type Route, route, type Work, words } from '#runtime'
import { liveTarget, nodeDataset } from '../../declarations/datasets.ts'
import { getPlan, lockPlan, type Node, newId, nodesOf } from '../nodes.ts'

const day = Type.String({ format: 'date' })
const optional = Type.Optional

const draftOnly = async (app: App, work: Work, plan: string): Promise<void> => {
  await lockPlan(work, plan)
  if ((await getPlan(app, work, plan)).state !== 'draft')
    throw new Conflict(
      'published',
      words('已发布的计划不能再改，请走延期、转办等流程', 'A published plan changes through its matters only'),
    )
}

/** `PUT /api/supervision/plans/:id/nodes`: adds or changes one goal, task or milestone of a draft. */
export const saveNodeRoute = (app: App): Route =>
  route({
    method: 'PUT',
    path: '/api/supervision/plans/:id/nodes',
    title: words('修改草稿', 'Edit a draft'),
    right: 'supervision.cloud.plan',
    audit: 'supervision.cloud.plan.edited',
    params: Type.Object({ id: Type.String() }),
    body: Type.Object(
      {
        id: optional(Type.String({ maxLength: 40 })),
        parent: optional(Type.String({ maxLength: 40 })),
        kind: Type.Enum(['goal', 'task', 'milestone']),
        position: optional(Type.Integer({ minimum: 0 })),
        title: Type.String({ minLength: 1, maxLength: 300 }),
        about: optional(Type.String({ maxLength: 20_000 })),
        weight: Type.Number({ minimum: 0, maximum: 1000 }),
        lead: optional(Type.String({ maxLength: 100 })),
        joint: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 60 }),
        division: optional(Type.String({ maxLength: 12 })),
        startsOn: optional(day),
        due: optional(day),
        quantity: optional(Type.String({ maxLength: 200 })),
        live: optional(liveTarget),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String() }),
    example: { id: 'a1b2' },
    handler: async ({ params, body, work }) => {
      await draftOnly(app, work, params.id)
      const nodes = await nodesOf(app, work, params.id)
      const id = body.id ?? newId()
      const before = nodes.find((node) => node.id === id)
      if (body.id !== undefined && !before) throw misplaced('/id')
      checkPlace(nodes, { ...body, id })
      const node: Node = {
        ...body,
        id,
        plan: params.id,
        position: body.position ?? before?.position ?? nodes.length,
        state: 'open',
      }
      await app.use(registry).write(work, nodeDataset, [node])
      work.audit({ event: 'supervision.cloud.plan.edited', subject: { kind: 'supervision.cloud.node', id } })
      return { id }
    },
  })

/** Goals hang below goals, tasks below goals or nowhere, milestones below tasks; nothing below itself. @throws InvalidInput */
function checkPlace(nodes: readonly Node[], node: { id: string; parent?: string; kind: Node['kind'] }): void {
  const byId = new Map(nodes.map((each) => [each.id, each]))
  const parent = node.parent === undefined ? undefined : byId.get(node.parent)
  if (node.parent !== undefined && !parent) throw misplaced('/parent')
  const fits = node.kind === 'milestone' ? parent?.kind === 'task' : parent === undefined || parent.kind === 'goal'
  if (!fits) throw misplaced('/parent')
  const below = nodes.filter((each) => each.parent === node.id)
  if (below.some(({ kind }) => (kind === 'milestone') !== (node.kind === 'task'))) throw misplaced('/kind')
  for (let at = parent; at; at = at.parent ? byId.get(at.parent) : undefined)
    if (at.id === node.id) throw misplaced('/parent')
}

const misplaced = (path: string) =>
  new InvalidInput(
    'misplaced',
    words('目标下设目标或任务，任务下设节点', 'Goals hold goals or tasks, tasks hold milestones'),
    [{ path, message: words('位置不对', 'Not the right place') }],
  )

/** `DELETE /api/supervision/plans/:id/nodes/:node`: takes a node out of a draft, with all below it. */
export const removeNodeRoute = (app: App): Route =>
  route({
    method: 'DELETE',
    path: '/api/supervision/plans/:id/nodes/:node',
    title: words('删除草稿中的目标或任务', 'Remove from a draft'),
    right: 'supervision.cloud.plan',
    audit: 'supervision.cloud.plan.edited',
    params: Type.Object({ id: Type.String(), node: Type.String() }),
    response: Type.Object({ removed: Type.Integer() }),
    example: { removed: 3 },
    handler: async ({ params, work }) => {
      await draftOnly(app, work, params.id)
      const nodes = await nodesOf(app, work, params.id)
      const gone = new Set([params.node])
      for (let size = 0; size !== gone.size; ) {
        size = gone.size
        for (const { id, parent } of nodes) if (parent !== undefined && gone.has(parent)) gone.add(id)
      }
      const removed = await app.use(registry).remove(
        work,
        nodeDataset,
        [...gone].map((id) => ({ id })),
      )
      return { removed }
    },
  })
