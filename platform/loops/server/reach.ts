import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { holdersOf } from './assignee.ts'
import type { Engine } from './engine.ts'
import { readersOf } from './may-read.ts'

/**
 * The matters an actor may read, as a condition on `loops.instance i`: those of which he is a part, and by right and area
 * those of each version of each definition.
 */
export function readable(engine: Engine, actor: Actor): RawBuilder<unknown> {
  const whole: LoopDefinition[] = []
  const areas = new Map<string, LoopDefinition[]>()
  for (const definition of engine.definitions.all()) {
    const scopes = readersOf(definition).flatMap((who) => {
      const isByArea = 'right' in who && !('organisationIn' in who) && typeof who.of !== 'object'
      return isByArea ? (actor.rights.get(who.right) ?? []) : []
    })
    if (scopes.some(({ reach }) => reach === 'city')) whole.push(definition)
    else
      for (const { reach, division } of scopes)
        if (reach !== 'own' && division) areas.set(division, [...(areas.get(division) ?? []), definition])
  }
  const parts = [
    sql`exists (select from loops.inbox b where b.instance = i.id and b.holder = any(${holdersOf(actor)}))`,
    following(engine, whole),
    ...[...areas].map(
      ([division, versions]) => sql`(${following(engine, versions)} and starts_with(i.division, ${division}))`,
    ),
  ]
  return sql`(${sql.join(parts, sql` or `)})`
}

/**
 * What somebody may count, as a condition on `loops.instance i`: not the matters of confidential versions that he does not
 * see everywhere.
 */
export const countable = (engine: Engine, actor: Actor): RawBuilder<unknown> =>
  sql`not ${following(engine, engine.definitions.all().filter(isHiddenFrom(actor)))}`

/** Whether every matter of a kind is kept from what somebody counts. */
export const isHidden = (engine: Engine, id: string, actor: Actor): boolean =>
  engine.definitions
    .all()
    .filter((definition) => definition.id === id)
    .every(isHiddenFrom(actor))

const isHiddenFrom =
  ({ rights }: Actor) =>
  ({ confidential }: LoopDefinition): boolean =>
    confidential !== undefined && rights.get(confidential.right)?.reach !== 'city'

/** The matters that follow these versions: by kind alone where all of a kind are meant, as almost always. */
function following({ definitions }: Engine, versions: readonly LoopDefinition[]): RawBuilder<unknown> {
  const known = Map.groupBy(definitions.all(), ({ id }) => id)
  const meant = [...Map.groupBy(versions, ({ id }) => id)]
  const isWhole = ([id, some]: (typeof meant)[number]) => some.length === known.get(id)?.length
  const whole = meant.filter(isWhole).map(([id]) => id)
  const parts = meant
    .filter((kind) => !isWhole(kind))
    .map(([id, some]) => sql`(i.definition = ${id} and i.version = any(${some.map(({ version }) => version)}::int[]))`)
  return sql`(${sql.join([sql`i.definition = any(${whole}::text[])`, ...parts], sql` or `)})`
}
