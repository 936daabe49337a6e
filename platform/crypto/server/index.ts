import type { App, ServerPart } from '#runtime'
import { system } from '#runtime'
import { keys } from '../keys.ts'
import { KeyReports } from './key-reports.ts'
import { KeyStore } from './key-store.ts'
import { rotateJob } from './rotate.ts'
import { keyRoutes } from './routes.ts'
import { openStore } from './stored-keys.ts'

export async function server(app: App): Promise<ServerPart> {
  const purposes = app.declared('keyPurposes').map(({ entry }) => entry)
  const made = await openStore(app, purposes)
  const store = new KeyStore(app, purposes)
  await store.reload()
  app.provide(keys, store)
  const reports = new KeyReports(app, store)
  return {
    routes: keyRoutes(store),
    jobs: [rotateJob(app, store, reports)],
    start: async () => {
      await reports.start()
      if (made.length === 0) return
      await app.work(system('crypto'), async (work) => {
        for (const { purpose, id } of made)
          work.audit({
            event: 'crypto.key.made',
            subject: { kind: 'crypto.key', id: String(id) },
            details: { purpose },
          })
      })
    },
    stop: () => reports.stop(),
  }
}
