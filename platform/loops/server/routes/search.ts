import { type RawBuilder, sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { contains, gramsOf } from '../find-text.ts'
import { listItems } from '../list-items.ts'
import { readable } from '../reach.ts'
import { decodeCursor, encodeCursor, filterSchema, itemExample, itemSchema } from '../schemas.ts'

interface Found {
  readonly instance: number
  readonly at: Date
}

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
        ...(definition === undefined ? [] : [sql`i.definition = ${definition}`]),
        ...(place === undefined ? [] : [sql`i.place = ${place}`]),
        ...(division === undefined ? [] : [sql`starts_with(i.division, ${division})`]),
        ...(ended === undefined ? [] : [ended ? sql`i.ended_at is not null` : sql`i.ended_at is null`]),
        ...(kind === undefined ? [] : [sql`i.origin_kind = ${kind} and i.origin_id = ${id.join(':')}`]),
        ...(after ? [sql`i.id < ${after[1]}`] : []),
        ...(light === undefined ? [] : [LIGHTS[light](now)]),
        readable(engine, actor),
      ]
      const rows = await (text && kind === undefined
        ? withText(work, text, conditions, after?.[1], limit + 1)
        : newest(work, sql`loops.instance i`, [...(text ? [holds(text)] : []), ...conditions], limit + 1))
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

/** So many of the newest matters are looked through for a text before the index of texts is asked. */
const LOOKED_THROUGH = 5_000

/**
 * A text that is in many matters fills the page with the newest ones, where the index would gather all of them first; one
 * that is in few is found by the index.
 */
async function withText(
  work: Work,
  text: string,
  conditions: readonly RawBuilder<unknown>[],
  before: number | undefined,
  limit: number,
): Promise<readonly Found[]> {
  const older = before === undefined ? sql`` : sql`where id < ${before}`
  const recent = sql`(select * from loops.instance ${older} order by id desc limit ${LOOKED_THROUGH}) i`
  const found = await newest(work, recent, [holds(text), ...conditions], limit)
  if (found.length === limit) return found
  const indexed = sql`(select * from loops.instance
    where loops.grams(headline_zh, headline_en) @@ ${gramsOf(text)}::tsquery offset 0) i`
  return newest(work, indexed, [holds(text), ...conditions], limit)
}

const holds = (text: string) => sql`(${contains(sql`i.headline_zh`, text)} or ${contains(sql`i.headline_en`, text)})`

async function newest(
  work: Work,
  from: RawBuilder<unknown>,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`select i.id as instance, i.acted_at as at from ${from}
    where ${sql.join(conditions, sql` and `)} order by i.id desc limit ${limit}`.execute(work.tx)
  return rows
}

const LIGHTS = {
  red: (now: Date) => sql`i.due <= ${now}`,
  yellow: (now: Date) => sql`i.due > ${now} and i.warn <= ${now}`,
  green: (now: Date) => sql`i.due > ${now} and i.warn > ${now}`,
  grey: () => sql`i.due is null`,
}
