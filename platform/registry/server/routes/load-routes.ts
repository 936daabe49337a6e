import { Type } from 'typebox'
import { InvalidInput, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import { type KeptFile, LARGEST, tooLarge } from '../file-store.ts'
import { findLoad, listLoads } from '../loading/find-load.ts'
import { inspectFile, tryRows } from '../loading/inspect-file.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { startLoad } from '../loading/start-load.ts'
import { cancelLoad, resumeLoad } from '../loading/stop-load.ts'
import { answersFor, writeScope } from '../rows/access.ts'
import { Columns, DatasetParams, Done, LoadParams, Nullable, ReadingSchema, Reason } from './schemas.ts'

/** Room for what a form puts around its file. */
const FORM = 1 << 20

/** Imports: upload, mapping, trial, start, progress, cancel. */
export const loadRoutes = (parts: LoadParts): Route[] => [
  route({
    method: 'POST',
    path: '/api/registry/datasets/:dataset/files',
    title: words('上传待导入文件', 'Upload a file for import'),
    right: 'registry.load.write',
    audit: 'registry.file.uploaded',
    params: DatasetParams,
    accepts: 'multipart',
    bodyLimit: LARGEST + FORM,
    response: Type.Unknown(),
    example: {
      file: 'a3f…',
      size: 1024,
      reading: {},
      sample: [],
      columns: ['idNumber', null],
      suggested: [null, { slot: 'phone', score: 0.7, reasons: [words('列名相似', 'Its name is alike')] }],
      remembered: false,
      earlier: null,
    },
    receive: async (request, actor) => {
      writeScope(actor, parts.catalogue.get((request.params as { dataset: string }).dataset))
      if (Number(request.headers['content-length']) > LARGEST + FORM) throw tooLarge()
      const upload = await request.file({ limits: { fileSize: LARGEST + 1 } })
      if (!upload) throw new InvalidInput('no-file', words('请选择文件', 'Choose a file'))
      return parts.files.put(upload.filename, upload.file)
    },
    handler: async ({ params, received, work }) => {
      const file = received as KeptFile
      return { ...(await inspectFile(work, parts, params.dataset, file)), name: file.name }
    },
  }),
  route({
    method: 'POST',
    path: '/api/registry/datasets/:dataset/trial/query',
    title: words('试检查前几行', 'Check the first rows'),
    right: 'registry.load.write',
    audit: NOTHING_PERSONAL,
    params: DatasetParams,
    body: Type.Object({
      columns: Columns,
      rows: Type.Array(Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 1000 }), { maxItems: 50 }),
    }),
    response: Type.Object({ reasons: Type.Array(Type.Array(Reason)) }),
    example: { reasons: [[]] },
    handler: async ({ params, body }) => ({ reasons: tryRows(parts, params.dataset, body.columns, body.rows) }),
  }),
  route({
    method: 'POST',
    path: '/api/registry/datasets/:dataset/loads',
    title: words('开始导入', 'Start an import'),
    right: 'registry.load.write',
    audit: 'registry.load.started',
    params: DatasetParams,
    body: Type.Object({
      file: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      name: Type.String({ minLength: 1, maxLength: 255 }),
      reading: ReadingSchema,
      columns: Columns,
    }),
    response: Type.Object({ load: Type.Integer() }),
    example: { load: 7 },
    handler: async ({ params, body, actor, work }) => {
      const dataset = parts.catalogue.get(params.dataset)
      const reach = writeScope(actor, dataset)
      const isWhole = reach.reach === 'city' || (await answersFor(parts.app, work.tx, reach, dataset.source))
      if (!isWhole && dataset.scope)
        throw new InvalidInput(
          'import-needs-city',
          words('批量导入需要全市范围的权限，请由数据管理员导入', 'Imports need a right that reaches the whole city'),
        )
      const { file, name, reading, columns } = body
      return {
        load: await startLoad(work, parts.catalogue, { dataset: dataset.id, file, fileName: name, reading, columns }),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/registry/loads',
    title: words('导入记录', 'Imports'),
    right: 'registry.load.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      dataset: Type.Optional(Type.String({ maxLength: 100 })),
      after: Type.Optional(Type.Integer()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Nullable(Type.Integer()) }),
    example: { rows: [{ id: 7, dataset: 'city.resident', state: 'done', inserted: 98, refused: 2 }], next: null },
    handler: async ({ query, actor, scope, work }) => listLoads(parts, work.tx, actor, scope, query),
  }),
  route({
    method: 'GET',
    path: '/api/registry/loads/:load',
    title: words('一次导入的进度', 'Progress of an import'),
    right: 'registry.load.read',
    audit: NOTHING_PERSONAL,
    params: LoadParams,
    response: Type.Unknown(),
    example: { id: 7, dataset: 'city.resident', state: 'loading', bytesRead: 1024, bytes: 4096 },
    handler: async ({ params, actor, scope, work }) => findLoad(parts, work.tx, actor, scope, params.load),
  }),
  route({
    method: 'POST',
    path: '/api/registry/loads/:load/cancel',
    title: words('取消导入', 'Cancel an import'),
    right: 'registry.load.write',
    audit: 'registry.load.cancelled',
    params: LoadParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, actor, scope, work }) => {
      await findLoad(parts, work.tx, actor, scope, params.load)
      if (!(await cancelLoad(work, params.load)))
        throw new NotFound('load-ended', words('导入已经结束', 'The import has ended'))
      return { done: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/registry/loads/:load/resume',
    title: words('继续导入', 'Resume an import'),
    right: 'registry.load.write',
    audit: 'registry.load.started',
    params: LoadParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, actor, scope, work }) => {
      const { dataset } = await findLoad(parts, work.tx, actor, scope, params.load)
      writeScope(actor, parts.catalogue.get(dataset))
      if (!(await resumeLoad(work, params.load)))
        throw new NotFound('load-not-stopped', words('导入没有中断', 'The import was not stopped'))
      return { done: true }
    },
  }),
]
