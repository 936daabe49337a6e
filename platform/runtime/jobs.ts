import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { App, Db } from './app.ts'
import { isDatabaseAway } from './database/away.ts'
import { APP_ROLE } from './database/connect.ts'
import { Defect } from './errors.ts'
import type { EnqueueOptions, Job } from './work.ts'

const SCHEMA = 'jobs'
const ZONE = 'Asia/Shanghai'
/** How late another process may see a job; this one is told at once. */
const POLL_SECONDS = 3
/** A job of which nothing was heard for so long belongs to a killed process and is taken up again, looked for so often. */
const SILENT_SECONDS = 20
const LOOK_SECONDS = 10

/** Makes or updates the tables of the job queue as their owner; the weak role may use but not change them. */
export async function migrateJobs(owner: pg.Client): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values: unknown[] = []) => owner.query(text, values) },
    schema: SCHEMA,
    supervise: false,
    schedule: false,
  })
  await boss.start()
  await boss.stop({ graceful: false, close: false })
  await owner.query(`grant usage on schema ${SCHEMA} to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${APP_ROLE};
    grant execute on all functions in schema ${SCHEMA} to ${APP_ROLE}`)
}

/** The queue as the runtime uses it. */
export interface Queue {
  enqueue(tx: Db, jobs: readonly { job: string; data: object; options: EnqueueOptions }[]): Promise<void>
  /** Tells this process's workers that jobs of these names have been confirmed. */
  wake(jobs: Iterable<string>): void
  /** Makes the queues: from now on jobs can be ordered. */
  start(app: App, jobs: readonly Job[]): Promise<void>
  /** Starts to take jobs, once every module has started. */
  serve(app: App, jobs: readonly Job[]): Promise<void>
  /** Lets running jobs end, at most a few seconds. */
  stop(): Promise<void>
}

export function jobQueue(pool: pg.Pool): Queue {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values: unknown[] = []) => pool.query(text, values) },
    schema: SCHEMA,
    migrate: false,
    supervise: true,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
    schedule: true,
  })
  const known = new Set<string>()
  const workers = new Map<string, string>()
  return {
    enqueue: async (tx, jobs) => {
      for (const { job, data, options } of jobs) {
        if (!known.has(job)) throw new Defect(`No module declares the job "${job}".`)
        await boss.send(job, data, {
          db: inTransaction(tx),
          ...(options.startAfter ? { startAfter: options.startAfter } : {}),
          ...(options.isUrgent ? { priority: 1 } : {}),
          singletonKey: options.key ?? randomUUID(),
        })
      }
    },
    wake: (jobs) => {
      for (const job of new Set(jobs)) {
        const worker = workers.get(job)
        if (worker) boss.notifyWorker(worker)
      }
    },
    start: async (app, jobs) => {
      boss.on('error', (error) => app.log[isDatabaseAway(error) ? 'warn' : 'error']({ err: error }, 'job queue'))
      await boss.start()
      for (const job of jobs) {
        known.add(job.id)
        await boss.createQueue(job.id, {
          // At most one waiting job a key; a job without a key gets one of its own.
          policy: 'short',
          retryLimit: 5,
          retryBackoff: true,
          expireInSeconds: job.expireSeconds ?? 900,
          heartbeatSeconds: SILENT_SECONDS,
        })
      }
    },
    serve: async (app, jobs) => {
      for (const job of jobs) {
        const taking = {
          batchSize: 1,
          // One waiting job after the other, without a pause between them.
          burstWhenBatchFull: true,
          pollingIntervalSeconds: POLL_SECONDS,
          localConcurrency: job.concurrency ?? 1,
        }
        const worker = await boss.work(job.id, taking, async ([task]) => {
          if (task) await job.run((task.data ?? {}) as object, AbortSignal.any([task.signal, app.stopping]))
        })
        workers.set(job.id, worker)
        if (job.schedule) await boss.schedule(job.id, job.schedule, {}, { tz: ZONE })
        else await boss.unschedule(job.id)
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 2_000, close: false }),
  }
}

const inTransaction = (tx: Db) => ({
  executeSql: async (text: string, values: unknown[] = []) => {
    const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values))
    return { rows }
  },
})
