import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { wordsSchema } from '../schemas.ts'
import { postTitles } from '../time-line.ts'

interface RulingRow {
  readonly id: number
  readonly definition: string
  readonly place: string
  readonly subject: string
  readonly holder: string
  readonly instance: number
  readonly reason: string
  readonly ruled_at: Date
}

/** Rulings that are remembered, and the end of one that is not right any more. */
export const rulingRoutes = (engine: Engine): Route[] => [
  route({
    method: 'GET',
    path: '/api/loops/rulings',
    title: words('裁定记录', 'Rulings that are remembered'),
    right: 'loops.supervise',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.Integer(),
          definition: wordsSchema,
          place: Type.String(),
          /** Values of the fields that name the subject. */
          subject: Type.Array(Type.String()),
          holder: wordsSchema,
          matter: Type.String(),
          reason: Type.String(),
          ruledAt: Type.String(),
        }),
      ),
      next: Type.Union([Type.Integer(), Type.Null()]),
    }),
    example: { rows: [], next: null },
    handler: async ({ query, work }) => {
      const { rows } = await sql<RulingRow>`select id, definition, place, subject, holder, instance, reason, ruled_at
        from loops.ruling where withdrawn_at is null and id < ${query.after ?? Number.MAX_SAFE_INTEGER}
        order by id desc limit 101`.execute(work.tx)
      const page = rows.slice(0, 100)
      const ids = page.map(({ holder }) => holder.replace(/^(post|account):/, ''))
      const titles = await postTitles(engine, work, ids)
      return {
        rows: page.map(({ id, definition, place, subject, holder, instance, reason, ruled_at }) => ({
          id,
          definition: engine.definitions.titleOf(definition),
          place,
          subject: (JSON.parse(subject) as unknown[]).map((value) => String(value ?? '')),
          holder: titles.get(holder.replace(/^(post|account):/, '')) ?? words(holder, holder),
          matter: String(instance),
          reason,
          ruledAt: ruled_at.toISOString(),
        })),
        next: rows.length > 100 ? (page.at(-1)?.id ?? null) : null,
      }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/loops/rulings/:id',
    title: words('撤销裁定', 'Withdraw a ruling'),
    right: 'loops.supervise',
    audit: 'loops.ruling.withdrawn',
    params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
    response: Type.Object({ ok: Type.Boolean() }),
    example: { ok: true },
    handler: async ({ params: { id }, work }) => {
      const { rows } = await sql`update loops.ruling set withdrawn_at = ${work.at}, withdrawn_by = ${work.actor.id}
        where id = ${id} and withdrawn_at is null returning id`.execute(work.tx)
      if (rows.length === 0) throw new NotFound()
      work.audit({ event: 'loops.ruling.withdrawn', subject: { kind: 'loops.ruling', id: String(id) } })
      return { ok: true }
    },
  }),
]
