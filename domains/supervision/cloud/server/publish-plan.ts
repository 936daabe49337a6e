import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import { registry } from '#platform/registry'
import { type App, Conflict, InvalidInput, type Issue, type Work, words } from '#runtime'
import { planDataset } from '../declarations/datasets.ts'
import { getPlan, lockPlan, type Node, nodesOf, type Plan, saveNodes } from './nodes.ts'
import { milestonesUnder, type Tree, tasksOf, treeOf } from './tree.ts'

/** What keeps a draft from being published, each with the node it is about. */
export async function faultsOf(app: App, work: Work, tree: Tree, plan: Plan): Promise<readonly Issue[]> {
  const units = new Set((await app.use(identity).organisations(work.tx)).map(({ id }) => id))
  const tasks = tasksOf(tree)
  const at = ({ id }: Node, zh: string, en: string): Issue => ({ path: `/nodes/${id}`, message: words(zh, en) })
  return [
    ...(tasks.length === 0 ? [{ path: '/nodes', message: words('没有任务', 'There is no task') }] : []),
    ...tree.nodes.flatMap((node) =>
      node.parent !== undefined && !tree.byId.has(node.parent) ? [at(node, '上级不存在', 'Its parent is missing')] : [],
    ),
    ...tasks.flatMap((node) => [
      ...(node.lead && units.has(node.lead)
        ? []
        : [at(node, `“${node.title}”没有牵头单位`, `"${node.title}" has no lead unit`)]),
      ...node.joint.flatMap((unit) =>
        units.has(unit) ? [] : [at(node, `没有单位“${unit}”`, `There is no unit "${unit}"`)],
      ),
      ...(milestonesUnder(tree, node.id).length > 0
        ? []
        : [at(node, `“${node.title}”没有节点`, `"${node.title}" has no milestone`)]),
    ]),
    ...milestonesUnder(tree, undefined).flatMap((node) => [
      ...(node.due ? [] : [at(node, `“${node.title}”没有时限`, `"${node.title}" has no date`)]),
      ...(node.due && (node.due < plan.startsOn || node.due > plan.endsOn)
        ? [at(node, `“${node.title}”的时限不在计划期内`, `The date of "${node.title}" lies outside the plan`)]
        : []),
      ...((tree.shares.get(node.id) ?? 0) > 0
        ? []
        : [at(node, `“${node.title}”权重为零`, `"${node.title}" weighs nothing`)]),
    ]),
  ]
}

/** What a person should look at before publishing; it hinders nothing. */
export function hintsOf(tree: Tree, day: string): readonly Issue[] {
  const at = ({ id }: Node, zh: string, en: string): Issue => ({ path: `/nodes/${id}`, message: words(zh, en) })
  const past = milestonesUnder(tree, undefined).filter(
    ({ due, achievedOn }) => due !== undefined && due < day && achievedOn === undefined,
  )
  const uneven = [...tree.children].flatMap(([parent, siblings]) => {
    const node = parent === undefined ? undefined : tree.byId.get(parent)
    const sum = Math.round(siblings.reduce((total, { weight }) => total + weight, 0) * 100) / 100
    return node && meantAsPercent(sum) ? [{ node, sum }] : []
  })
  return [
    ...past.map((node) =>
      at(
        node,
        `“${node.title}”的时限已过，发布后立即开始督办升级`,
        `The date of "${node.title}" is past: its ladder starts at once`,
      ),
    ),
    ...uneven.map(({ node, sum }) =>
      at(
        node,
        `“${node.title}”下级权重合计 ${sum}，不是 100，将按比例折算`,
        `Weights below "${node.title}" sum to ${sum}, not 100; they are taken in proportion`,
      ),
    ),
  ]
}

/** Weights that nearly sum to a hundred were meant as per cent. */
const meantAsPercent = (sum: number): boolean => sum !== 100 && sum > 80 && sum < 120

/** Publishes a draft and opens a matter for each task; those already achieved in full need none. @throws Conflict, InvalidInput */
export async function publishPlan(app: App, work: Work, id: string): Promise<{ readonly matters: number }> {
  await lockPlan(work, id)
  const plan = await getPlan(app, work, id)
  if (plan.state === 'published')
    throw new Conflict('published', words('计划已经发布', 'The plan is published already'))
  const tree = treeOf(await nodesOf(app, work, id))
  const faults = await faultsOf(app, work, tree, plan)
  if (faults.length > 0)
    throw new InvalidInput(
      'draft-incomplete',
      words(`草稿还有 ${faults.length} 处不完整`, `${faults.length} things are missing in the draft`),
      faults,
    )
  const opened: Node[] = []
  for (const task of tasksOf(tree)) {
    const open = milestonesUnder(tree, task.id).filter(({ achievedOn }) => achievedOn === undefined)
    if (open.length === 0) opened.push({ ...task, state: 'done' })
    else opened.push({ ...task, loop: await openMatter(app, work, task, open) })
  }
  await saveNodes(app, work, opened)
  await app.use(registry).write(work, planDataset, [{ ...plan, state: 'published' }])
  const matters = opened.filter(({ loop }) => loop !== undefined).length
  work.audit({
    event: 'supervision.cloud.plan.published',
    subject: { kind: 'supervision.cloud.plan', id },
    details: { matters },
  })
  return { matters }
}

async function openMatter(app: App, work: Work, task: Node, open: readonly Node[]): Promise<string> {
  const due = open.map((one) => one.due ?? '').toSorted()[0] ?? ''
  const { id } = await app.use(loops).open(work, {
    definition: 'supervision.cloud.task',
    data: {
      node: task.id,
      name: task.title,
      lead: task.lead ?? '',
      joint: task.joint,
      due,
      ...(task.division ? { division: task.division } : {}),
    },
    key: task.id,
    origin: { kind: 'supervision.cloud.node', id: task.id },
  })
  return id
}
