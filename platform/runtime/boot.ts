import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Registry as Metrics } from 'prom-client'
import type { App } from './app.ts'
import { checkDeclarations, checkRoutes, declaredIn, inOrder } from './check-modules.ts'
import { Closing } from './closing.ts'
import type { Config } from './config.ts'
import { isDatabaseAway } from './database/away.ts'
import { connect, connectOwner, prepareRole } from './database/connect.ts'
import { startEmbedded } from './database/embedded.ts'
import { migrate } from './database/migrate.ts'
import { StartError } from './errors.ts'
import { followEvents, serveSubscriber } from './events.ts'
import { openFront } from './http/front.ts'
import { healthRoutes } from './http/health.ts'
import { liveRoute } from './http/live.ts'
import type { PageHead } from './http/page-head.ts'
import type { Route } from './http/route.ts'
import { makeLog } from './log.ts'
import type { Module, ServerPart } from './module.ts'
import { runtimeModule } from './module-runtime.ts'
import { workRunner } from './run-work.ts'
import { Services } from './services.ts'
import type { StoredEvent } from './work.ts'

/** How long calls and jobs under way and the modules may take at a stop: together less than five seconds. */
const LAST_CALLS_MS = 1_000
const LAST_WORK_MS = 2_500
const PARTS_STOP_MS = 1_500
/** The database has limits of its own. */
const DATABASE_STOP_MS = 7_000

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
  readonly decorate?: (http: FastifyInstance, app: App, heads: readonly PageHead[]) => Promise<void>
  /** Gets the way to stop the program at once, while it is still starting. */
  readonly begun?: (stop: () => Promise<void>) => void
  /** False in programs that only want the services, such as `audit:verify`. */
  readonly listen?: boolean
}

/** Brings the database up to date as its owner; separate, so that a cluster can do it once before a rolling restart. */
export async function prepareDatabase(ownerUrl: string, modules: readonly Module[]): Promise<void> {
  const owner = await connectOwner(ownerUrl)
  try {
    await prepareRole(owner, ownerUrl)
    await migrate(owner, inOrder([runtimeModule, ...modules]))
    const { migrateJobs } = await import('./jobs.ts')
    await migrateJobs(owner)
  } finally {
    await owner.end()
  }
}

/**
 * Starts everything in order: modules checked, port open, database migrated, services made, routes checked, HTTP and
 * jobs on. Whatever was started is stopped again if a later step fails.
 */
export async function boot(config: Config, listed: readonly Module[], options: BootOptions = {}): Promise<Running> {
  const modules = inOrder([runtimeModule, ...listed])
  checkDeclarations(modules)
  const log = makeLog(config.logLevel)
  const closing = new Closing(log)
  options.begun?.(() => closing.run())
  try {
    return await start({ config, listed, modules, options, log, closing })
  } catch (error) {
    await closing.run()
    if (!(error instanceof StartError) && isDatabaseAway(error))
      throw new StartError(`The database was lost during the start: ${String(error)}.`)
    throw error
  }
}

interface Start {
  readonly config: Config
  readonly listed: readonly Module[]
  readonly modules: readonly Module[]
  readonly options: BootOptions
  readonly log: Logger
  readonly closing: Closing
}

async function start({ config, listed, modules, options, log, closing }: Start): Promise<Running> {
  const front = options.listen === false ? undefined : await openFront(config.host, config.port)
  closing.add(() => front?.close(0))
  const starting = config.databaseUrl ? undefined : startEmbedded(config.dataDir, { log })
  closing.add(async () => (await starting?.catch(() => undefined))?.stop(), DATABASE_STOP_MS)
  const embedded = await starting
  const ownerUrl = config.databaseUrl ?? embedded?.url ?? ''
  await prepareDatabase(ownerUrl, listed)

  const { db, pool } = connect(ownerUrl)
  closing.add(() => db.destroy())
  const { jobQueue } = await import('./jobs.ts')
  const queue = jobQueue(pool)
  const services = new Services()
  const stopping = new AbortController()
  const now = options.now ?? (() => new Date())
  const metrics = new Metrics()
  collectDefaultMetrics({ register: metrics })
  const listeners: ((event: StoredEvent) => void)[] = []
  const app: App = {
    config,
    log,
    metrics,
    db,
    pool,
    modules,
    declared: (list) => declaredIn(modules, list),
    provide: (ref, value) => services.provide(ref, value),
    use: (ref) => services.get(ref),
    find: (ref) => services.find(ref),
    work: workRunner({ pool, services, now, enqueue: queue.enqueue, wake: queue.wake }),
    hear: (listener) => void listeners.push(listener),
    now,
    stopping: stopping.signal,
  }

  const parts: ServerPart[] = []
  closing.add(async () => {
    for (const part of parts.toReversed()) await part.stop?.()
  }, PARTS_STOP_MS)
  for (const module of modules) if (module.server) parts.push(await (await module.server()).server(app))

  let ready = false
  const open = healthRoutes(
    app,
    () => ready,
    () => http.swagger(),
  )
  const routes = [...open, liveRoute(app), ...parts.flatMap((part) => part.routes ?? [])]
  checkRoutes(routes, modules)
  // Loaded when wanted: threads that need words and errors of the runtime alone do not wait for a server's libraries.
  const { createServer } = await import('./http/server.ts')
  const http = await createServer(app, routes)
  closing.add(() => http.close())
  await options.decorate?.(
    http,
    app,
    parts.flatMap((part) => part.heads ?? []),
  )
  await http.ready()

  const following: Promise<void>[] = []
  closing.add(() => {
    ready = false
    stopping.abort()
    return Promise.all([front?.close(LAST_CALLS_MS), queue.stop(), ...following])
  }, LAST_WORK_MS)
  const jobs = parts.flatMap((part) => part.jobs ?? [])
  await queue.start(app, jobs)
  for (const part of parts) await part.start?.()
  await queue.serve(app, jobs)
  for (const subscriber of parts.flatMap((part) => part.subscribers ?? []))
    following.push(serveSubscriber(app, subscriber))
  void followEvents(app, (event) => {
    for (const listener of listeners) listener(event)
  })
  front?.serve((request, response) => http.routing(request, response))
  ready = true
  return { app, http, routes, address: front?.address ?? '', stop: () => closing.run() }
}
