import { sql } from 'kysely'
import { type TSchema, Type } from 'typebox'
import { NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import type { LoopDefinition } from '../../contract.ts'
import type { Engine } from '../engine.ts'
import { contains } from '../find-text.ts'
import { holderTitles } from '../holder-titles.ts'
import { namesOf } from '../mining-steps.ts'
import { countable } from '../reach.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'
import { type ShownField, shownFields } from '../shown-fields.ts'

const PAGE = 50

interface RulingRow {
  readonly id: number
  readonly definition: string
  readonly place: string
  readonly subject: string
  readonly holder: string
  readonly instance: number
  readonly reason: string
  readonly ruled_at: Date
  readonly withdrawn_at: Date | null
  readonly in_force: boolean
}

const rulingSchema = Type.Object({
  id: Type.Integer(),
  definition: wordsSchema,
  /** Title of the place from which matters go to the holder. */
  place: wordsSchema,
  /** Fields that name the subject, with their values. */
  subject: Type.Array(Type.Object({ name: Type.String(), title: wordsSchema, value: wordsSchema })),
  holder: wordsSchema,
  /** The matter on which it was ruled. */
  matter: Type.String(),
  reason: Type.String(),
  ruledAt: Type.String(),
  withdrawnAt: textOrNull,
  /** The next matter of the subject follows this one: neither withdrawn nor replaced by a later ruling. */
  inForce: Type.Boolean(),
})

/** Rulings that are remembered, and the end of one that is not right any more. */
export const rulingRoutes = (engine: Engine): Route[] => [
  route({
    method: 'GET',
    path: '/api/loops/rulings',
    title: words('裁定记录', 'Rulings that are remembered'),
    right: 'loops.supervise',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      definition: Type.Optional(Type.String({ maxLength: 100 })),
      /** Part of the subject's values or of the reason. */
      text: Type.Optional(Type.String({ maxLength: 100 })),
      /** Also those that were withdrawn. */
      withdrawn: Type.Optional(Type.Boolean()),
      after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
    }),
    response: Type.Object({ rows: Type.Array(rulingSchema), next: textOrNull as TSchema }),
    example: { rows: [], next: null },
    handler: async ({ query: { definition, text, withdrawn = false, after }, actor, work }) => {
      const { rows } = await sql<RulingRow>`select r.*, r.withdrawn_at is null and not exists (
          select 1 from loops.ruling later where later.definition = r.definition and later.place = r.place
            and later.subject = r.subject and later.withdrawn_at is null and later.id > r.id) as in_force
        from loops.ruling r join loops.instance i on i.id = r.instance
        where ${withdrawn ? sql`true` : sql`r.withdrawn_at is null`}
          and ${definition === undefined ? sql`true` : sql`r.definition = ${definition}`}
          and ${countable(engine, actor)}
          and ${text ? sql`(${contains(sql`r.subject`, text)} or ${contains(sql`r.reason`, text)})` : sql`true`}
          and ${after === undefined ? sql`true` : sql`r.id < ${Number(after)}`}
        order by r.id desc limit ${PAGE + 1}`.execute(work.tx)
      const page = rows.slice(0, PAGE)
      const titles = await holderTitles(
        engine,
        work,
        page.map(({ holder }) => ({ who: holder })),
      )
      const shown = []
      for (const row of page)
        shown.push({
          id: row.id,
          definition: engine.definitions.titleOf(row.definition),
          place: namesOf(engine, row.definition).place(row.place),
          subject: await subjectOf(engine, work, row),
          holder: titles({ who: row.holder }),
          matter: String(row.instance),
          reason: row.reason,
          ruledAt: row.ruled_at.toISOString(),
          withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
          inForce: row.in_force,
        })
      return { rows: shown, next: rows.length > PAGE ? String(page.at(-1)?.id) : null }
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

/** The subject in words, by the fields that the definition of the ruled matter names. */
async function subjectOf(engine: Engine, work: Work, { instance, subject }: RulingRow): Promise<ShownField[]> {
  const { rows } = await sql<{ definition: string; version: number }>`
    select definition, version from loops.instance where id = ${instance}`.execute(work.tx)
  const [matter] = rows
  if (!matter) throw new NotFound()
  const definition: LoopDefinition = await engine.definitions.find(work.tx, matter.definition, matter.version)
  const values = JSON.parse(subject) as readonly unknown[]
  const named = Object.fromEntries((definition.refusal?.subject ?? []).map((field, n) => [field, values[n]]))
  return shownFields(engine, work, definition.data, named)
}
