import { Type } from 'typebox'
import { analytics } from '#platform/analytics'
import { datasetDirectory } from '#platform/registry'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import type { CatalogueIndex } from '../catalogue/catalogue-index.ts'
import { LEVELS, Nullable, SHARING, WordsView } from './schemas.ts'

const Field = Type.Object({
  name: Type.String(),
  title: WordsView,
  kind: Type.String(),
  element: Nullable(Type.String()),
  unit: Nullable(Type.String()),
  personal: Type.Boolean(),
  sharing: Type.Enum(SHARING),
})
const Entry = Type.Object({
  id: Type.String(),
  title: WordsView,
  about: WordsView,
  owner: Type.String(),
  ownerName: WordsView,
  level: Type.Enum(LEVELS),
  sharing: Type.Enum(SHARING),
  opening: Type.String(),
  personal: Type.Boolean(),
  hasRows: Type.Boolean(),
  changedAt: Nullable(Type.String({ format: 'date-time' })),
  rows: Nullable(Type.Integer()),
})

/** The catalogue of what the city knows, for everybody who works for it. */
export const catalogueRoutes = (app: App, index: CatalogueIndex): Route[] => [
  route({
    method: 'GET',
    path: '/api/exchange/catalogue',
    title: words('查找共享目录', 'Search the catalogue'),
    right: 'exchange.catalogue.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      text: Type.Optional(Type.String({ maxLength: 200 })),
      owner: Type.Optional(Type.String({ maxLength: 100 })),
      sharing: Type.Optional(Type.Enum(SHARING)),
      level: Type.Optional(Type.Enum(LEVELS)),
      after: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    response: Type.Object({
      rows: Type.Array(Type.Object({ ...Entry.properties, fields: Type.Integer() })),
      next: Nullable(Type.Integer()),
      found: Type.Integer(),
      owners: Type.Array(Type.Object({ id: Type.String(), name: WordsView, count: Type.Integer() })),
    }),
    example: { rows: [], next: null, found: 0, owners: [] },
    handler: async ({ query, work }) => {
      const { entries, found, owners } = await index.search(query)
      const directory = app.use(datasetDirectory)
      const datasets = entries.flatMap(({ id }) => directory.find(id) ?? [])
      const sizes = await directory.sizes(work.tx, datasets)
      const end = (query.after ?? 0) + entries.length
      return {
        rows: entries.map(({ fields, changedAt, ...entry }) => ({
          ...entry,
          changedAt: changedAt?.toISOString() ?? null,
          rows: sizes.get(entry.id) ?? null,
          fields: fields.length,
        })),
        next: end < found ? end : null,
        found,
        owners,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/catalogue/:dataset',
    title: words('数据集的共享信息', 'What of a dataset is shared'),
    right: 'exchange.catalogue.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ dataset: Type.String({ maxLength: 100 }) }),
    response: Type.Object({ ...Entry.properties, fields: Type.Array(Field) }),
    example: { id: 'air.station', fields: [] },
    handler: async ({ params, work }) => {
      const entry = await index.find(params.dataset)
      const directory = app.use(datasetDirectory)
      const dataset = directory.find(params.dataset)
      if (!entry || !dataset) throw new NotFound()
      const sizes = await directory.sizes(work.tx, [dataset])
      return { ...entry, changedAt: entry.changedAt?.toISOString() ?? null, rows: sizes.get(entry.id) ?? null }
    },
  }),
]

/** Kept answers of analyses that hold facts of a dataset. */
export async function keptTablesOf(app: App, dataset: string) {
  const tables = await app.use(analytics).tables()
  return tables.filter((table) => table.dataset === undefined && table.sources.includes(dataset))
}
