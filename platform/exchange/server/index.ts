import { loops } from '#platform/loops'
import { type App, type ServerPart, words } from '#runtime'
import { catalogue, grants } from '../contract.ts'
import { Calls } from './calls/calls.ts'
import { CatalogueIndex } from './catalogue/catalogue-index.ts'
import { Freshness } from './catalogue/freshness.ts'
import { GrantStore } from './grants/grant-store.ts'
import { requestHooks } from './grants/request-hooks.ts'
import { ReceiptBook } from './receipts/receipt-book.ts'
import { Signer, signLeft } from './receipts/signer.ts'
import { callRoutes } from './routes/call-routes.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { grantRoutes } from './routes/grant-routes.ts'
import { receiptRoutes } from './routes/receipt-routes.ts'
import { requestRoutes } from './routes/request-routes.ts'

export const server = (app: App): ServerPart => {
  const freshness = new Freshness(app)
  const index = new CatalogueIndex(app, freshness)
  const store = new GrantStore(app)
  const signer = new Signer(app)
  const book = new ReceiptBook(app, signer.take)
  const calls = new Calls(app, store, book)
  app.provide(catalogue, index)
  app.provide(grants, store)
  app.use(loops).hooks('exchange', requestHooks(app, store))
  return {
    routes: [
      ...catalogueRoutes(app, index),
      ...requestRoutes(app, store),
      ...grantRoutes(app, store),
      ...callRoutes(calls),
      ...receiptRoutes(app, store),
    ],
    jobs: [
      {
        id: 'exchange.sign-left',
        title: words('补签中断进程的回执', 'Sign what a killed process left'),
        schedule: '* * * * *',
        run: async () => void (await signLeft(app)),
      },
    ],
    start: async () => {
      await Promise.all([freshness.start(), store.start()])
      signer.start()
    },
    stop: async () => {
      await freshness.stop()
      await signer.stop()
    },
  }
}
