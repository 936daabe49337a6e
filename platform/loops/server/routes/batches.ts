import { sql } from 'kysely'
import { type TSchema, Type } from 'typebox'
import { InvalidInput, NOTHING_PERSONAL, NotFound, type Route, route, type Words, words } from '#runtime'
import { unmapped } from '../batches/move.ts'
import { previewMove } from '../batches/preview.ts'
import { startBatch } from '../batches/run-batch.ts'
import type { Engine } from '../engine.ts'
import { listItems } from '../list-items.ts'
import { itemSchema, textOrNull, wordsSchema } from '../schemas.ts'
import { ById, DESIGN_RIGHT } from './store-schemas.ts'

const Plan = Type.Object(
  {
    to: Type.Integer({ minimum: 1 }),
    /** For places that the new version lacks or that are to be joined: old to new. */
    places: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
)
const Started = Type.Object({ id: Type.String(), total: Type.Integer() })
const Texts = Type.Array(Type.String())
const Example = Type.Object({
  id: Type.String(),
  headline: wordsSchema,
  from: Type.String(),
  to: Type.String(),
  holdersBefore: Texts,
  holdersAfter: Texts,
  dueBefore: textOrNull,
  dueAfter: textOrNull,
  problem: Type.Union([wordsSchema, Type.Null()]) as TSchema,
})

/** Running matters to another version, and how far a batch is. */
export const batchRoutes = (engine: Engine): Route[] => [
  previewRoute(engine),
  moveRoute(engine),
  progressRoute(),
  resultsRoute(engine),
]

const previewRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/definitions/:id/move/query',
    title: words('迁移预览', 'What a move of running matters would change, and for whom'),
    right: DESIGN_RIGHT,
    audit: NOTHING_PERSONAL,
    params: ById,
    body: Plan,
    response: Type.Object({
      total: Type.Integer(),
      places: Type.Array(Type.Object({ from: Type.String(), to: textOrNull, matters: Type.Integer() })),
      examples: Type.Array(Example),
      /** Titles of the posts and names of the people in the examples. */
      holders: Type.Record(Type.String(), wordsSchema),
    }),
    example: { total: 3, places: [{ from: 'handling', to: 'handling', matters: 3 }], examples: [], holders: {} },
    handler: async ({ params: { id }, body, work }) => previewMove(engine, work, { definition: id, ...body }),
  })

const moveRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/definitions/:id/move',
    title: words('迁移在办事项', 'Move running matters to a version'),
    right: DESIGN_RIGHT,
    audit: 'loops.definition.moved',
    params: ById,
    body: Plan,
    response: Started,
    example: { id: '4', total: 120 },
    handler: async ({ params: { id }, body, work }) => {
      const plan = { definition: id, ...body }
      const target = await engine.definitions.find(work.tx, id, body.to)
      const { rows } = await sql<{ place: string }>`select distinct place from loops.instance
        where definition = ${id} and version <> ${body.to} and ended_at is null`.execute(work.tx)
      const lost = unmapped(
        target,
        plan,
        rows.map(({ place }) => place),
      )
      if (lost.length > 0)
        throw new InvalidInput(
          'unmapped',
          words('请为新版没有的环节指定去向', 'Say where the places go that the new version lacks'),
          lost.map((place) => ({ path: `/places/${place}`, message: words('未指定', 'Not mapped') })),
        )
      const started = await startBatch(work, { kind: 'move', plan })
      work.audit({
        event: 'loops.definition.moved',
        subject: { kind: 'loops.definition', id },
        details: { to: body.to, batch: started.id, total: started.total },
      })
      return started
    },
  })

interface BatchView {
  readonly id: number
  readonly kind: string
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly ended_at: Date | null
}

const progressRoute = (): Route =>
  route({
    method: 'GET',
    path: '/api/loops/batches/:id',
    title: words('批量变更进度', 'How far a change of many matters is'),
    right: 'loops.hand-over',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
    response: Type.Object({
      id: Type.String(),
      kind: Type.String(),
      total: Type.Integer(),
      done: Type.Integer(),
      failed: Type.Integer(),
      endedAt: textOrNull,
      /** The first hundred that stayed as they were. */
      failures: Type.Array(Type.Object({ matter: Type.String(), why: wordsSchema })),
    }),
    example: { id: '4', kind: 'move', total: 120, done: 100, failed: 0, endedAt: null, failures: [] },
    handler: async ({ params, work }) => {
      const { rows } = await sql<BatchView>`select id, kind, total, done, failed, ended_at from loops.batch
        where id = ${params.id}`.execute(work.tx)
      const [batch] = rows
      if (!batch) throw new NotFound()
      const { rows: failures } = await sql<{ instance: number; why_zh: string; why_en: string }>`
        select instance, why_zh, why_en from loops.batch_result where batch = ${params.id}
        and why_zh is not null order by instance limit 100`.execute(work.tx)
      const { kind, total, done, failed } = batch
      return {
        id: String(batch.id),
        kind,
        total,
        done,
        failed,
        endedAt: batch.ended_at?.toISOString() ?? null,
        failures: failures.map(({ instance, why_zh, why_en }) => ({
          matter: String(instance),
          why: words(why_zh, why_en),
        })),
      }
    },
  })

const PAGE = 50

const resultsRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/batches/:id/results',
    title: words('批量变更结果', 'What became of each matter of a batch'),
    right: 'loops.hand-over',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
    query: Type.Object({ after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })) }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          matter: itemSchema,
          /** Why it stayed as it was; null: it was changed. */
          why: Type.Union([wordsSchema, Type.Null()]) as TSchema,
        }),
      ),
      next: textOrNull,
    }),
    example: { rows: [], next: null },
    handler: async ({ params, query, work }) => {
      const { rows } = await sql<ResultRow>`select instance, why_zh, why_en from loops.batch_result
        where batch = ${params.id} and instance > ${Number(query.after ?? 0)}
        order by instance limit ${PAGE + 1}`.execute(work.tx)
      const page = rows.slice(0, PAGE)
      const why = new Map(page.map((row) => [String(row.instance), whyOf(row)]))
      const items = await listItems(engine, work, page)
      return {
        rows: items.map((matter) => ({ matter, why: why.get(matter.id) ?? null })),
        next: rows.length > PAGE ? String(page.at(-1)?.instance) : null,
      }
    },
  })

interface ResultRow {
  readonly instance: number
  readonly why_zh: string | null
  readonly why_en: string | null
}

const whyOf = ({ why_zh, why_en }: ResultRow): Words | null =>
  why_zh === null || why_en === null ? null : words(why_zh, why_en)
