import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { handouts, writeTable } from '#platform/registry'
import {
  type App,
  InvalidInput,
  NOTHING_PERSONAL,
  ProductError,
  preferredLanguage,
  type Route,
  route,
  words,
} from '#runtime'
import type { Analytics, Batch } from '../../contract.ts'
import { ShownRows } from '../note-shown.ts'
import { CONSOLE, EXPORT, type Noted, noteQuestion, type Places } from '../open-question.ts'
import { analyticsTables } from '../tables.ts'

const Asked = Type.Object({
  sql: Type.String({ minLength: 1, maxLength: 20_000 }),
  purpose: Type.String({ minLength: 2, maxLength: 200 }),
})
const HISTORY = 50

/** The console: a question with its answer as it comes, the answer as a file, and what one has asked before. */
export const questionRoutes = (app: App, service: Analytics, places: Places): Route[] => [
  route({
    method: 'POST',
    path: '/api/analytics/questions',
    title: words('查询分析表', 'Ask tables of analysis'),
    right: 'analytics.ask',
    audit: 'analytics.question.asked',
    body: Asked,
    response: Type.Unknown(),
    example: '{"batch":{"columns":[{"name":"n","type":"BIGINT"}],"rows":[[12]],"cut":false}}',
    produces: 'application/x-ndjson',
    handler: async ({ body, work, request, reply }) => {
      const noted = await noteQuestion(app, service, work, body, false)
      const shown = new ShownRows(app, work.actor, { ...noted, sql: body.sql })
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const language = preferredLanguage(request.headers['accept-language'])
      const lines = new Readable({ read: () => undefined })
      const tell = (line: object) => void lines.push(`${JSON.stringify(line)}\n`)
      const { planned } = shown
      const question = { sql: body.sql, tables: noted.tables, limits: CONSOLE, signal: gone.signal, planned }
      const answer = async () => {
        const progress = (share: number) => tell({ progress: share })
        for await (const batch of places.taken(work.actor.id, service.ask({ ...question, progress }), gone.signal)) {
          await shown.note(batch)
          tell({ batch })
        }
      }
      // Begins when the record of the question is confirmed.
      work.afterCommit(() => {
        tell({ progress: 0 })
        answer()
          .catch(async (error: unknown) => {
            await shown.noteProblem(error)
            throw error
          })
          .catch((error: unknown) => tell({ problem: problemOf(app, error, language) }))
          .finally(() => lines.push(null))
      })
      return lines
    },
  }),
  route({
    method: 'POST',
    path: '/api/analytics/questions/export.:format',
    title: words('导出查询结果', 'Export the answer of a question'),
    right: 'analytics.ask',
    audit: 'analytics.question.exported',
    params: Type.Object({ format: Type.Enum(['csv', 'jsonl']) }),
    body: Asked,
    response: Type.Unknown(),
    example: 'n\r\n12',
    produces: 'application/octet-stream',
    receive: async (request, actor) => {
      const asked = request.body as { sql: string; purpose: string }
      const about = await app.work(actor, (work) => noteQuestion(app, service, work, asked, true))
      const { tables, facts, noted } = about
      const shown = new ShownRows(app, actor, { ...about, sql: asked.sql })
      const signal = AbortSignal.any([goneSignal(request.raw.socket), AbortSignal.timeout(EXPORT.seconds * 1000)])
      const question = { sql: asked.sql, tables, limits: EXPORT, signal, planned: shown.planned }
      try {
        const answer = await begun(places.taken(actor.id, service.ask(question), signal))
        return { noted, facts, ...answer } satisfies Exported
      } catch (error) {
        await shown.noteProblem(error)
        throw error
      }
    },
    handler: async ({ params, received, work, reply }) => {
      const { noted, facts, header, rows } = received as Exported
      const handout = randomUUID()
      for (const { dataset, at } of facts)
        await app.use(handouts).noteWhole(work.tx, { dataset, handout, given: work.at }, at)
      work.audit({ event: 'analytics.question.exported', ...noted, details: { ...noted.details, handout } })
      return writeTable(reply, params.format, 'analysis', header, rows)
    },
  }),
  route({
    method: 'GET',
    path: '/api/analytics/questions',
    title: words('我问过的查询', 'Questions that I asked'),
    right: 'analytics.ask',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ after: Type.Optional(Type.Integer()) }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({ id: Type.Integer(), sql: Type.String(), purpose: Type.String(), askedAt: Type.String() }),
      ),
      next: Type.Union([Type.String(), Type.Null()]),
    }),
    example: { rows: [], next: null },
    handler: async ({ actor, query: { after } }) => {
      let listed = analyticsTables(app.db)
        .selectFrom('analytics.question')
        .select(['id', 'sql', 'purpose', 'asked_at as askedAt'])
        .where('account', '=', actor.id)
        .where('exported', '=', false)
        .orderBy('id', 'desc')
        .limit(HISTORY)
      if (after) listed = listed.where('id', '<', after)
      const rows = (await listed.execute()).map((each) => ({ ...each, askedAt: each.askedAt.toISOString() }))
      return { rows, next: rows.length < HISTORY ? null : String(rows.at(-1)?.id) }
    },
  }),
]

const goneSignals = new WeakMap<Socket, AbortSignal>()

/** Says when a browser's connection closes; it serves many calls, so one listener is enough. */
function goneSignal(socket: Socket): AbortSignal {
  const known = goneSignals.get(socket)
  if (known) return known
  const gone = new AbortController()
  socket.once('close', () => gone.abort())
  goneSignals.set(socket, gone.signal)
  return gone.signal
}

interface Begun {
  readonly header: readonly string[]
  readonly rows: AsyncGenerator<readonly (string | null)[]>
}

type Exported = Begun & Pick<Noted, 'noted' | 'facts'>

/** Waits for the first batch, so that a wrong question is refused before the file begins. */
async function begun(batches: AsyncGenerator<Batch>): Promise<Begun> {
  const { value: first } = (await batches.next()) as IteratorResult<Batch, undefined>
  async function* rows() {
    const texts = (batch: Batch) => batch.rows.map((row) => row.map((value) => (value === null ? null : String(value))))
    if (first) yield* texts(first)
    for await (const batch of batches) {
      yield* texts(batch)
      if (batch.cut) throw tooMany()
    }
  }
  if (first?.cut) throw tooMany()
  return { header: first?.columns.map(({ name }) => name) ?? [], rows: rows() }
}

const tooMany = () =>
  new InvalidInput(
    'answer-too-large',
    words('结果超过 100 万行，不能导出；请先汇总', 'The answer has more than a million rows; aggregate first'),
  )

function problemOf(app: App, error: unknown, language: 'zh' | 'en') {
  if (error instanceof ProductError)
    return {
      code: error.code,
      title: error.words[language],
      issues: error.issues.map(({ path, message }) => ({ path, message: message[language] })),
    }
  app.log.error({ err: error }, 'question failed')
  return { code: 'internal', title: words('系统内部错误，已记录', 'An internal error, it has been logged')[language] }
}
