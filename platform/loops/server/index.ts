import { documents } from '#platform/documents'
import type { App, ServerPart } from '#runtime'
import { type Loops, loops } from '../contract.ts'
import { act } from './act.ts'
import { batchJob } from './batches/run-batch.ts'
import { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import { sortActions } from './find-actions.ts'
import { getRow } from './get-row.ts'
import { HookRegistry } from './hook-registry.ts'
import { mayRead } from './may-read.ts'
import { open } from './open.ts'
import { openAbout } from './open-about.ts'
import { actRoute } from './routes/act.ts'
import { batchRoutes } from './routes/batches.ts'
import { detailRoute } from './routes/detail.ts'
import { diagramRoute } from './routes/diagram.ts'
import { handOverRoutes } from './routes/hand-over.ts'
import { inboxRoute } from './routes/inbox.ts'
import { inboxCountsRoute } from './routes/inbox-counts.ts'
import { miningRoute } from './routes/mining.ts'
import { miningMattersRoute } from './routes/mining-matters.ts'
import { definitionsRoute, openRoute } from './routes/open.ts'
import { rulingRoutes } from './routes/rulings.ts'
import { searchRoute } from './routes/search.ts'
import { statisticsRoute } from './routes/statistics.ts'
import { storeRoutes } from './routes/store.ts'
import { storeChangeRoutes } from './routes/store-changes.ts'
import { toInstance } from './row.ts'
import { runClocks } from './run-clocks.ts'
import { signal } from './signal.ts'
import { PUBLISHED } from './store/drafts.ts'
import { update } from './update.ts'

/** Starts the engine: definitions loaded and compared, hooks checked once every module is there, clocks served. */
export const server = async (app: App): Promise<ServerPart> => {
  const engine = engineOf(app, new Definitions(), new HookRegistry())
  await engine.definitions.load(
    app.db,
    app.declared('loops').map(({ entry }) => entry),
  )
  const { service } = engine
  app.provide(loops, service)
  app.use(documents).readers('loop', (work, id) => service.mayRead(work, id))
  let clocks: Promise<void> | undefined
  return {
    routes: [
      inboxRoute(engine),
      inboxCountsRoute(engine),
      definitionsRoute(engine),
      ...storeRoutes(engine),
      ...storeChangeRoutes(engine),
      ...batchRoutes(engine),
      ...handOverRoutes(engine),
      ...rulingRoutes(engine),
      statisticsRoute(engine),
      miningRoute(engine),
      miningMattersRoute(engine),
      searchRoute(engine),
      openRoute(engine),
      detailRoute(engine),
      diagramRoute(engine),
      actRoute(engine),
    ],
    jobs: [batchJob(engine)],
    start: async () => {
      for (const definition of engine.definitions.current()) engine.hooks.check(definition)
      clocks = runClocks(engine)
      app.hear(({ topic }) => {
        if (topic === PUBLISHED)
          engine.definitions.refresh(app.db).catch((err) => app.log.error({ err }, 'definitions'))
      })
    },
    stop: async () => {
      await clocks
    },
  }
}

function engineOf(app: App, definitions: Definitions, hooks: HookRegistry): Engine {
  const engine: Engine = {
    app,
    definitions,
    hooks,
    get service() {
      return service
    },
    with: (others) => engineOf(app, others, hooks),
  }
  const service = serviceOf(engine)
  return engine
}

const serviceOf = (engine: Engine): Loops => ({
  hooks: (module, hooks) => engine.hooks.add(module, hooks),
  open: (work, opening) => open(engine, work, opening),
  act: (work, wanted) => act(engine, work, wanted),
  signal: (work, origin, name) => signal(engine, work, origin, name),
  update: (work, id, data) => update(engine, work, id, data),
  get: async (work, id) => toInstance(await getRow(work, id), work.at),
  openAbout: (work, origin) => openAbout(work, origin),
  mayRead: async (work, id) => {
    const row = await getRow(work, id)
    return mayRead(engine, work, await engine.definitions.find(work.tx, row.definition, row.version), row, work.actor)
  },
  actionsFor: async (work, id, actor) => {
    const row = await getRow(work, id)
    const definition = await engine.definitions.find(work.tx, row.definition, row.version)
    return (await sortActions(engine, work, definition, row, actor)).possible
  },
  definition: (id, version) => engine.definitions.get(id, version),
})
