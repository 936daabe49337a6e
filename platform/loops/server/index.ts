import { sql } from 'kysely'
import { type App, NotFound, type ServerPart, type Work } from '#runtime'
import { type Loops, loops } from '../contract.ts'
import { act, numberOf } from './act.ts'
import { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import { findActions } from './find-actions.ts'
import { HookRegistry } from './hook-registry.ts'
import { mayRead } from './may-read.ts'
import { open } from './open.ts'
import { type Row, toInstance } from './row.ts'
import { runClocks } from './run-clocks.ts'
import { signal } from './signal.ts'

/** Starts the engine: definitions loaded and compared, hooks checked once every module is there, clocks served. */
export const server = async (app: App): Promise<ServerPart> => {
  const engine: Engine = { app, definitions: new Definitions(), hooks: new HookRegistry() }
  await engine.definitions.load(
    app.db,
    app.declared('loops').map(({ entry }) => entry),
  )
  app.provide(loops, serviceOf(engine))
  let clocks: Promise<void> | undefined
  return {
    start: async () => {
      for (const definition of engine.definitions.current()) engine.hooks.check(definition)
      clocks = runClocks(engine)
    },
    stop: async () => {
      await clocks
    },
  }
}

const serviceOf = (engine: Engine): Loops => ({
  hooks: (module, hooks) => engine.hooks.add(module, hooks),
  open: (work, opening) => open(engine, work, opening),
  act: (work, wanted) => act(engine, work, wanted),
  signal: (work, origin, name) => signal(engine, work, origin, name),
  get: async (work, id) => toInstance(await getRow(work, id), work.at),
  mayRead: async (work, id) => {
    const row = await getRow(work, id)
    return mayRead(engine, work, await engine.definitions.find(work.tx, row.definition, row.version), row, work.actor)
  },
  actionsFor: async (work, id, actor) => {
    const row = await getRow(work, id)
    return findActions(engine, work, await engine.definitions.find(work.tx, row.definition, row.version), row, actor)
  },
  definition: (id, version) => engine.definitions.get(id, version),
})

/** @throws NotFound */
export async function getRow(work: Work, id: string): Promise<Row> {
  const { rows } = await sql<Row>`select * from loops.instance where id = ${numberOf(id)}`.execute(work.tx)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}
