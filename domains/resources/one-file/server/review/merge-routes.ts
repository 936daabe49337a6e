import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { unsealedRows } from '#platform/registry'
import { type App, InvalidInput, NotFound, type Route, route, type Work, words } from '#runtime'
import { readingOf, SHOWING } from '../../declarations/readings.ts'
import { orderRun } from '../jobs.ts'
import { type Ref, refText } from '../refs.ts'
import { textOf } from '../run/read-part.ts'
import { lookAgain } from '../run/records.ts'
import { openBatch } from './open-batch.ts'

const reason = Type.String({ minLength: 2, maxLength: 500 })
const Id = Type.Object({ id: Type.String({ pattern: '^\\d{1,12}$' }) })

/** A steward takes files apart, or asks that two become one. */
export const mergeRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/api/one-file/entities/:id/split',
    title: words('把记录从档案中拆出', 'Take records out of a file'),
    right: 'one-file.steward',
    audit: 'one-file.entity.split',
    params: Id,
    body: Type.Object(
      { records: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 200 }), reason },
      { additionalProperties: false },
    ),
    response: Type.Object({ decided: Type.Integer() }),
    example: { decided: 1 },
    handler: async ({ params, body, work }) => {
      const decided = await split(work, Number(params.id), body.records, body.reason)
      work.audit({
        event: 'one-file.entity.split',
        subject: { kind: 'one-file.entity', id: params.id },
        details: { records: body.records, reason: body.reason },
      })
      return { decided }
    },
  }),
  route({
    method: 'POST',
    path: '/api/one-file/entities/:id/merge',
    title: words('申请与另一份档案合并', 'Ask that two files become one'),
    right: 'one-file.steward',
    audit: 'one-file.entity.merged',
    params: Id,
    body: Type.Object({ other: Type.String({ pattern: '^\\d{1,12}$' }), reason }, { additionalProperties: false }),
    response: Type.Object({ batch: Type.String() }),
    example: { batch: '12' },
    handler: async ({ params, body, work }) => {
      const batch = await askMerge(app, work, Number(params.id), Number(body.other))
      work.audit({
        event: 'one-file.entity.merged',
        subject: { kind: 'one-file.entity', id: params.id },
        details: { other: body.other, reason: body.reason },
      })
      return { batch: String(batch) }
    },
  }),
]

interface Linked extends Ref {
  readonly kind: 'person' | 'firm'
}

async function recordsOf(work: Work, entity: number): Promise<readonly Linked[]> {
  const { rows } = await sql<Linked>`select dataset, row, part, kind from one_file.record where entity = ${entity}
    order by (number_key is not null) desc, dataset, row limit 2000`.execute(work.tx)
  if (rows.length === 0) throw new NotFound()
  return rows
}

/**
 * Each record taken out must never be with one that stays; the first taken out must be with the others. The decision
 * outlives later runs; earlier merges of the same records by a person end with it.
 */
async function split(work: Work, entity: number, out: readonly string[], why: string): Promise<number> {
  const all = await recordsOf(work, entity)
  const leaving = all.filter((record) => out.includes(refText(record)))
  const staying = all.filter((record) => !out.includes(refText(record)))
  const [first] = leaving
  if (leaving.length !== new Set(out).size || !first || staying.length === 0)
    throw new InvalidInput(
      'wrong-records',
      words('请选择属于本档案的一部分记录', 'Choose some, and not all, of the records of this file'),
    )
  const [texts, kept] = [leaving.map(refText), staying.map(refText)]
  await sql`update one_file.decision set ended_at = ${work.at} where ended_at is null and same
    and ((a = any(${texts}) and b = any(${kept})) or (b = any(${texts}) and a = any(${kept})))`.execute(work.tx)
  const apart = leaving.flatMap((record) => staying.map((other) => [refText(record), refText(other), false] as const))
  const together = leaving.slice(1).map((record) => [refText(first), refText(record), true] as const)
  const decided = [...apart, ...together]
  await sql`insert into one_file.decision (kind, a, b, same, by, at, reason, split)
    select ${first.kind}, a, b, same, ${work.actor.id}, ${work.at}, ${why}, ${randomUUID()}::uuid
    from unnest(${decided.map(([a]) => a)}::text[], ${decided.map(([, b]) => b)}::text[],
      ${decided.map(([, , same]) => same)}::boolean[]) as d (a, b, same)`.execute(work.tx)
  await lookAgain(work, all)
  orderRun(work, 'decided')
  return decided.length
}

/** A merge is a pair to review like any other, so that two valid numbers need a second person here as well. */
async function askMerge(app: App, work: Work, entity: number, other: number): Promise<number> {
  const [one, two] = [(await recordsOf(work, entity))[0], (await recordsOf(work, other))[0]]
  if (!one || !two || entity === other || one.kind !== two.kind)
    throw new InvalidInput('wrong-merge', words('请选择另一份同类档案', 'Choose another file of the same kind'))
  const level = await numberLevel(app, work, one, two)
  const batch = await openBatch(app, work, 'asked', 1)
  const parts = JSON.stringify([{ id: 'number', level, bits: 0 }])
  await sql`insert into one_file.pair (kind, a, b, why, weight, parts, batch)
    values (${one.kind}, ${refText(one)}, ${refText(two)}, 'asked', 0, ${parts}::jsonb, ${batch})
    on conflict (a, b) do update set why = 'asked', parts = excluded.parts, batch = excluded.batch, verdict = null,
      decided_by = null, decided_at = null`.execute(work.tx)
  return batch
}

/** 1 equal, 4 other, 0 where one has none: the levels of the comparison of numbers. */
async function numberLevel(app: App, work: Work, one: Linked, two: Linked): Promise<number> {
  const number = async ({ dataset, row, part }: Linked) => {
    const [found] = await app.use(unsealedRows).rows(work, SHOWING, dataset, [row])
    const fields: Readonly<Record<string, string | undefined>> = readingOf(dataset)?.parts[part]?.fields ?? {}
    return found && textOf(found.value, fields.number ?? fields.code)?.slice(0, 18)
  }
  const [a, b] = [await number(one), await number(two)]
  return a === undefined || b === undefined ? 0 : a === b ? 1 : 4
}
