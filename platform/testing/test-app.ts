import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type App, type BootOptions, boot, inDatabase, type Module, type Running, readConfig } from '#runtime'
import { auditModule } from '../audit/module.ts'
import { cryptoModule } from '../crypto/module.ts'

/** A whole program on its own copy of the database. */
export interface TestApp extends Running {
  readonly app: App
  /** Owner's address of its database, to do behind the program's back what the weak role may not. */
  readonly ownerUrl: string
}

export interface TestAppOptions {
  /** Everything that the product has, unless a few modules are enough; keys and audit are always there. */
  readonly modules?: readonly Module[]
  readonly now?: () => Date
  readonly demo?: boolean
  /** Further settings, e.g. a scanner's address. */
  readonly env?: Readonly<Record<string, string>>
  /** What the program serves besides the API, e.g. the portal. */
  readonly decorate?: BootOptions['decorate']
}

/** Starts the program on a clone of the migrated template, under the weak role, on a free port. Stop it after the test. */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const template = inject('database')
  const name = `t_${randomBytes(6).toString('hex')}`
  await asOwner(inDatabase(template, 'postgres'), `create database ${name} template daizong strategy file_copy`)
  const ownerUrl = inDatabase(template, name)
  const dataDir = await mkdtemp(join(tmpdir(), 'daizong-app-'))
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: ownerUrl,
    DAIZONG_DEMO: options.demo ? '1' : '0',
    // The demonstration's people and firms come only when asked for by `env`: most tests need its accounts alone.
    DAIZONG_DEMO_RESIDENTS: '0',
    DAIZONG_LOG_LEVEL: process.env.DAIZONG_LOG_LEVEL ?? 'error',
    ...options.env,
  })
  const wanted = options.modules ?? (await import('../../apps/server/modules.ts')).allModules
  const modules = [...new Set<Module>([cryptoModule, auditModule, ...wanted])]
  const running = await boot(config, modules, {
    ...(options.now ? { now: options.now } : {}),
    ...(options.decorate ? { decorate: options.decorate } : {}),
  })
  const stop = async () => {
    await running.stop()
    await asOwner(inDatabase(template, 'postgres'), `drop database ${name} with (force)`)
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...running, ownerUrl, stop }
}

/** Runs SQL as the owner of the database. */
export async function asOwner(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}
