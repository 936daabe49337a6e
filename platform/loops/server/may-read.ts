import { sql } from 'kysely'
import type { Actor, Work } from '#runtime'
import type { Assignee, LoopDefinition } from '../contract.ts'
import { holdersOf, isOneOf } from './assignee.ts'
import type { Engine } from './engine.ts'
import type { Row } from './row.ts'
import { asList } from './walk-definition.ts'

/** Rights that let read, supervise or instruct every matter within their reach. */
const OVERSIGHT: readonly Assignee[] = ['loops.read', 'loops.supervise', 'loops.instruct'].map((right) => ({ right }))

/** Who may read by right and area: oversight, the definition's readers, and whoever could have to act in it. */
export const readersOf = (definition: LoopDefinition): readonly Assignee[] => [
  ...OVERSIGHT,
  ...(definition.readers ?? []),
  ...Object.values(definition.places).flatMap((place) => asList(place.assign)),
  ...Object.values(definition.actions).flatMap((action) => asList(action.who)),
]

/** Whether the actor had, has or watches the matter, did something in it, or may read it by right and area. */
export async function mayRead(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  actor: Actor,
): Promise<boolean> {
  if (actor.kind === 'system' || isPartOf(row, actor)) return true
  const byRight = readersOf(definition).filter((who) => 'right' in who)
  if (await isOneOf(engine, work, row, byRight, actor)) return true
  const byName = (definition.readers ?? []).filter((who) => !('right' in who))
  if (await isOneOf(engine, work, row, byName, actor)) return true
  return row.parent !== null && mayReadParent(engine, work, row.parent, actor)
}

function isPartOf({ holders, memory }: Row, actor: Actor): boolean {
  const mine = holdersOf(actor)
  const names = [
    ...[holders, ...Object.values(memory.held)].flat().map(({ who }) => who),
    ...Object.values(memory.done).flatMap(({ by }) => by),
    ...memory.watchers,
  ]
  return names.some((name) => mine.includes(name))
}

async function mayReadParent(engine: Engine, work: Work, id: number, actor: Actor): Promise<boolean> {
  const { rows } = await sql<Row>`select * from loops.instance where id = ${id}`.execute(work.tx)
  const [row] = rows
  if (!row) return false
  return mayRead(engine, work, await engine.definitions.find(work.tx, row.definition, row.version), row, actor)
}
