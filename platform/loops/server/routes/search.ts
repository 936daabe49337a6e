import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { listItems } from '../list-items.ts'
import { readable } from '../reach.ts'
import { decodeCursor, encodeCursor, filterSchema, itemExample, itemSchema, likePattern } from '../schemas.ts'

/** Every matter that the caller may read, newest first. */
export const searchRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops',
    title: words('事项查询', 'Find matters'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      ...filterSchema,
      place: Type.Optional(Type.String({ maxLength: 60 })),
      ended: Type.Optional(Type.Boolean()),
      origin: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^:]+:.+$' })),
    }),
    response: Type.Object({ rows: Type.Array(itemSchema), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [itemExample], next: null },
    handler: async ({ query, actor, work }) => {
      const { limit = 50, definition, division, light, text, place, ended } = query
      const [kind, ...id] = query.origin?.split(':') ?? []
      const now = work.at
      const after = decodeCursor(query.after)
      const conditions = [
        readable(engine, actor),
        ...(definition === undefined ? [] : [sql`i.definition = ${definition}`]),
        ...(place === undefined ? [] : [sql`i.place = ${place}`]),
        ...(division === undefined ? [] : [sql`starts_with(i.division, ${division})`]),
        ...(ended === undefined ? [] : [ended ? sql`i.ended_at is not null` : sql`i.ended_at is null`]),
        ...(text ? [sql`(i.headline_zh ilike ${likePattern(text)} or i.headline_en ilike ${likePattern(text)})`] : []),
        ...(kind === undefined ? [] : [sql`i.origin_kind = ${kind} and i.origin_id = ${id.join(':')}`]),
        ...(after ? [sql`i.id < ${after[1]}`] : []),
        ...(light === undefined ? [] : [LIGHTS[light](now)]),
      ]
      const { rows } = await sql<{ instance: number; at: Date }>`select i.id as instance, i.acted_at as at
        from loops.instance i where ${sql.join(conditions, sql` and `)}
        order by i.id desc limit ${limit + 1}`.execute(work.tx)
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        rows: await listItems(
          engine,
          work,
          page.map(({ instance, at }) => ({ instance, since: at })),
        ),
        next: rows.length > limit && last ? encodeCursor(['', last.instance]) : null,
      }
    },
  })

const LIGHTS = {
  red: (now: Date) => sql`i.due <= ${now}`,
  yellow: (now: Date) => sql`i.due > ${now} and i.warn <= ${now}`,
  green: (now: Date) => sql`i.due > ${now} and i.warn > ${now}`,
  grey: () => sql`i.due is null`,
}
