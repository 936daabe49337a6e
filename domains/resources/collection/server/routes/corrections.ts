import { Type } from 'typebox'
import { correctionLists, fieldMeta, rowSight, writeTable } from '#platform/registry'
import { type App, dayAt, formatDay, InvalidInput, NOTHING_PERSONAL, route, type Work, words } from '#runtime'
import { failedRows, getCorrection, leagueTable, listCorrections } from '../corrections/views.ts'
import { findDataset } from '../known-datasets.ts'
import { Nullable } from './schemas.ts'

const YEAR_DAYS = 365
const LoopParams = Type.Object({ loop: Type.String({ pattern: '^[0-9]{1,15}$' }) })
const PAGE = 50
const MOST = 1000

/** `GET /api/collection/corrections`: matters of correction within reach. */
export const correctionsRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/corrections',
    title: words('数据校核事项', 'Matters of correction'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      state: Type.Optional(Type.Enum(['open', 'ended'])),
      after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Nullable(Type.String()) }),
    example: { rows: [{ loop: '17', dataset: 'base.resident', lastBad: 12 }], next: null },
    handler: async ({ query, scope, work }) =>
      listCorrections(app, work, scope, {
        state: query.state ?? 'open',
        after: query.after,
        limit: query.limit ?? PAGE,
      }),
  })

export const correctionRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/corrections/:loop',
    title: words('一件数据校核', 'A matter of correction'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    params: LoopParams,
    response: Type.Unknown(),
    example: { loop: '17', dataset: 'base.resident', lastBad: 12 },
    handler: async ({ params, scope, work }) => getCorrection(app, work, scope, params.loop),
  })

/** Rows to correct with their reason, as their reader may see them. */
export const correctionRowsRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/corrections/:loop/rows',
    title: words('不合格的行', 'Rows to correct'),
    right: 'collection.read',
    audit: 'collection.rows.read',
    params: LoopParams,
    query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Nullable(Type.Integer()) }),
    example: {
      rows: [{ id: 7, load: 12, line: 51, reasons: [], cells: [{ title: '姓名', value: '王*' }] }],
      next: null,
    },
    handler: async ({ params, query, scope, work }) => {
      const matter = await getCorrection(app, work, scope, params.loop)
      const rows = await rowsOf(app, work, matter, query.after ?? 0, PAGE)
      return { rows, next: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null }
    },
  })

/** The same as a file for whoever corrects them. */
export const correctionExportRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/corrections/:loop/rows.:format',
    title: words('导出不合格的行', 'Export rows to correct'),
    right: 'collection.correct',
    audit: 'collection.rows.exported',
    params: Type.Object({ ...LoopParams.properties, format: Type.Enum(['csv', 'xlsx']) }),
    query: Type.Object({ purpose: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Unknown(),
    example: '导入编号,行号,原因,姓名',
    produces: 'application/octet-stream',
    handler: async ({ params, scope, work, reply }) => {
      const matter = await getCorrection(app, work, scope, params.loop)
      const rows = await rowsOf(app, work, matter, 0, MOST)
      async function* lines() {
        for (const { id, load, line, reasons, cells } of rows)
          yield [
            String(load ?? ''),
            String(line ?? id),
            reasons.map(({ zh }) => zh).join('；'),
            ...cells.map(({ value }) => value),
          ]
      }
      const header = ['导入编号', '行号', '原因', ...(rows[0]?.cells.map(({ title }) => title) ?? [])]
      return writeTable(reply, params.format, `corrections-${params.loop}`, header, lines())
    },
  })

type Matter = Awaited<ReturnType<typeof getCorrection>>

async function rowsOf(app: App, work: Work, matter: Matter, after: number, limit: number) {
  if (matter.load !== null) {
    const refused = await app.use(correctionLists).rows(work, matter.load, after, limit)
    return refused.map(({ id, load, line, reasons, cells }) => ({
      id,
      load,
      line,
      reasons: reasons.map(({ message }) => message),
      cells,
    }))
  }
  const ids = (await failedRows(work, matter.dataset, matter.rule)).filter((id) => id > after).slice(0, limit)
  const purpose = work.purpose ?? words('数据校核', 'Correction of data').zh
  const rows = ids.length > 0 ? await app.use(rowSight).rows({ ...work, purpose }, matter.dataset, ids) : []
  const fields = Object.entries(findDataset(app, matter.dataset)?.schema.properties ?? {})
  return rows.map(({ id, value }) => ({
    id,
    load: null,
    line: null,
    reasons: [matter.fault],
    cells: fields.map(([name, schema]) => ({
      title: fieldMeta(schema as Parameters<typeof fieldMeta>[0])?.title.zh ?? name,
      value: value[name] === undefined ? '' : String(value[name]),
    })),
  }))
}

/** `GET /api/collection/league`: how each source corrects, over a year unless said. */
export const leagueRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/collection/league',
    title: words('各单位数据校核情况', 'How units correct'),
    right: 'collection.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ from: Type.Optional(Type.String({ format: 'date' })) }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()) }),
    example: { rows: [{ source: 'city.police', opened: 4, closed: 3, inTime: 3, open: 1, overdue: 0 }] },
    handler: async ({ query, scope, work }) => {
      if (query.from && Number.isNaN(Date.parse(query.from)))
        throw new InvalidInput('wrong-day', words('日期无效', 'Not a day'))
      const from = query.from ?? formatDay(dayAt(app.now().getTime()) - YEAR_DAYS)
      return { rows: await leagueTable(work, scope, from) }
    },
  })
