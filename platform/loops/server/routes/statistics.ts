import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { countable } from '../reach.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'

const lineSchema = Type.Object({
  definition: Type.String(),
  title: wordsSchema,
  division: textOrNull,
  open: Type.Integer(),
  overdue: Type.Integer(),
  /** Ended in the time asked for. */
  ended: Type.Integer(),
  endedLate: Type.Integer(),
  /** Mean hours from opening to end. */
  meanHours: Type.Union([Type.Number(), Type.Null()]),
})

interface Line extends Omit<Static<typeof lineSchema>, 'title'> {}

/** How many matters are open, overdue and ended, by kind and county, within the reach of the right. */
export const statisticsRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/statistics',
    title: words('事项统计', 'Statistics of matters'),
    right: 'loops.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660, default: 30 })) }),
    response: Type.Array(lineSchema),
    example: [
      {
        definition: 'air.exceedance',
        title: { zh: '空气超标处置', en: 'Air exceedance' },
        division: '370902',
        open: 3,
        overdue: 1,
        ended: 12,
        endedLate: 0,
        meanHours: 9.5,
      },
    ],
    handler: async ({ query, scope, actor, work }) => {
      const { days = 30 } = query
      const within = scope.reach === 'city' ? sql`true` : sql`starts_with(division, ${scope.division})`
      const { rows } = await sql<Line>`
        select definition, left(division, 6) as division,
          count(*) filter (where ended_at is null) as open,
          count(*) filter (where ended_at is null and due <= ${work.at}) as overdue,
          count(*) filter (where ended_at is not null) as ended,
          count(*) filter (where ended_at is not null and late) as "endedLate",
          round((avg(extract(epoch from ended_at - opened_at)) filter (where ended_at is not null) / 3600)::numeric, 1)::float8
            as "meanHours"
        from loops.instance i
        where (ended_at is null or ended_at > ${work.at}::timestamptz - make_interval(days => ${days})) and ${within}
          and ${countable(engine, actor)}
        group by 1, 2 order by 1, 2`.execute(work.tx)
      return rows.map((row) => ({ ...row, title: engine.definitions.titleOf(row.definition) }))
    },
  })
