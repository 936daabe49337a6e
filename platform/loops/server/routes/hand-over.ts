import { sql } from 'kysely'
import { Type } from 'typebox'
import { InvalidInput, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import { type HandOverPlan, heldBy } from '../batches/hand-over.ts'
import { previewHandOver } from '../batches/preview-hand-over.ts'
import { startBatch } from '../batches/run-batch.ts'
import { type Engine, people } from '../engine.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'
import { postTitles } from '../time-line.ts'

const RIGHT = 'loops.hand-over'
const Holder = Type.String({ pattern: '^(post|account):.{1,100}$' })
const plan = {
  from: Holder,
  /** Who gets every kind that `kinds` does not name; absent: those stay. */
  to: Type.Optional(Holder),
  /** Who gets the matters of a definition, by its id. */
  kinds: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Holder)),
}

/** Everything open of one who leaves to others: what it is, whose it would be, and the batch that does it. */
export const handOverRoutes = (engine: Engine): Route[] => [
  heldRoute(engine),
  holdingsRoute(engine),
  previewRoute(engine),
  startRoute(engine),
]

const heldRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/hand-over',
    title: words('待移交事项', 'What one has open, by kind'),
    right: RIGHT,
    audit: NOTHING_PERSONAL,
    query: Type.Object({ from: Holder }),
    response: Type.Object({
      matters: Type.Integer(),
      kinds: Type.Array(Type.Object({ definition: Type.String(), title: wordsSchema, matters: Type.Integer() })),
    }),
    example: { matters: 34, kinds: [] },
    handler: async ({ query, work }) => {
      const { rows } = await sql<{ definition: string; n: number }>`
        select b.definition, count(distinct b.instance) as n from loops.inbox b
        where ${heldBy(query.from)} group by b.definition order by n desc, b.definition`.execute(work.tx)
      return {
        matters: rows.reduce((sum, { n }) => sum + n, 0),
        kinds: rows.map(({ definition, n }) => ({
          definition,
          title: engine.definitions.titleOf(definition),
          matters: n,
        })),
      }
    },
  })

const holdingsRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/hand-over/people/:account',
    title: words('某人名下和岗位上的待办', 'What a person and his posts have open'),
    right: RIGHT,
    audit: NOTHING_PERSONAL,
    params: Type.Object({ account: Type.String({ maxLength: 100 }) }),
    response: Type.Object({
      name: Type.String(),
      /** The person first, then the posts. */
      holders: Type.Array(
        Type.Object({
          id: Type.String(),
          title: wordsSchema,
          matters: Type.Integer(),
          /** Who else acts through the post. */
          others: Type.Array(Type.String()),
        }),
      ),
    }),
    example: {
      name: '赵磊',
      holders: [{ id: 'account:zhao', title: { zh: '赵磊本人', en: '赵磊' }, matters: 3, others: [] }],
    },
    handler: async ({ params: { account }, work }) => {
      const name = (await people(engine).names([account], work.tx)).get(account)
      if (name === undefined) throw new NotFound()
      const posts = await people(engine).postsOf(account, work.tx)
      const titles = await postTitles(
        engine,
        work,
        posts.map(({ id }) => id),
      )
      const holders = [
        {
          id: `account:${account}`,
          title: words(`${name}本人`, name),
          matters: await countOf(work, `account:${account}`),
          others: [] as string[],
        },
      ]
      for (const { id, title } of posts)
        holders.push({
          id: `post:${id}`,
          title: titles.get(id) ?? title,
          matters: await countOf(work, `post:${id}`),
          others: (await people(engine).accountsOf(id, work.tx))
            .filter((other) => other.id !== account)
            .map((other) => other.name),
        })
      return { name, holders }
    },
  })

async function countOf(work: Work, holder: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct b.instance) as n from loops.inbox b
    where ${heldBy(holder)}`.execute(work.tx)
  return rows[0]?.n ?? 0
}

const previewRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/hand-over/query',
    title: words('移交预览', 'Whose each matter would be after a hand-over'),
    right: RIGHT,
    audit: NOTHING_PERSONAL,
    body: Type.Object(
      { ...plan, after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })) },
      { additionalProperties: false },
    ),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          headline: wordsSchema,
          definition: Type.String(),
          definitionTitle: wordsSchema,
          before: Type.Array(wordsSchema),
          after: Type.Array(wordsSchema),
          /** It goes to somebody else. */
          changed: Type.Boolean(),
        }),
      ),
      next: textOrNull,
    }),
    example: { rows: [], next: null },
    handler: async ({ body: { after, ...wanted }, work }) => {
      await checkPlan(engine, work, wanted)
      const preview = await previewHandOver(engine, work, wanted, Number(after ?? 0))
      return {
        next: preview.next,
        rows: preview.rows.map((row) => ({ ...row, before: [...row.before], after: [...row.after] })),
      }
    },
  })

const startRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/hand-over',
    title: words('批量移交', 'Hand over everything open of one who leaves'),
    right: RIGHT,
    audit: 'loops.handed-over',
    body: Type.Object(
      { ...plan, reason: Type.String({ minLength: 1, maxLength: 500 }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String(), total: Type.Integer() }),
    example: { id: '5', total: 34 },
    handler: async ({ body: { reason, ...wanted }, work }) => {
      if (receivers(wanted).length === 0)
        throw new InvalidInput('nobody', words('请至少选择一个接收人', 'Choose at least one who receives them'))
      await checkPlan(engine, work, wanted)
      const started = await startBatch(work, { kind: 'hand-over', plan: wanted })
      work.audit({
        event: 'loops.handed-over',
        subject: { kind: 'loops.holder', id: wanted.from },
        details: {
          to: receivers(wanted).join(' ').slice(0, 300),
          reason: reason.slice(0, 300),
          batch: started.id,
          total: started.total,
        },
      })
      return started
    },
  })

const receivers = ({ to, kinds = {} }: HandOverPlan): readonly string[] => [
  ...new Set([...(to === undefined ? [] : [to]), ...Object.values(kinds)]),
]

/** @throws InvalidInput for a receiver that does not exist or is the one who leaves */
async function checkPlan(engine: Engine, work: Work, wanted: HandOverPlan): Promise<void> {
  for (const receiver of receivers(wanted)) {
    if (receiver === wanted.from) throw new InvalidInput('same', words('移交双方不能相同', 'Both are the same'))
    await checkHolder(engine, work, receiver)
  }
}

/** @throws InvalidInput for a post or account that does not exist */
async function checkHolder(engine: Engine, work: Work, holder: string): Promise<void> {
  const id = holder.slice(holder.indexOf(':') + 1)
  const isKnown = holder.startsWith('post:')
    ? (await people(engine).accountsOf(id, work.tx)).length > 0
    : (await people(engine).names([id], work.tx)).size > 0
  if (!isKnown)
    throw new InvalidInput('unknown-holder', words('接收人不存在或岗位无人', 'Nobody is there to receive them'), [
      { path: '/to', message: words('请另选', 'Choose another') },
    ])
}
