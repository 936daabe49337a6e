import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { KeptFile } from '#platform/registry'
import {
  type Actor,
  Conflict,
  type Db,
  InvalidInput,
  NOTHING_PERSONAL,
  NotFound,
  type Route,
  route,
  TooLarge,
  TooMany,
  type Words,
  words,
} from '#runtime'
import type { Totals } from '../connectors/connector.ts'
import { controlHeader } from '../connectors/control-figures.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { mustReach } from '../reach.ts'
import { getFeed, getSource } from '../runs/run-store.ts'
import { startRun } from '../runs/start-run.ts'
import { sourcesTables } from '../tables.ts'
import { FeedParams } from './schemas.ts'

const LARGEST_BATCH = 32 * 2 ** 20
const AT_ONCE = 8
/** Batches that may wait to be stored; then the other system has to wait. */
const MOST_WAITING = 100
const COME_AGAIN_SECONDS = 15

interface Received {
  readonly key: string
  readonly file: KeptFile
  /** What the other system says is in it. */
  readonly totals: Totals | null
}

/** What other systems send by themselves: batches of rows as NDJSON or as a JSON array, each with its idempotency key. */
export const pushRoutes = (parts: SourcesParts): Route[] => [
  route({
    method: 'POST',
    path: '/api/sources/feeds/:feed/batches',
    title: words('推送一批数据', 'Push a batch of rows'),
    right: 'sources.push',
    audit: 'sources.batch.pushed',
    params: FeedParams,
    accepts: 'raw',
    bodyLimit: LARGEST_BATCH,
    atOnce: AT_ONCE,
    response: Type.Object({ batch: Type.Integer(), rowsAreIn: Type.Boolean(), repeated: Type.Boolean() }),
    example: { batch: 12, rowsAreIn: false, repeated: false },
    receive: (request, actor) => receive(parts, request, actor),
    handler: async ({ params, scope, received, work }) => {
      const { key, file, totals } = received as Received
      const source = await pushFeed(parts, params.feed, scope)
      const fresh = await sourcesTables(work.tx)
        .insertInto('sources.batch')
        .values({
          feed: params.feed,
          key,
          file: file.sm3,
          name: file.name,
          bytes: file.size,
          totals: totals ? JSON.stringify(totals) : null,
          by: work.actor.id,
          at: work.at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
      const stored = await findBatch(work.tx, params.feed, key)
      if (stored.file !== file.sm3)
        throw new Conflict(
          'key-reused',
          words('该幂等键已用于另一批数据', 'This idempotency key was used for other data'),
        )
      await parts.desk.note(work, file, feedActor(params.feed, source.organisation))
      if (fresh) await startRun(parts, work, params.feed)
      const subject = { kind: 'sources.feed', id: params.feed }
      work.audit({
        event: 'sources.batch.pushed',
        subject,
        details: { batch: stored.id, bytes: file.size, repeated: !fresh },
      })
      return { batch: stored.id, rowsAreIn: stored.isStored && !stored.unreadable, repeated: !fresh }
    },
  }),
  route({
    method: 'GET',
    path: '/api/sources/feeds/:feed/batches/:key',
    title: words('一批推送数据的结果', 'What became of a pushed batch'),
    right: 'sources.push',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ ...FeedParams.properties, key: Type.String({ maxLength: 200 }) }),
    response: Type.Unknown(),
    example: {
      batch: 12,
      run: 7,
      state: 'done',
      rowsAreIn: true,
      unreadable: null,
      reconciliation: { arrivedRows: 500, refused: 2 },
      problem: null,
    },
    handler: async ({ params, scope, work }) => {
      await pushFeed(parts, params.feed, scope)
      const { id, run, state, isStored, unreadable, reconciliation, problem } = await findBatch(
        work.tx,
        params.feed,
        params.key,
      )
      const rowsAreIn = isStored && !unreadable
      return { batch: id, run, state: state ?? 'waiting', rowsAreIn, unreadable, reconciliation, problem }
    },
  }),
]

/** @throws NotFound for a feed that is not pushed, or out of reach */
async function pushFeed({ app }: SourcesParts, id: string, scope: Parameters<typeof mustReach>[1]) {
  const source = await getSource(app.db, (await getFeed(app.db, id)).source)
  await mustReach(app, scope, source.organisation)
  if (source.connection.kind !== 'push') throw new NotFound()
  return source
}

/** Keeps the bytes before any transaction begins. @throws TooMany while too much waits */
async function receive(parts: SourcesParts, request: FastifyRequest, actor: Actor): Promise<Received> {
  const { app, desk } = parts
  const { feed } = request.params as { feed: string }
  const scope = actor.rights.get('sources.push')
  if (!scope) throw new NotFound()
  await pushFeed(parts, feed, scope)
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !/^[\w.:-]{1,200}$/.test(key))
    throw new InvalidInput(
      'no-idempotency-key',
      words('请求头缺少 Idempotency-Key', 'The header Idempotency-Key is missing'),
    )
  const figures = request.headers['daizong-check']
  const totals = typeof figures === 'string' ? controlHeader(figures) : null
  const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from sources.batch
    where feed = ${feed} and run is null`.execute(app.db)
  if ((rows[0]?.waiting ?? 0) >= MOST_WAITING)
    throw new TooMany(
      'busy',
      words('待入库的批次过多，请稍后再推送', 'Too many batches wait; push again later'),
      COME_AGAIN_SECONDS,
    )
  return { key, totals, file: await desk.keep(`${key.replaceAll(/[^\w.-]/g, '_')}.jsonl`, contentOf(request)) }
}

/** Lines stream by; a JSON array has been read by then. */
const contentOf = ({ body, raw }: FastifyRequest): Readable =>
  Readable.from(body ? [JSON.stringify(body)] : limited(raw))

async function* limited(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0
  for await (const block of stream) {
    size += block.length
    if (size > LARGEST_BATCH)
      throw new TooLarge('batch-too-large', words('一批最多 32 MB，请拆分', 'A batch has at most 32 MB; split it'))
    yield block
  }
}

/** `isStored`: what of it could be read is stored; `unreadable`: what could not. */
async function findBatch(db: Db, feed: string, key: string) {
  const batch = await sourcesTables(db)
    .selectFrom('sources.batch')
    .leftJoin('sources.run', 'sources.run.id', 'sources.batch.run')
    .select(['sources.batch.id', 'sources.batch.file', 'sources.batch.run', 'sources.run.state'])
    .select(['sources.run.reconciliation', 'sources.run.problem'])
    .select(
      sql<boolean>`exists (select from sources.part p
        where p.batch = batch.id and p.run = batch.run and p.kind = 'rows' and p.is_done)`.as('isStored'),
    )
    .select(
      sql<Words | null>`(select p.problem from sources.part p
        where p.batch = batch.id and p.run = batch.run and p.kind = 'unreadable')`.as('unreadable'),
    )
    .where('sources.batch.feed', '=', feed)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!batch) throw new NotFound()
  return batch
}
