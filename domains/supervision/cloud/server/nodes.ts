import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import { registry } from '#platform/registry'
import { type App, dayAt, formatDay, NotFound, type Work, words } from '#runtime'
import { nodeDataset, planDataset } from '../declarations/datasets.ts'

export type Plan = Static<typeof planDataset.schema>
export type Node = Static<typeof nodeDataset.schema>

export const newId = (): string => randomUUID().replaceAll('-', '').slice(0, 20)

/** Today in China, `YYYY-MM-DD`. */
export const today = (app: App): string => formatDay(dayAt(app.now().getTime()))

/** All plans, the latest year first. */
export async function listPlans(app: App, work: Work): Promise<readonly Plan[]> {
  const { rows } = await app.use(registry).list(work, planDataset, { limit: 1000 })
  return rows.map(({ value }) => value).toSorted((a, b) => b.year - a.year || a.title.localeCompare(b.title, 'zh'))
}

/** @throws NotFound */
export async function getPlan(app: App, work: Work, id: string): Promise<Plan> {
  const found = await app.use(registry).find(work, planDataset, { id })
  if (!found) throw new NotFound('no-plan', words('没有这个计划', 'There is no such plan'))
  return found.value
}

/** A plan that the actor may read: drafts are for those who make them. @throws NotFound */
export async function readablePlan(app: App, work: Work, id: string): Promise<Plan> {
  const plan = await getPlan(app, work, id)
  if (plan.state === 'draft' && !work.actor.rights.has('supervision.cloud.plan')) throw new NotFound()
  return plan
}

/** Waits for whoever else is publishing, editing or confirming this plan. */
export async function lockPlan(work: Work, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`supervision_cloud.plan ${id}`}, 0))`.execute(work.tx)
}

/** The tree of a plan in order, parents before children not promised. */
export async function nodesOf(app: App, work: Work, plan: string): Promise<readonly Node[]> {
  const nodes: Node[] = []
  let after: string | undefined
  do {
    const page = await app
      .use(registry)
      .list(work, nodeDataset, { where: { plan: { is: plan } }, limit: 10_000, ...(after ? { after } : {}) })
    nodes.push(...page.rows.map(({ value }) => value))
    after = page.next
  } while (after !== undefined)
  return nodes.toSorted((a, b) => a.position - b.position)
}

/** @throws NotFound */
export async function getNode(app: App, work: Work, id: string): Promise<Node> {
  const found = await app.use(registry).find(work, nodeDataset, { id })
  if (!found) throw new NotFound('no-task', words('没有这个目标或任务', 'There is no such goal or task'))
  return found.value
}

/** Writes nodes with their audit record, and tells open pages. */
export async function saveNodes(app: App, work: Work, nodes: readonly Node[]): Promise<void> {
  if (nodes.length === 0) return
  await app.use(registry).write(work, nodeDataset, nodes)
  for (const { id, state, achievedOn, proof } of nodes.slice(0, 50))
    work.audit({
      event: 'supervision.cloud.node.changed',
      subject: { kind: 'supervision.cloud.node', id },
      details: { state, achievedOn: achievedOn ?? null, proof: proof ?? null },
    })
  work.emit({
    topic: 'supervision.cloud.node.changed',
    key: nodes[0]?.plan ?? '',
    audience: { right: 'supervision.cloud.read' },
  })
}

/** A node without some of its optional fields. */
export function without<K extends keyof Node>(node: Node, ...fields: readonly K[]): Node {
  const copy: Record<string, unknown> = { ...node }
  for (const name of fields) delete copy[name]
  return copy as Node
}

/** The task's milestones that count, by date. */
export async function milestonesOf(app: App, work: Work, task: Node): Promise<readonly Node[]> {
  const { rows } = await app
    .use(registry)
    .list(work, nodeDataset, { where: { plan: { is: task.plan }, parent: { is: task.id } }, limit: 1000 })
  return rows
    .map(({ value }) => value)
    .filter(({ kind, state }) => kind === 'milestone' && state !== 'merged')
    .toSorted((a, b) => (a.due ?? '').localeCompare(b.due ?? '') || a.position - b.position)
}
