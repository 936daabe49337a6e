import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { type Actor, type App, type Scope, type Words, type Work, words } from '#runtime'
import { monthEnds } from './month-ends.ts'
import { type Node, nodesOf, type Plan, today } from './nodes.ts'
import { seen, type Units, unitsOf } from './sight.ts'
import { assessMilestones, assessNode, milestonesUnder, type Tree, tasksOf, treeOf } from './tree.ts'

export type By = 'unit' | 'county' | 'goal'
export type Outcome = 'onTime' | 'late' | 'overdue' | 'waiting' | 'open'
export const OUTCOMES = ['onTime', 'late', 'overdue', 'waiting', 'open'] as const

/** Where tasks of the city itself are counted among the counties. */
const CITY = '370900'
const NONE = 'none'

/** What the statistics are made of: the tasks within reach and how they fall into groups. */
export interface Ground {
  readonly plan: Plan
  readonly tree: Tree
  readonly day: string
  readonly groups: ReadonlyMap<string, readonly Node[]>
}

export async function groundOf(
  app: App,
  work: Work,
  plan: Plan,
  by: By,
  reader: { readonly actor: Actor; readonly scope: Scope },
): Promise<Ground> {
  const tree = treeOf(await nodesOf(app, work, plan.id))
  const visible = seen(tree, await unitsOf(app), reader.scope, reader.actor)
  const groups = new Map<string, Node[]>()
  for (const task of tasksOf(tree)) {
    if (!visible.has(task.id)) continue
    const key = keyOf(tree, task, by)
    const group = groups.get(key)
    if (group) group.push(task)
    else groups.set(key, [task])
  }
  return { plan, tree, day: today(app), groups }
}

function keyOf(tree: Tree, task: Node, by: By): string {
  if (by === 'unit') return task.lead ?? NONE
  if (by === 'county') return task.division?.slice(0, 6) ?? CITY
  let top = task
  for (let at: Node | undefined = task; at; at = at.parent ? tree.byId.get(at.parent) : undefined) top = at
  return top.id === task.id ? NONE : top.id
}

/** What became of a milestone by a day. */
export function outcomeOf({ due, achievedOn, reportedOn }: Node, day: string): Outcome {
  if (achievedOn !== undefined) return due !== undefined && achievedOn > due ? 'late' : 'onTime'
  if (reportedOn !== undefined && (due === undefined || reportedOn <= due)) return 'waiting'
  return due !== undefined && due < day ? 'overdue' : 'open'
}

export interface Group {
  readonly key: string
  readonly name: Words
  readonly tasks: number
  readonly milestones: number
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Tasks by light; `done` for closed ones. */
  readonly lights: Readonly<Record<string, number>>
  readonly planned: number
  readonly earned: number
  readonly spi: number | null
  readonly steps: Readonly<Record<string, number>>
  /** Schedule performance index at the ends of the months that have begun. */
  readonly series: readonly { readonly day: string; readonly spi: number | null }[]
}

/** A line for each unit, county or goal, in the order of its name. */
export async function statisticsOf(app: App, work: Work, ground: Ground, by: By): Promise<readonly Group[]> {
  const { tree, day, plan, groups } = ground
  const names = await namesOf(app, work, tree, [...groups.keys()], by)
  const all = [...groups.values()].flat().map(({ id }) => id)
  const { rows: steps } = await sql<{ node: string; step: string }>`select node, step from supervision_cloud.step
    where node = any(${all})`.execute(work.tx)
  const ends = monthEnds(plan.startsOn, plan.endsOn)
  const begun = [...ends.filter((end) => end < day), ...(day <= plan.endsOn ? [day] : [])]
  return [...groups]
    .map(([key, tasks]): Group => {
      const milestones = tasks.flatMap(({ id }) => milestonesUnder(tree, id))
      const ids = new Set(tasks.map(({ id }) => id))
      const { planned, earned, spi } = assessMilestones(app, tree, milestones, day, true)
      const outcomes = count(milestones.map((one) => outcomeOf(one, day)))
      return {
        key,
        name: names.get(key) ?? words(key, key),
        tasks: tasks.length,
        milestones: milestones.length,
        outcomes: Object.fromEntries(OUTCOMES.map((one) => [one, outcomes[one] ?? 0])) as Group['outcomes'],
        lights: count(tasks.map((task) => (task.state === 'done' ? 'done' : assessNode(app, tree, task, day).light))),
        planned,
        earned,
        spi,
        steps: count(steps.filter(({ node }) => ids.has(node)).map(({ step }) => step)),
        series: begun.map((end) => ({ day: end, spi: assessMilestones(app, tree, milestones, end, true).spi })),
      }
    })
    .toSorted((a, b) => (a.spi ?? 2) - (b.spi ?? 2) || a.name.zh.localeCompare(b.name.zh, 'zh'))
}

async function namesOf(
  app: App,
  work: Work,
  tree: Tree,
  keys: readonly string[],
  by: By,
): Promise<ReadonlyMap<string, Words>> {
  const none: readonly [string, Words] = [NONE, words('未归类', 'None')]
  if (by === 'county')
    return new Map([...(await app.use(identity).divisionNames(keys, work.tx)), [CITY, words('市级', 'City level')]])
  const units: Units = by === 'unit' ? await unitsOf(app) : new Map()
  return new Map([
    none,
    ...keys.flatMap((key): (readonly [string, Words])[] => {
      const title = tree.byId.get(key)?.title
      const name = by === 'unit' ? units.get(key)?.name : title === undefined ? undefined : words(title, title)
      return name ? [[key, name]] : []
    }),
  ])
}

const count = <K extends string>(values: readonly K[]): Partial<Record<K, number>> & Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts as Partial<Record<K, number>> & Record<string, number>
}
