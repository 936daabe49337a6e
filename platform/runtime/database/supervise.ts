import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from 'pino'
import { StartError } from '../errors.ts'
import { inDatabase } from './connect.ts'

/** A server process that is started again whenever it ends. */
export interface Supervised {
  /** Waits until the server answers and has the database of the address, also through a long recovery. */
  whenReady(url: string): Promise<void>
  /** Ends it; open transactions are rolled back. After five seconds it is not asked any more. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5_000
/** A server that has run so long did not fail at its start. */
const SETTLED_MS = 10_000
/** Ends in a row at which a start is given up. */
const MOST_ENDS = 3
/** Lines of the log that tell why it does not start. */
const LAST_LINES = 2
/** How long the children of a killed server may take to notice and to let go of its memory. */
const LET_GO_MS = 30_000
/** How long a stop may take that leaves nothing to recover. */
const FAST_STOP_MS = 5_000
/** Longest recovery after a crash that a start waits for. */
const RECOVERY_MS = 10 * 60_000

export function supervise([command, args]: readonly [string, string[]], logFile: string, log?: Logger): Supervised {
  let isStopping = false
  let ends = 0
  let child: ChildProcess | undefined
  const begun = Date.now()
  const logStart = existsSync(logFile) ? statSync(logFile).size : 0

  const run = () => {
    if (isStopping) return
    const started = Date.now()
    const out = openSync(logFile, 'a')
    child = spawn(command, args, { stdio: ['ignore', out, out], detached: true })
    closeSync(out)
    const again = () => {
      if (isStopping) return
      ends = Date.now() - started > SETTLED_MS ? 1 : ends + 1
      log?.warn({ ends, log: logFile }, 'the embedded PostgreSQL has ended and is started again')
      setTimeout(run, Math.min(FIRST_PAUSE_MS * 2 ** (ends - 1), LONGEST_PAUSE_MS))
    }
    child.once('exit', again).once('error', again)
  }
  run()

  /** The end of the log of this start, without its time stamps. */
  const complaint = (): string => {
    const lines = readFileSync(logFile).subarray(logStart).toString().trim().split('\n')
    return lines
      .slice(-LAST_LINES)
      .map((line) => line.replace(/^.*?\] /, '').trim())
      .join('; ')
  }
  const isHopeless = () => {
    if (ends < MOST_ENDS) return false
    return !complaint().includes('shared memory') || Date.now() - begun > LET_GO_MS
  }

  return {
    whenReady: async (url) => {
      const deadline = begun + RECOVERY_MS
      while (!(await isThere(url))) {
        if (isHopeless())
          throw new StartError(`The embedded PostgreSQL does not start: ${complaint()} (its log is ${logFile}).`)
        if (Date.now() > deadline)
          throw new StartError(`The embedded PostgreSQL did not answer within 10 minutes; its log is ${logFile}.`)
        await sleep(50)
      }
    },
    stop: async () => {
      isStopping = true
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await Promise.race([ended, sleep(FAST_STOP_MS, undefined, { ref: false })])
      child.kill('SIGQUIT')
      await ended
    },
  }
}

/** Whether the server answers; makes the database if it is missing. */
async function isThere(url: string): Promise<boolean> {
  const client = new Client({ connectionString: inDatabase(url, 'postgres') })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'daizong'")
    if (!rowCount) await client.query('create database daizong')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
