import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareDatabase, startEmbedded } from '#runtime'
import { allModules } from '../apps/server/modules.ts'

/** One real PostgreSQL for the whole run, migrated once; every test application clones it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-test-'))
  const database = await startEmbedded(folder, { durable: false })
  await prepareDatabase(database.url, allModules)
  project.provide('database', database.url)
  return async () => {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's address of the migrated template. */
    database: string
  }
}
