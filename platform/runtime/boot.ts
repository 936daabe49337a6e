import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { collectDefaultMetrics, Registry as Metrics } from 'prom-client'
import type { App } from './app.ts'
import { checkDeclarations, checkRoutes, declaredIn, inOrder } from './check-modules.ts'
import type { Config } from './config.ts'
import { connect, prepareRole } from './database/connect.ts'
import { startEmbedded } from './database/embedded.ts'
import { migrate } from './database/migrate.ts'
import { followEvents, serveSubscriber } from './events.ts'
import { healthRoutes } from './http/health.ts'
import { liveRoute } from './http/live.ts'
import type { Route } from './http/route.ts'
import { createServer } from './http/server.ts'
import { jobQueue, migrateJobs } from './jobs.ts'
import type { Module, ServerPart } from './module.ts'
import { runtimeModule } from './module-runtime.ts'
import { workRunner } from './run-work.ts'
import { Services } from './services.ts'
import type { StoredEvent } from './work.ts'

/** A running program. */
export interface Running {
  readonly app: App
  readonly http: FastifyInstance
  /** Every route as declared. */
  readonly routes: readonly Route[]
  /** `http://127.0.0.1:8080` */
  readonly address: string
  stop(): Promise<void>
}

export interface BootOptions {
  /** Clock of the program; tests move it. */
  readonly now?: () => Date
  /** Adds what is not an API, such as the portal's files, before the server listens. */
  readonly decorate?: (http: FastifyInstance, app: App) => Promise<void>
  /** False in programs that only want the services, such as `audit:verify`. */
  readonly listen?: boolean
}

/** Brings the database up to date as its owner; separate, so that a cluster can do it once before a rolling restart. */
export async function prepareDatabase(ownerUrl: string, modules: readonly Module[]): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await prepareRole(owner, ownerUrl)
    await migrate(owner, inOrder([runtimeModule, ...modules]))
    await migrateJobs(owner)
  } finally {
    await owner.end()
  }
}

/** Starts everything in order: modules checked, database migrated, services made, routes checked, jobs and HTTP on. */
export async function boot(config: Config, listed: readonly Module[], options: BootOptions = {}): Promise<Running> {
  const modules = inOrder([runtimeModule, ...listed])
  checkDeclarations(modules)
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir)
  const ownerUrl = config.databaseUrl ?? embedded?.url ?? ''
  await prepareDatabase(ownerUrl, listed)

  const { db, pool } = connect(ownerUrl)
  const queue = jobQueue(pool)
  const services = new Services()
  const stopping = new AbortController()
  const now = options.now ?? (() => new Date())
  const metrics = new Metrics()
  collectDefaultMetrics({ register: metrics })
  const listeners: ((event: StoredEvent) => void)[] = []
  const app: App = {
    config,
    log: pino({
      level: config.logLevel,
      redact: ['password', '*.password', 'token', '*.token', 'headers.cookie', 'headers.authorization'],
    }),
    metrics,
    db,
    pool,
    modules,
    declared: (list) => declaredIn(modules, list),
    provide: (ref, value) => services.provide(ref, value),
    use: (ref) => services.get(ref),
    find: (ref) => services.find(ref),
    work: workRunner({ db, services, now, enqueue: queue.enqueue, wake: queue.wake }),
    hear: (listener) => void listeners.push(listener),
    now,
    stopping: stopping.signal,
  }

  const parts: ServerPart[] = []
  for (const module of modules) if (module.server) parts.push(await (await module.server()).server(app))

  let ready = false
  const routes = parts.flatMap((part) => part.routes ?? [])
  const open = healthRoutes(
    app,
    () => ready,
    () => http.swagger(),
  )
  const all = [...open, liveRoute(app), ...routes]
  checkRoutes(all, modules)
  const http = await createServer(app, all)
  await options.decorate?.(http, app)
  const address = options.listen === false ? '' : await http.listen({ port: config.port, host: config.host })

  await queue.start(
    app,
    parts.flatMap((part) => part.jobs ?? []),
  )
  for (const part of parts) await part.start?.()
  const following = parts
    .flatMap((part) => part.subscribers ?? [])
    .map((subscriber) => serveSubscriber(app, subscriber))
  void followEvents(app, (event) => {
    for (const listener of listeners) listener(event)
  })
  ready = true

  const stop = async () => {
    ready = false
    stopping.abort()
    await http.close()
    await Promise.all([queue.stop(), ...following])
    for (const part of parts.toReversed()) await part.stop?.()
    await db.destroy()
    await embedded?.stop()
  }
  return { app, http, routes: all, address, stop }
}
