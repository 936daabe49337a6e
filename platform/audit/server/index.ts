import { keys } from '#platform/crypto'
import { type App, auditSink, type ServerPart } from '#runtime'
import { entrySink } from './sink.ts'

export function server(app: App): ServerPart {
  app.provide(auditSink, entrySink(app, app.use(keys)))
  return {}
}
