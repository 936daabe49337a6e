import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { mined, miningFilter, namesOf, stepsOf } from '../mining-steps.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'
import { targetsOf } from '../walk-definition.ts'

const HoursOrNull = Type.Union([Type.Number(), Type.Null()])
const miningSchema = Type.Object({
  /** Matters opened in the time asked for. */
  matters: Type.Integer(),
  /** Those that came into a place where they had been before. */
  reworked: Type.Integer(),
  /** The same as a share, 0 to 1. */
  rework: Type.Number(),
  /** Places of the definition in force, and others where matters were. */
  places: Type.Array(
    Type.Object({
      id: Type.String(),
      title: wordsSchema,
      kind: Type.Union([Type.Literal('open'), Type.Literal('waiting'), Type.Literal('end')]),
      start: Type.Boolean(),
      /** Arrivals, those of matters that had been there before among them. */
      arrivals: Type.Integer(),
      again: Type.Integer(),
      /** Open matters that are there now. */
      now: Type.Integer(),
      /** Hours from an arrival to the next one elsewhere: half take no longer, nine in ten take no longer. */
      medianHours: HoursOrNull,
      slowHours: HoursOrNull,
    }),
  ),
  ways: Type.Array(
    Type.Object({
      action: Type.String(),
      title: wordsSchema,
      from: textOrNull,
      to: Type.String(),
      times: Type.Integer(),
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
    query: Type.Object(miningFilter),
    response: miningSchema,
    example: {
      matters: 120,
      reworked: 10,
      rework: 0.083,
      places: [],
      ways: [],
      paths: [{ places: ['handling', 'closed'], matters: 96 }],
    },
    handler: async ({ params, query, scope, actor, work }) => {
      const definition = engine.definitions.get(params.definition)
      const names = namesOf(engine, params.definition)
      const matters = mined(engine, params.definition, query, { actor, scope, at: work.at })
      const { rows: ways } = await sql<WayRow>`with steps as (${stepsOf(matters)})
        select action, from_place, place, count(*) as times, count(*) filter (where nth > 1) as again,
          percentile_cont(0.5) within group (order by extract(epoch from waited) / 3600.0)
            filter (where waited is not null) as hours,
          percentile_cont(0.9) within group (order by extract(epoch from waited) / 3600.0)
            filter (where waited is not null) as slow
        from steps group by grouping sets ((action, from_place, place), (place))`.execute(work.tx)
      const { rows: paths } = await sql<PathRow>`with steps as (${stepsOf(matters)}), ways as (
          select instance, array_agg(place order by revision) as places, bool_or(nth > 1) as again
          from steps group by instance)
        select places, count(*) as matters, count(*) filter (where again) as again,
          sum(count(*)) over ()::int as total, sum(count(*) filter (where again)) over ()::int as reworked
        from ways group by places order by matters desc limit 20`.execute(work.tx)
      const { rows: open } = await sql<{ place: string; n: number }>`select place, count(*) as n
        from loops.instance i where ${matters} and i.ended_at is null group by place`.execute(work.tx)
      const seen = new Map(ways.filter(({ action }) => action === null).map((row) => [row.place, row]))
      const waiting = new Map(open.map(({ place, n }) => [place, n]))
      const starts = targetsOf(definition.start)
      const [first] = paths
      return {
        matters: first?.total ?? 0,
        reworked: first?.reworked ?? 0,
        rework: first ? Math.round((first.reworked / first.total) * 1000) / 1000 : 0,
        places: [...new Set([...Object.keys(definition.places), ...seen.keys()])].map((id) => ({
          id,
          title: names.place(id),
          kind: names.kind(id),
          start: starts.includes(id),
          arrivals: seen.get(id)?.times ?? 0,
          again: seen.get(id)?.again ?? 0,
          now: waiting.get(id) ?? 0,
          medianHours: seen.get(id)?.hours ?? null,
          slowHours: seen.get(id)?.slow ?? null,
        })),
        ways: ways.flatMap(({ action, from_place, place, times }) =>
          action === null ? [] : [{ action, title: names.action(action), from: from_place, to: place, times }],
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
  readonly slow: number | null
}

interface PathRow {
  readonly places: readonly string[]
  readonly matters: number
  readonly total: number
  readonly reworked: number
}
