import { type RawBuilder, sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { type Actor, NotFound, type Scope, type Words, words } from '#runtime'
import type { Place } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import type { Engine } from './engine.ts'
import { countable, isHidden } from './reach.ts'

/** Which matters of a definition are looked at. */
export const miningFilter = {
  /** Opened within so many days. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, default: 90 })),
  /** In this division and below. */
  division: Type.Optional(Type.String({ pattern: '^[0-9a-z.-]{2,40}$' })),
}
const shape = Type.Object(miningFilter)
export type MiningFilter = Static<typeof shape>

/** Who looks, from where and when. */
interface Reader {
  readonly actor: Actor
  readonly scope: Scope
  readonly at: Date
}

/**
 * The matters looked at, as a condition on `loops.instance i`; never beyond the reader's reach.
 * @throws NotFound for a kind that is confidential in every version and that the reader does not see everywhere
 */
export function mined(
  engine: Engine,
  definition: string,
  { days = 90, division }: MiningFilter,
  { actor, scope, at }: Reader,
) {
  if (isHidden(engine, definition, actor)) throw new NotFound()
  return sql`i.definition = ${definition} and i.opened_at > ${at}::timestamptz - make_interval(days => ${days})
    and ${scope.reach === 'city' ? sql`true` : sql`starts_with(i.division, ${scope.division})`}
    and ${division === undefined ? sql`true` : sql`starts_with(i.division, ${division})`}
    and ${countable(engine, actor)}`
}

/** Every arrival of the matters looked at: which time it was there, and how long until it left. */
export const stepsOf = (matters: RawBuilder<unknown>) => sql`
  select a.instance, a.revision, a.action, a.from_place, a.to_place as place,
    row_number() over (partition by a.instance, a.to_place order by a.revision) as nth,
    lead(a.at) over (partition by a.instance order by a.revision) - a.at as waited
  from loops.action a join loops.instance i on i.id = a.instance
  where ${matters} and a.from_place is distinct from a.to_place`

/** What the places and actions of a definition are called, those of older versions among them. */
export function namesOf({ definitions }: Engine, definition: string) {
  const versions = [...definitions.all().filter(({ id }) => id === definition), definitions.get(definition)]
  const places: Readonly<Record<string, Place>> = Object.assign({}, ...versions.map((one) => one.places))
  const actions = Object.assign({}, ...versions.map(actionsOf)) as ReturnType<typeof actionsOf>
  const named = (id: string, titled: { readonly title: Words } | undefined) => titled?.title ?? words(id, id)
  return {
    kind: (id: string) => places[id]?.kind ?? 'open',
    place: (id: string) => named(id, places[id]),
    action: (id: string) => named(id, actions[id]),
  }
}
