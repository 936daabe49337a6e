import { loops } from '#platform/loops'
import { type App, type ServerPart, system, words } from '#runtime'
import { catalogue, disclosures, grants } from '../contract.ts'
import { Calls } from './calls/calls.ts'
import { CatalogueIndex } from './catalogue/catalogue-index.ts'
import { Freshness } from './catalogue/freshness.ts'
import { clearAway } from './clear-away.ts'
import { loadDemonstration } from './demonstration.ts'
import { openFiles } from './files/file-rows.ts'
import { makeFile } from './files/make-file.ts'
import { GrantStore } from './grants/grant-store.ts'
import { requestHooks } from './grants/request-hooks.ts'
import { disclosuresOf } from './receipts/disclosures.ts'
import { ReceiptBook } from './receipts/receipt-book.ts'
import { Signer, signLeft } from './receipts/signer.ts'
import { callRoutes } from './routes/call-routes.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { fileRoutes } from './routes/file-routes.ts'
import { grantRoutes } from './routes/grant-routes.ts'
import { receiptRoutes } from './routes/receipt-routes.ts'
import { requestRoutes } from './routes/request-routes.ts'
import { subscriptionRoutes } from './routes/subscription-routes.ts'
import { duePushes, push, pushOnChange } from './subscriptions/push.ts'

const HOUR = 3600

export const server = (app: App): ServerPart => {
  const freshness = new Freshness(app)
  const index = new CatalogueIndex(app, freshness)
  const store = new GrantStore(app)
  const signer = new Signer(app)
  const book = new ReceiptBook(app, signer.take)
  const calls = new Calls(app, store, book)
  const files = { app, grants: store, book }
  const pushes = { app, grants: store, calls }
  app.provide(catalogue, index)
  app.provide(grants, store)
  app.provide(disclosures, disclosuresOf(app))
  app.use(loops).hooks('exchange', requestHooks(app, store))
  return {
    routes: [
      ...catalogueRoutes(app, index, store),
      ...requestRoutes(app, store),
      ...grantRoutes(app, store),
      ...callRoutes(calls),
      ...receiptRoutes(app, store),
      ...fileRoutes(files, calls),
      ...subscriptionRoutes(pushes),
    ],
    subscribers: [pushOnChange(pushes)],
    jobs: [
      {
        id: 'exchange.sign-left',
        title: words('补签中断进程的回执', 'Sign what a killed process left'),
        schedule: '* * * * *',
        run: async () => void (await signLeft(app)),
      },
      {
        id: 'exchange.file-rows',
        title: words('把新回执编入索引', 'Take new receipts into their index'),
        schedule: '* * * * *',
        run: async () => void (await app.pool.query('select exchange.file_rows_of_receipts()')),
      },
      {
        id: 'exchange.file',
        title: words('生成批量文件', 'Make a batch file'),
        expireSeconds: 6 * HOUR,
        run: (data, signal) => makeFile(files, (data as { id: string }).id, signal),
      },
      {
        id: 'exchange.push',
        title: words('推送变更', 'Push changes'),
        concurrency: 4,
        run: (data, signal) => push(pushes, (data as { grant: string }).grant, signal),
      },
      {
        id: 'exchange.clear-away',
        title: words('清理到期的文件、变更记录和回执', 'Clear away files, changes and receipts past their term'),
        schedule: '20 3 * * *',
        run: () => clearAway(app),
      },
      {
        id: 'exchange.resume',
        title: words('继续中断的文件和推送', 'Take up interrupted files and pushes'),
        schedule: '* * * * *',
        run: () => orderAgain(app),
      },
    ],
    start: async () => {
      await Promise.all([freshness.start(), store.start()])
      signer.start()
      if (app.config.demo) await loadDemonstration(app, store)
    },
    stop: async () => {
      await freshness.stop()
      await signer.stop()
    },
  }
}

/** Orders what is not finished; of what is ordered already nothing is ordered twice. */
const orderAgain = (app: App): Promise<void> =>
  app.work(system('exchange.resume'), async (work) => {
    for (const id of await openFiles(work.tx)) work.enqueue('exchange.file', { id }, { key: id })
    for (const grant of await duePushes(app)) work.enqueue('exchange.push', { grant }, { key: grant })
  })
