import { Type } from 'typebox'
import { datasetExtracts } from '#platform/registry'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import type { Analytics } from '../../contract.ts'
import { CONSOLE, EXPORT } from '../open-question.ts'
import { isReadable, needWholeCity } from '../readable.ts'
import { tableName } from '../snapshots/refresh.ts'

const Title = Type.Object({ zh: Type.String(), en: Type.String() })
const ColumnView = Type.Object({ name: Type.String(), type: Type.String(), title: Type.Optional(Title) })
const TableView = Type.Object({
  table: Type.String(),
  dataset: Type.Optional(Type.String()),
  title: Type.Optional(Title),
  taken: Type.Boolean(),
  rows: Type.Integer(),
  bytes: Type.Integer(),
  at: Type.Optional(Type.String()),
  columns: Type.Array(ColumnView),
})
const LimitsView = Type.Object({ seconds: Type.Integer(), bytes: Type.Integer(), rows: Type.Integer() })

const DATASET = 100

/** Which tables there are or could be, and bringing one up to date. */
export const tableRoutes = (app: App, service: Analytics): Route[] => [
  route({
    method: 'GET',
    path: '/api/analytics/tables',
    title: words('可查询的分析表', 'Tables that can be asked'),
    right: 'analytics.ask',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(TableView), limits: LimitsView, exportLimits: LimitsView }),
    example: { rows: [], limits: CONSOLE, exportLimits: EXPORT },
    handler: async ({ actor }) => {
      needWholeCity(actor, 'analytics.ask')
      const snapshots = (await service.tables()).filter((each) => isReadable(app, actor, each))
      const titles = new Map(
        app
          .use(datasetExtracts)
          .all()
          .map(({ dataset }) => [dataset.id, dataset.title]),
      )
      const taken = snapshots.map(({ sources: _, ...each }) => {
        const title = titles.get(each.dataset ?? '')
        return { ...each, ...(title ? { title } : {}), taken: true }
      })
      const has = new Set(snapshots.map(({ dataset }) => dataset))
      const open = app
        .use(datasetExtracts)
        .all()
        .filter(({ dataset }) => !has.has(dataset.id) && isReadable(app, actor, { sources: [dataset.id] }))
        .map(({ dataset: { id, title } }) => ({
          table: tableName(id),
          dataset: id,
          title,
          taken: false,
          rows: 0,
          bytes: 0,
          columns: [],
        }))
      return { rows: [...taken, ...open], limits: CONSOLE, exportLimits: EXPORT }
    },
  }),
  route({
    method: 'POST',
    path: '/api/analytics/tables/refresh',
    title: words('更新一张分析表', 'Bring a table of analysis up to date'),
    right: 'analytics.refresh',
    audit: 'analytics.table.wanted',
    body: Type.Object({ dataset: Type.String({ maxLength: DATASET }) }),
    response: Type.Object({ table: Type.String() }),
    example: { table: 'air_station' },
    handler: async ({ actor, body: { dataset }, work }) => {
      needWholeCity(actor, 'analytics.refresh')
      app.use(datasetExtracts).get(dataset)
      if (!isReadable(app, actor, { sources: [dataset] })) throw new NotFound()
      work.audit({ event: 'analytics.table.wanted', subject: { kind: 'registry.dataset', id: dataset } })
      work.enqueue('analytics.refresh', { dataset }, { key: dataset })
      return { table: tableName(dataset) }
    },
  }),
]
