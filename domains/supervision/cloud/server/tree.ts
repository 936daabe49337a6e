import { rules } from '#platform/rules'
import type { App } from '#runtime'
import type { Assessed, Counted } from '../rules/light.ts'
import type { Node } from './nodes.ts'

/** The tree of a plan, ready for questions. */
export interface Tree {
  readonly nodes: readonly Node[]
  readonly byId: ReadonlyMap<string, Node>
  readonly children: ReadonlyMap<string | undefined, readonly Node[]>
  /** Share of each node in the whole plan, 0 to 1. Those merged into others have none. */
  readonly shares: ReadonlyMap<string, number>
}

export function treeOf(nodes: readonly Node[]): Tree {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const children = new Map<string | undefined, Node[]>()
  for (const node of nodes) {
    const list = children.get(node.parent)
    if (list) list.push(node)
    else children.set(node.parent, [node])
  }
  const shares = new Map<string, number>()
  const spread = (parent: string | undefined, share: number, depth: number): void => {
    if (depth > 12) return
    const counting = (children.get(parent) ?? []).filter(({ state }) => state !== 'merged')
    const whole = counting.reduce((sum, { weight }) => sum + weight, 0)
    for (const node of counting) {
      const own = whole === 0 ? 0 : (share * node.weight) / whole
      shares.set(node.id, own)
      spread(node.id, own, depth + 1)
    }
  }
  spread(undefined, 1, 0)
  return { nodes, byId, children, shares }
}

/** Milestones at or below a node (all without one) that count. */
export function milestonesUnder(tree: Tree, id: string | undefined): readonly Node[] {
  const own = id === undefined ? undefined : tree.byId.get(id)
  if (own?.kind === 'milestone') return tree.shares.has(own.id) ? [own] : []
  return (tree.children.get(id) ?? []).flatMap((child) =>
    child.state === 'merged' ? [] : milestonesUnder(tree, child.id),
  )
}

export const tasksOf = (tree: Tree): readonly Node[] =>
  tree.nodes.filter(({ kind, state }) => kind === 'task' && state !== 'merged')

/** Light, planned and earned value of some milestones on a day, by the rule in force then, relative to their own sum. */
export function assessMilestones(
  app: App,
  tree: Tree,
  milestones: readonly Node[],
  day: string,
  whole: boolean,
): Assessed & { readonly pack: string } {
  const sum = milestones.reduce((total, { id }) => total + (tree.shares.get(id) ?? 0), 0)
  const counted = milestones.flatMap((node): Counted[] =>
    node.due === undefined
      ? []
      : [
          {
            weight: sum === 0 ? 0 : Math.min(1, (tree.shares.get(node.id) ?? 0) / sum),
            due: node.due,
            achievedOn: node.achievedOn ?? null,
            reportedOn: node.reportedOn ?? null,
          },
        ],
  )
  const { result, pack } = app
    .use(rules)
    .evaluate('supervision.cloud.light', { day, milestones: counted, whole }, { at: new Date(`${day}T12:00:00+08:00`) })
  return { ...(result as Assessed), pack }
}

export const assessNode = (app: App, tree: Tree, node: Node, day: string) =>
  assessMilestones(app, tree, milestonesUnder(tree, node.id), day, node.kind === 'goal')
