import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#runtime'
import { holdersOf } from './assignee.ts'
import type { Engine } from './engine.ts'
import { readersOf } from './may-read.ts'

/**
 * The matters an actor may read, as a condition on `loops.instance i`: those of which he is a part, and by right and area
 * those of each definition.
 */
export function readable(engine: Engine, actor: Actor): RawBuilder<unknown> {
  const whole: string[] = []
  const areas = new Map<string, string[]>()
  const newest = new Map(engine.definitions.all().map((definition) => [definition.id, definition]))
  for (const definition of newest.values()) {
    const scopes = readersOf(definition).flatMap((who) => {
      const isByArea = 'right' in who && !('organisationIn' in who) && typeof who.of !== 'object'
      return isByArea ? (actor.rights.get(who.right) ?? []) : []
    })
    if (scopes.some(({ reach }) => reach === 'city')) whole.push(definition.id)
    else
      for (const { reach, division } of scopes)
        if (reach !== 'own' && division) areas.set(division, [...(areas.get(division) ?? []), definition.id])
  }
  const parts = [
    sql`exists (select from loops.inbox b where b.instance = i.id and b.holder = any(${holdersOf(actor)}))`,
    ...(whole.length > 0 ? [sql`i.definition = any(${whole})`] : []),
    ...[...areas].map(([division, ids]) => sql`(i.definition = any(${ids}) and starts_with(i.division, ${division}))`),
  ]
  return sql`(${sql.join(parts, sql` or `)})`
}
