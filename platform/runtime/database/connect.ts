import { createHash, createHmac } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Db } from '../app.ts'
import { StartError } from '../errors.ts'

/** The weak role under which the program works; it owns nothing and gets only what migrations grant. */
export const APP_ROLE = 'daizong_app'

// Counts and sums come back as numbers; identifiers beyond 2^53 are never issued.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// A calendar day is text `2026-03-01`, never an instant in the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export interface Connection {
  readonly db: Db
  readonly pool: pg.Pool
}

/** Every process that knows the owner's address derives the same password, so none has to be stored or shared. */
const appPassword = (ownerUrl: string): string =>
  createHmac('sha256', decodeURIComponent(new URL(ownerUrl).password))
    .update(APP_ROLE)
    .digest('hex')

const OLDEST_VERSION = 15

/** A connection as owner. @throws StartError naming host and port when the database cannot be used */
export async function connectOwner(ownerUrl: string): Promise<pg.Client> {
  const { host } = new URL(ownerUrl)
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 })
  owner.on('error', () => undefined)
  try {
    await owner.connect()
  } catch (error) {
    await owner.end().catch(() => undefined)
    const { code, message } = error as { code?: string; message: string }
    throw new StartError(`The database of DATABASE_URL at ${host} cannot be used: ${message || code}.`)
  }
  const { rows } = await owner.query<{ server_version_num: string }>('show server_version_num')
  const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000)
  if (version >= OLDEST_VERSION) return owner
  await owner.end()
  throw new StartError(`The database of DATABASE_URL is PostgreSQL ${version} but must be ${OLDEST_VERSION} or newer.`)
}

/** What PostgreSQL says when two processes that start at the same time write the role at once. */
const AT_ONCE = new Set(['XX000', '23505'])

/** Makes the weak role if it is missing and gives it its password. */
export async function prepareRole(owner: pg.Client, ownerUrl: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await owner.query(`do $$ begin create role ${APP_ROLE} login; exception when duplicate_object then null; end $$`)
      await owner.query(
        `alter role ${APP_ROLE} with login nosuperuser nocreatedb nocreaterole password '${appPassword(ownerUrl)}'`,
      )
      return
    } catch (error) {
      if (attempt < 10 && AT_ONCE.has((error as { code?: string }).code ?? '')) await sleep(20 * attempt)
      else throw new StartError(`The role of DATABASE_URL must be able to create roles: ${(error as Error).message}.`)
    }
  }
}

/** Address of the same database under the weak role. */
export function appUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  url.username = APP_ROLE
  url.password = appPassword(ownerUrl)
  return url.href
}

/** Address of another database of the same server. */
export function inDatabase(ownerUrl: string, name: string): string {
  const url = new URL(ownerUrl)
  url.pathname = name
  return url.href
}

/** Statements that begin with this are planned once a connection; for those that run at every click and name their columns. */
export const PREPARED = '/* prepared */'
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `p${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}

/** The driver's connection beneath a client. */
interface Wire {
  readonly connection: { readonly stream: Duplex }
}

/** Gives a statement that asks for it a name, under which the connection keeps its plan. */
class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of the driver
  override query(...args: any[]): any {
    // What is sent in one turn of the event loop goes to the server in one piece.
    const { stream } = (this as unknown as Wire).connection
    stream.cork()
    process.nextTick(() => stream.uncork())
    const [text, values] = args
    if (typeof text !== 'string' || !Array.isArray(values) || !text.startsWith(PREPARED))
      return Reflect.apply(super.query, this, args)
    return Reflect.apply(super.query, this, [{ name: nameOf(text), text, values }, ...args.slice(2)])
  }
}

/** Connections under the weak role. @param max upper bound of connections of this process */
export function connect(ownerUrl: string, max = 30): Connection {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: appUrl(ownerUrl),
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: 'daizong',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  // A connection that breaks is replaced at its next use; whoever uses it then hears of it by the query that fails.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { pool, db: new Kysely({ dialect: new PostgresDialect({ pool }) }) }
}
