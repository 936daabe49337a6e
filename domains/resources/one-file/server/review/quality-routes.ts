import { sql } from 'kysely'
import { Type } from 'typebox'
import { wilson } from '#platform/analytics'
import { type App, type Route, route, type Work, words } from '#runtime'
import { orderRun } from '../jobs.ts'
import { doublesAndGhosts, GHOSTS } from './ghosts.ts'

/** How far the matching is, how often it errs, what waits, and what looks wrong in the sources. */
export const qualityRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/one-file/quality',
    title: words('归并质量', 'Quality of the matching'),
    right: 'one-file.steward',
    audit: 'one-file.report.read',
    response: Type.Unknown(),
    example: { run: null, counts: { people: 0, firms: 0, records: 0 }, batches: [], byKey: {}, joined: {}, apart: {} },
    handler: async ({ work }) => ({
      run: await lastRun(work),
      counts: await counts(work),
      batches: await openBatches(work),
      ...(await measuredError(work)),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/one-file/runs',
    title: words('全部重新归并', 'Match everything anew'),
    right: 'one-file.steward',
    audit: 'one-file.run.asked',
    response: Type.Object({ asked: Type.Boolean() }),
    example: { asked: true },
    handler: async ({ work }) => {
      orderRun(work, 'whole')
      return { asked: true }
    },
  }),
  route({
    method: 'GET',
    path: '/api/one-file/ghosts',
    title: words('重复和冒领线索', 'Doubles and ghosts'),
    right: 'one-file.steward',
    audit: 'one-file.report.read',
    query: Type.Object({
      kind: Type.Union(GHOSTS.map((kind) => Type.Literal(kind))),
      after: Type.Optional(Type.String({ pattern: '^\\d{1,12}$' })),
    }),
    response: Type.Unknown(),
    example: { rows: [], next: null },
    handler: ({ query, work }) => doublesAndGhosts(app, work, String(query.kind), query.after),
  }),
]

async function lastRun(work: Work): Promise<unknown> {
  const { rows } = await sql`select id, state, is_whole as "isWhole", step, done, of, started_at as "startedAt",
    ended_at as "endedAt", records, changed, review, pack from one_file.run order by id desc limit 1`.execute(work.tx)
  return rows[0] ?? null
}

async function counts(work: Work): Promise<unknown> {
  const { rows } =
    await sql`with last as (select people, firms from one_file.run where state = 'done' order by id desc limit 1)
    select coalesce((select people from last), 0) as people, coalesce((select firms from last), 0) as firms,
    (select records from one_file.run where state = 'done' and is_whole order by id desc limit 1) as records,
    (select count(*) from one_file.decision where ended_at is null) as decisions`.execute(work.tx)
  return rows[0]
}

async function openBatches(work: Work): Promise<unknown[]> {
  const { rows } = await sql`select b.id, b.why, b.pairs, b.made_at as "madeAt",
    (select count(*) from one_file.pair p where p.batch = b.id and p.verdict is not null) as decided
    from one_file.batch b where b.ended_at is null order by b.id limit 100`.execute(work.tx)
  return rows
}

/** What persons said of decisions drawn at random: right of those joined by equal numbers, by other marks, kept apart. */
async function measuredError(work: Work) {
  const { rows } = await sql<{ why: string; same: number; different: number }>`
    select why, count(*) filter (where verdict = 'same') as same, count(*) filter (where verdict = 'different') as different
    from one_file.pair where why like 'sample-%' group by why`.execute(work.tx)
  const of = (why: string) => rows.find((row) => row.why === why) ?? { same: 0, different: 0 }
  const [byKey, joined, apart] = [of('sample-by-key'), of('sample-joined'), of('sample-apart')]
  return {
    byKey: shareOf(byKey.same, byKey.same + byKey.different),
    joined: shareOf(joined.same, joined.same + joined.different),
    apart: shareOf(apart.different, apart.same + apart.different),
  }
}

/** A share with its interval; null where nothing was judged. */
function shareOf(right: number, of: number) {
  const found = wilson(right, of)
  return { of, right, share: found?.share ?? null, from: found?.low ?? null, to: found?.high ?? null }
}
