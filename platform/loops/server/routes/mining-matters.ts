import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { listItems } from '../list-items.ts'
import { mined, miningFilter, stepsOf } from '../mining-steps.ts'
import { numberOf } from '../number-of.ts'
import { itemExample, itemSchema } from '../schemas.ts'

const PAGE = 50
const place = Type.String({ maxLength: 60 })
const Query = Type.Object({
  ...miningFilter,
  /** Came into this place. */
  place: Type.Optional(place),
  /** Came again into this place, or into any. */
  again: Type.Optional(Type.Boolean()),
  /** Is in the place now. */
  now: Type.Optional(Type.Boolean()),
  /** Came into the place by this action. */
  action: Type.Optional(Type.String({ maxLength: 100 })),
  /** Came into the place from this one. */
  from: Type.Optional(place),
  /** Went exactly this way: places with commas between. */
  path: Type.Optional(Type.String({ maxLength: 4000 })),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
})

/** The matters behind a number of the mining, newest first. */
export const miningMattersRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/mining/:definition/matters',
    title: words('统计数字对应的事项', 'The matters behind a number'),
    right: 'loops.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ definition: Type.String({ maxLength: 100 }) }),
    query: Query,
    response: Type.Object({ rows: Type.Array(itemSchema), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [itemExample], next: null },
    handler: async ({ params, query, scope, actor, work }) => {
      const matters = mined(engine, params.definition, query, { actor, scope, at: work.at })
      const { rows } = await sql<{ instance: number }>`with steps as (${stepsOf(matters)})
        select i.id as instance from loops.instance i
        where ${matters} and ${behind(query)}
          and ${query.after === undefined ? sql`true` : sql`i.id < ${numberOf(query.after)}`}
        order by i.id desc limit ${PAGE + 1}`.execute(work.tx)
      const page = rows.slice(0, PAGE)
      const last = page.at(-1)
      return {
        rows: await listItems(engine, work, page),
        next: rows.length > PAGE && last ? String(last.instance) : null,
      }
    },
  })

/** What the number counts, as a condition on `loops.instance i` and the arrivals `steps`. */
function behind({ place, again, now, action, from, path }: Static<typeof Query>) {
  if (path !== undefined)
    return sql`(select array_agg(place order by revision) from steps where instance = i.id) = ${path.split(',')}::text[]`
  if (now) return sql`i.ended_at is null and i.place = ${place ?? null}`
  const arrival = [
    ...(place === undefined ? [] : [sql`place = ${place}`]),
    ...(again ? [sql`nth > 1`] : []),
    ...(action === undefined ? [] : [sql`action = ${action}`]),
    ...(from === undefined ? [] : [sql`from_place = ${from}`]),
  ]
  if (arrival.length === 0) return sql`true`
  return sql`i.id in (select instance from steps where ${sql.join(arrival, sql` and `)})`
}
