import { loops } from '#platform/loops'
import { datasetExtracts, fieldUses, REFUSED_SETTLED, ROWS_CHANGED, rowMarks } from '#platform/registry'
import { type App, type ServerPart, system, words } from '#runtime'
import { inventory, objections } from '../contract.ts'
import { correctionHooks, wantCheck } from './corrections/correction-hooks.ts'
import { checkAfterChange, openForLoad } from './corrections/open-for-load.ts'
import { fieldsLike, ownersLike } from './inventory/fields-like.ts'
import { loadInventory } from './inventory/load-demonstration.ts'
import { inventoryHooks, renewInventory } from './inventory/renew.ts'
import { getDataset } from './known-datasets.ts'
import { objectionHooks } from './objections/objection-hooks.ts'
import { object, objectionMarks } from './objections/objections.ts'
import { checkDataset } from './quality/check-dataset.ts'
import { rulesOfFields } from './quality/rules-of-fields.ts'
import { collectionRoutes } from './routes/collection-routes.ts'

export const server = (app: App): ServerPart => {
  for (const hooks of [correctionHooks(app), objectionHooks(app), inventoryHooks(app)])
    app.use(loops).hooks('collection', hooks)
  app.provide(objections, {
    open: (work, { dataset, ...about }) => object(app, work, { ...about, dataset: getDataset(app, dataset) }),
  })
  app.provide(inventory, { fieldsLike, ownersLike })
  app.use(fieldUses).tell(rulesOfFields)
  const marks = app.use(rowMarks)
  marks.source(objectionMarks)
  marks.link({
    right: 'collection.object',
    title: words('对这条数据提出异议', 'Object to this record'),
    path: (dataset, row) => `/objections/new?dataset=${encodeURIComponent(dataset)}&row=${row}`,
  })
  return {
    routes: collectionRoutes(app),
    jobs: [
      {
        id: 'collection.check',
        title: words('数据质量检查', 'Check of a dataset'),
        expireSeconds: 3600,
        run: (data, signal) => checkDataset(app, (data as { dataset: string }).dataset, signal),
      },
      {
        id: 'collection.check-all',
        title: words('全部数据质量检查', 'Check of all datasets'),
        schedule: '30 2 * * *',
        run: () =>
          app.work(system('collection.check-all'), async (work) => {
            for (const { dataset } of app.use(datasetExtracts).all()) wantCheck(work, dataset.id)
          }),
      },
      {
        id: 'collection.renew',
        title: words('清单年度更新', 'Yearly inventory'),
        schedule: '0 8 5 1 *',
        run: async () => void (await app.work(system('collection.renew'), (work) => renewInventory(app, work))),
      },
    ],
    subscribers: [
      {
        id: 'collection.loads',
        topics: ['registry.load.ended'],
        handle: (work, event) => openForLoad(app, work, event),
      },
      { id: 'collection.changes', topics: [ROWS_CHANGED, REFUSED_SETTLED], handle: checkAfterChange },
    ],
    start: async () => {
      if (app.config.demo) await loadInventory(app)
    },
  }
}
