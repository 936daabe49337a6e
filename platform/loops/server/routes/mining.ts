import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, type Scope, words } from '#runtime'
import { actionsOf } from '../../generic-actions.ts'
import type { Engine } from '../engine.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'

const HoursOrNull = Type.Union([Type.Number(), Type.Null()])
const miningSchema = Type.Object({
  /** Matters opened in the time asked for. */
  matters: Type.Integer(),
  /** Share of them that came into a place where they had been before, 0 to 1. */
  rework: Type.Number(),
  places: Type.Array(
    Type.Object({
      id: Type.String(),
      title: wordsSchema,
      /** Arrivals, those of matters that had been there before among them. */
      arrivals: Type.Integer(),
      again: Type.Integer(),
      /** Median hours from an arrival to the next one elsewhere. */
      medianHours: HoursOrNull,
    }),
  ),
  ways: Type.Array(
    Type.Object({
      action: Type.String(),
      title: wordsSchema,
      from: textOrNull,
      to: Type.String(),
      times: Type.Integer(),
      medianHours: HoursOrNull,
    }),
  ),
  /** The ways that matters really went, the most frequent first. */
  paths: Type.Array(Type.Object({ places: Type.Array(Type.String()), matters: Type.Integer() })),
})

/** What the log says of a definition: real paths, waiting by place, rework. */
export const miningRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/mining/:definition',
    title: words('流程挖掘', 'Real paths and waiting, from the log'),
    right: 'loops.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ definition: Type.String({ maxLength: 100 }) }),
    query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, default: 90 })) }),
    response: miningSchema,
    example: {
      matters: 120,
      rework: 0.08,
      places: [],
      ways: [],
      paths: [{ places: ['handling', 'closed'], matters: 96 }],
    },
    handler: async ({ params, query: { days = 90 }, scope, work }) => {
      const definition = engine.definitions.get(params.definition)
      const title = (id: string) => definition.places[id]?.title ?? words(id, id)
      const steps = stepsOf(params.definition, days, work.at, scope)
      const { rows: ways } = await sql<WayRow>`with steps as (${steps})
        select action, from_place, place, count(*) as times, count(*) filter (where nth > 1) as again,
          percentile_cont(0.5) within group (order by extract(epoch from waited) / 3600.0)
            filter (where waited is not null) as hours
        from steps group by grouping sets ((action, from_place, place), (place))`.execute(work.tx)
      const { rows: paths } = await sql<PathRow>`with steps as (${steps}), ways as (
          select instance, array_agg(place order by revision) as places, bool_or(nth > 1) as again
          from steps group by instance)
        select places, count(*) as matters, count(*) filter (where again) as again,
          sum(count(*)) over ()::int as total, sum(count(*) filter (where again)) over ()::int as reworked
        from ways group by places order by matters desc limit 20`.execute(work.tx)
      const [first] = paths
      return {
        matters: first?.total ?? 0,
        rework: first ? Math.round((first.reworked / first.total) * 1000) / 1000 : 0,
        places: ways
          .filter(({ action }) => action === null)
          .map(({ place, times, again, hours }) => ({
            id: place,
            title: title(place),
            arrivals: times,
            again,
            medianHours: hours,
          })),
        ways: ways.flatMap(({ action, from_place, place, times, hours }) =>
          action === null
            ? []
            : [
                {
                  action,
                  title: actionsOf(definition)[action]?.title ?? words(action, action),
                  from: from_place,
                  to: place,
                  times,
                  medianHours: hours,
                },
              ],
        ),
        paths: paths.map(({ places, matters }) => ({ places, matters })),
      }
    },
  })

interface WayRow {
  readonly action: string | null
  readonly from_place: string | null
  readonly place: string
  readonly times: number
  readonly again: number
  readonly hours: number | null
}

interface PathRow {
  readonly places: readonly string[]
  readonly matters: number
  readonly total: number
  readonly reworked: number
}

/** Every arrival of the matters opened within the time and reach: which time it was there, and how long until it left. */
const stepsOf = (definition: string, days: number, now: Date, scope: Scope) => sql`
  select a.instance, a.revision, a.action, a.from_place, a.to_place as place,
    row_number() over (partition by a.instance, a.to_place order by a.revision) as nth,
    lead(a.at) over (partition by a.instance order by a.revision) - a.at as waited
  from loops.action a join loops.instance i on i.id = a.instance
  where i.definition = ${definition} and a.from_place is distinct from a.to_place
    and i.opened_at > ${now}::timestamptz - make_interval(days => ${days})
    and ${scope.reach === 'city' ? sql`true` : sql`starts_with(i.division, ${scope.division})`}`
