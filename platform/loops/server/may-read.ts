import { sql } from 'kysely'
import { type Actor, type Words, type Work, words } from '#runtime'
import type { Assignee, LoopDefinition } from '../contract.ts'
import { holdersOf, isOneOf } from './assignee.ts'
import type { Engine } from './engine.ts'
import type { Row } from './row.ts'
import { asList } from './walk-definition.ts'

/** Rights that let read, supervise or instruct every matter within their reach. */
const OVERSIGHT: readonly Assignee[] = ['loops.read', 'loops.supervise', 'loops.instruct'].map((right) => ({ right }))

/**
 * Who may read by right and area: oversight, the definition's readers, and whoever could have to act in it; of a
 * confidential kind only its readers and its own right.
 */
export const readersOf = ({ confidential, readers = [], places, actions }: LoopDefinition): readonly Assignee[] =>
  confidential
    ? [confidential, ...readers]
    : [
        ...OVERSIGHT,
        ...readers,
        ...Object.values(places).flatMap((place) => asList(place.assign)),
        ...Object.values(actions).flatMap((action) => asList(action.who)),
      ]

/** Those who find somebody for a matter that nobody is there for. */
export const overseer = ({ confidential }: LoopDefinition): Assignee => confidential ?? { right: 'loops.supervise' }

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
  return row.parent !== null && !definition.confidential && mayReadParent(engine, work, row.parent, actor)
}

/** What a list may say of a matter that is in it for another reason than that the reader may read it. */
export async function shownHeadline(engine: Engine, work: Work, definition: LoopDefinition, row: Row): Promise<Words> {
  const isHidden = definition.confidential && !(await mayRead(engine, work, definition, row, work.actor))
  return isHidden ? words('不公开事项', 'Confidential matter') : { zh: row.headline_zh, en: row.headline_en }
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
