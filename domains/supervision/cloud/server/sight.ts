import { covers, identity, type Organisation } from '#platform/identity'
import { type Actor, type App, NotFound, type Scope } from '#runtime'
import type { Node } from './nodes.ts'
import type { Tree } from './tree.ts'

export type Units = ReadonlyMap<string, Organisation>

export async function unitsOf(app: App): Promise<Units> {
  const all = await app.use(identity).organisations()
  return new Map(all.map((unit) => [unit.id, unit]))
}

/** Whether a task is within reach: its lead or one of its joint units is. */
export function maySeeTask(units: Units, scope: Scope, actor: Actor, node: Node): boolean {
  if (scope.reach === 'city') return true
  return [...(node.lead ? [node.lead] : []), ...node.joint].some((id) => {
    const path = units.get(id)?.path
    return path !== undefined && covers(scope, actor, { path })
  })
}

/** Ids that a reader may see: tasks within reach, their milestones, and the goals above them. */
export function seen(tree: Tree, units: Units, scope: Scope, actor: Actor): ReadonlySet<string> {
  if (scope.reach === 'city') return new Set(tree.byId.keys())
  const ids = new Set<string>()
  for (const node of tree.nodes) {
    if (node.kind !== 'task' || !maySeeTask(units, scope, actor, node)) continue
    for (const child of tree.children.get(node.id) ?? []) ids.add(child.id)
    for (let at: Node | undefined = node; at && !ids.has(at.id); at = at.parent ? tree.byId.get(at.parent) : undefined)
      ids.add(at.id)
  }
  return ids
}

/** @throws NotFound when it is not the reader's */
export function mustSee(units: Units, scope: Scope, actor: Actor, node: Node): void {
  if (!maySeeTask(units, scope, actor, node)) throw new NotFound()
}
