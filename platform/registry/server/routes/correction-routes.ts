import { Type } from 'typebox'
import { type Route, route, words } from '#runtime'
import { closeCorrection, correctRow } from '../corrections/correct-row.ts'
import { listCorrections } from '../corrections/list-corrections.ts'
import { writeTable } from '../export/write-table.ts'
import { findLoad } from '../loading/find-load.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { writeScope } from '../rows/access.ts'
import { Done, LoadParams, Nullable, Reason } from './schemas.ts'

const CorrectionParams = Type.Object({ load: Type.Integer({ minimum: 1 }), correction: Type.Integer({ minimum: 1 }) })

/** The correction list of an import. Its cells are raw, so only those who may import see them. */
export const correctionRoutes = (parts: LoadParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/registry/loads/:load/corrections',
    title: words('待更正行', 'Rows to correct'),
    right: 'registry.load.write',
    audit: 'registry.correction.read',
    params: LoadParams,
    query: Type.Object({
      after: Type.Optional(Type.Integer()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Nullable(Type.Integer()) }),
    example: { rows: [{ id: 1, line: 51, cells: ['王伟'], reasons: [] }], next: null },
    handler: async ({ params, query, actor, scope, work }) => {
      const load = await findLoad(parts, work.tx, actor, scope, params.load)
      return listCorrections(work.tx, parts.keys(), load, query)
    },
  }),
  route({
    method: 'POST',
    path: '/api/registry/loads/:load/corrections/:correction',
    title: words('更正后重新提交', 'Correct and submit again'),
    right: 'registry.load.write',
    audit: 'registry.correction.closed',
    params: CorrectionParams,
    body: Type.Object({ cells: Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 1000 }) }),
    response: Type.Object({ done: Type.Boolean(), reasons: Type.Array(Reason) }),
    example: { done: true, reasons: [] },
    handler: async ({ params, body, actor, scope, work }) => {
      const load = await findLoad(parts, work.tx, actor, scope, params.load)
      writeScope(actor, parts.catalogue.get(load.dataset))
      const reasons = await correctRow(work, parts, load, params.correction, body.cells)
      return { done: reasons.length === 0, reasons }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/registry/loads/:load/corrections/:correction',
    title: words('放弃一行', 'Drop a row'),
    right: 'registry.load.write',
    audit: 'registry.correction.closed',
    params: CorrectionParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, actor, scope, work }) => {
      const load = await findLoad(parts, work.tx, actor, scope, params.load)
      await closeCorrection(work, load, params.correction, 'dropped')
      return { done: true }
    },
  }),
  route({
    method: 'GET',
    path: '/api/registry/loads/:load/corrections.:format',
    title: words('导出待更正行', 'Export rows to correct'),
    right: 'registry.load.write',
    audit: 'registry.correction.read',
    params: Type.Object({ load: Type.Integer({ minimum: 1 }), format: Type.Enum(['csv', 'xlsx']) }),
    response: Type.Unknown(),
    example: '原因,姓名',
    produces: 'application/octet-stream',
    handler: async ({ params, actor, scope, work, reply }) => {
      const load = await findLoad(parts, work.tx, actor, scope, params.load)
      const keys = parts.keys()
      async function* rows() {
        let after: number | undefined
        do {
          const page = await listCorrections(parts.app.db, keys, load, { ...(after ? { after } : {}), limit: 500 })
          for (const { line, cells, reasons } of page.rows)
            yield [String(line), reasons.map(({ message }) => message.zh).join('；'), ...cells]
          after = page.next ?? undefined
        } while (after)
      }
      return writeTable(
        reply,
        params.format,
        `corrections-${load.id}`,
        ['行号', '原因', ...load.reading.header],
        rows(),
      )
    },
  }),
]
