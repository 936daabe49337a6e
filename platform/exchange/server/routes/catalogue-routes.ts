import { Type } from 'typebox'
import { analytics } from '#platform/analytics'
import { identity } from '#platform/identity'
import { datasetDirectory, fieldUses } from '#platform/registry'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import type { CatalogueIndex } from '../catalogue/catalogue-index.ts'
import type { GrantStore } from '../grants/grant-store.ts'
import { isOwn } from './receipt-routes.ts'
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

const USES = 100

/** The catalogue of what the city knows, for everybody who works for it. */
export const catalogueRoutes = (app: App, index: CatalogueIndex, store: GrantStore): Route[] => [
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
      next: Nullable(Type.String()),
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
        next: end < found ? String(end) : null,
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
    /** `traced`: the caller may see who used it. */
    response: Type.Object({ ...Entry.properties, fields: Type.Array(Field), traced: Type.Boolean() }),
    example: { id: 'air.station', fields: [] },
    handler: async ({ params, actor, work }) => {
      const entry = await index.find(params.dataset)
      const directory = app.use(datasetDirectory)
      const dataset = directory.find(params.dataset)
      if (!entry || !dataset) throw new NotFound()
      const sizes = await directory.sizes(work.tx, [dataset])
      const scope = actor.rights.get('exchange.read')
      return {
        ...entry,
        changedAt: entry.changedAt?.toISOString() ?? null,
        rows: sizes.get(entry.id) ?? null,
        traced: scope !== undefined && (await isOwn(app, work, scope, entry.id)),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/catalogue/:dataset/lineage',
    title: words('字段的来源和去向', 'Where the fields of a dataset come from and go to'),
    right: 'exchange.catalogue.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ dataset: Type.String({ maxLength: 100 }) }),
    response: Type.Object({
      sources: Type.Array(
        Type.Object({
          load: Type.Integer(),
          file: Type.String(),
          organisation: Type.String(),
          at: Type.String({ format: 'date-time' }),
          rows: Type.Integer(),
          columns: Type.Array(Type.Object({ header: Type.String(), field: Type.String() })),
        }),
      ),
      uses: Type.Array(
        Type.Object({
          grant: Type.String(),
          consumer: Type.String(),
          consumerName: WordsView,
          until: Type.String(),
          fields: Type.Array(Type.String()),
        }),
      ),
      /** What modules make of its fields: tags, rules of quality, files, open data. */
      made: Type.Array(
        Type.Object({
          kind: WordsView,
          title: WordsView,
          page: Nullable(Type.String()),
          fields: Type.Array(Type.String()),
        }),
      ),
      /** Kept answers of analyses; they hold facts of the dataset as a whole. */
      kept: Type.Array(Type.Object({ table: Type.String(), rows: Type.Integer(), at: Type.String() })),
    }),
    example: { sources: [], uses: [], made: [], kept: [] },
    handler: async ({ params, work }) => {
      const dataset = app.use(datasetDirectory).find(params.dataset)
      if (!dataset || !(await index.find(params.dataset))) throw new NotFound()
      const made = await app.use(fieldUses).of(work.tx, dataset)
      const origins = await app.use(datasetDirectory).origins(work.tx, params.dataset)
      const tables = await app.use(analytics).tables()
      const names = new Map((await app.use(identity).organisations()).map(({ id, name }) => [id, name]))
      return {
        sources: origins.map(({ at, ...origin }) => ({ ...origin, at: at.toISOString() })),
        uses: store
          .ofDataset(params.dataset)
          .slice(0, USES)
          .map(({ id, consumer, until, fields }) => ({
            ...{ grant: id, consumer, until, fields },
            consumerName: names.get(consumer) ?? words(consumer, consumer),
          })),
        made: made
          .filter(({ fields }) => fields.length > 0)
          .slice(0, USES)
          .map(({ page, ...use }) => ({ ...use, page: page ?? null })),
        kept: tables
          .filter((table) => !table.dataset && !table.isInner && table.sources.includes(params.dataset))
          .map(({ table, rows, at }) => ({ table, rows, at })),
      }
    },
  }),
]
