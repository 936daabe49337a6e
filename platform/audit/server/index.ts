import { keys } from '#platform/crypto'
import { type App, auditSink, type ServerPart } from '#runtime'
import { auditLog } from '../contract.ts'
import { entriesAbout } from './entries-about.ts'
import { exportRoute } from './export-route.ts'
import { logRoutes } from './log-routes.ts'
import { Sealer } from './sealer.ts'
import { entrySink } from './sink.ts'
import { verificationJob, verificationRoutes } from './verification.ts'
import { verifyLog } from './verify.ts'

export function server(app: App): ServerPart {
  const ring = app.use(keys)
  const sealer = new Sealer(app, ring)
  app.provide(auditSink, entrySink(app, ring))
  app.provide(auditLog, {
    about: entriesAbout,
    seal: () => sealer.sealConfirmed(),
    verify: (progress, signal) => verifyLog(app, ring, sealer, progress, signal),
  })
  return {
    routes: [...logRoutes(app, ring), exportRoute(app, ring), ...verificationRoutes()],
    jobs: [verificationJob(app)],
    start: async () => sealer.start(),
    stop: () => sealer.stop(),
  }
}
