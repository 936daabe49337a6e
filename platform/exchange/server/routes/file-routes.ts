import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { datasetDirectory } from '#platform/registry'
import { Conflict, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import type { Calls } from '../calls/calls.ts'
import { type FileRow, filesOf, getFile, orderFile } from '../files/file-rows.ts'
import { type FileParts, filePath, pathsOf } from '../files/make-file.ts'
import { isConsumer, seenGrant } from '../grants/sight.ts'
import { JSON_TYPE, requestOf } from './call-routes.ts'
import { ById, Done, Instant, Nullable, Receipted, WordsView } from './schemas.ts'

const FORMATS = ['csv', 'jsonl', 'xlsx'] as const
const FileView = Type.Object({
  id: Type.String(),
  grant: Type.String(),
  format: Type.Enum(FORMATS),
  state: Type.Enum(['making', 'done', 'cancelled', 'failed']),
  rows: Type.Integer(),
  about: Type.Integer(),
  receipt: Nullable(Type.String()),
  problem: Nullable(WordsView),
  by: Type.String(),
  madeAt: Instant,
  endedAt: Nullable(Instant),
  clearedAt: Nullable(Instant),
})

/** Batch files under a grant: asked for, watched, cancelled, fetched. */
export const fileRoutes = (parts: FileParts, calls: Calls): Route[] => [
  route({
    method: 'POST',
    path: '/api/exchange/grants/:id/files',
    title: words('按授权生成批量文件', 'Make a batch file under a grant'),
    right: 'exchange.call',
    audit: 'exchange.file.wanted',
    params: ById,
    body: Type.Object({ format: Type.Enum(FORMATS) }, { additionalProperties: false }),
    /** The receipt is that of the order; the file gets one of its own. */
    response: Type.Object({ file: FileView, ...Receipted }),
    example: { file: { id: '…', format: 'csv', state: 'making', rows: 0 }, receipt: '5f1c…-19', nonce: '…' },
    handler: async ({ params, body, actor, work, request, reply }) => {
      const asked = { grant: params.id, way: 'file' as const, actor, request: requestOf(request) }
      const text = await calls.answer(asked, async ({ id, dataset }) => {
        const about = await sizeOf(parts, work, dataset)
        const file = await orderFile(work, { grant_id: id, format: body.format, about })
        work.enqueue('exchange.file', { id: file.id }, { key: file.id })
        return { rows: 0, about: [], body: { file: viewOf(file) } }
      })
      // Goes when the order is confirmed, as the text of which the receipt holds the digest.
      reply.type(JSON_TYPE)
      return text
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/grants/:id/files',
    title: words('一项授权的批量文件', 'Batch files of a grant'),
    right: 'exchange.read',
    audit: NOTHING_PERSONAL,
    params: ById,
    response: Type.Object({ files: Type.Array(FileView) }),
    example: { files: [] },
    handler: async ({ params, scope, work }) => {
      const grant = seenGrant(parts.grants, scope, params.id)
      return { files: (await filesOf(work.tx, grant.id)).map(viewOf) }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/exchange/files/:id',
    title: words('取消或删除批量文件', 'Cancel or delete a batch file'),
    right: 'exchange.call',
    audit: 'exchange.file.cancelled',
    params: ById,
    response: Done,
    example: { done: true },
    handler: async ({ params, scope, work }) => {
      const file = await getFile(work.tx, params.id)
      const grant = parts.grants.find(file.grant_id)
      if (!grant || !isConsumer(scope, grant)) throw new NotFound()
      const { rows } = await sql`update exchange.file set cleared_at = ${work.at}
        where id = ${file.id} and state = 'done' and cleared_at is null returning id`.execute(work.tx)
      if (rows.length > 0)
        work.afterCommit(() => pathsOf(parts.app, file).forEach((path) => void rm(path, { force: true })))
      await sql`update exchange.file set state = 'cancelled', ended_at = ${work.at}
        where id = ${file.id} and state = 'making'`.execute(work.tx)
      return { done: true }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/files/:id',
    title: words('下载批量文件', 'Download a batch file'),
    right: 'exchange.call',
    audit: 'exchange.file.downloaded',
    params: ById,
    response: Type.Unknown(),
    produces: 'application/octet-stream',
    example: '公民身份号码,姓名,共享水印',
    handler: async ({ params, actor, work, reply, request }) => {
      const file = await getFile(work.tx, params.id)
      await calls.admit({ grant: file.grant_id, way: 'file', actor, request: requestOf(request) })
      const path = filePath(parts.app, file)
      const size =
        file.state === 'done' && file.cleared_at === null ? (await stat(path).catch(() => undefined))?.size : undefined
      if (size === undefined)
        throw new Conflict('no-file', words('文件尚未生成或已清理', 'The file is not made yet, or was cleared away'))
      reply
        .header('content-disposition', `attachment; filename=${file.id}.${file.format}`)
        .header('content-length', size)
        .header('x-receipt', file.receipt ?? '')
      return createReadStream(path)
    },
  }),
]

async function sizeOf({ app }: FileParts, { tx }: Work, id: string): Promise<number> {
  const directory = app.use(datasetDirectory)
  const dataset = directory.find(id)
  const sizes = await directory.sizes(tx, dataset ? [dataset] : [])
  return sizes.get(id) ?? 0
}

const viewOf = ({ grant_id, made_at, ended_at, cleared_at, bytes: _bytes, after: _after, ...file }: FileRow) => ({
  ...file,
  grant: grant_id,
  madeAt: made_at.toISOString(),
  endedAt: ended_at?.toISOString() ?? null,
  clearedAt: cleared_at?.toISOString() ?? null,
})
