import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { App, Db } from './app.ts'
import { APP_ROLE } from './database/connect.ts'
import { Defect } from './errors.ts'
import type { EnqueueOptions, Job } from './work.ts'

const SCHEMA = 'jobs'
const ZONE = 'Asia/Shanghai'

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
  /** Makes the queues and starts to take jobs. */
  start(app: App, jobs: readonly Job[]): Promise<void>
  /** Lets running jobs end, at most a few seconds. */
  stop(): Promise<void>
}

export function jobQueue(pool: pg.Pool): Queue {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values: unknown[] = []) => pool.query(text, values) },
    schema: SCHEMA,
    migrate: false,
    supervise: true,
    schedule: true,
  })
  const known = new Set<string>()
  return {
    enqueue: async (tx, jobs) => {
      for (const { job, data, options } of jobs) {
        if (!known.has(job)) throw new Defect(`No module declares the job "${job}".`)
        await boss.send(job, data, {
          db: inTransaction(tx),
          ...(options.startAfter ? { startAfter: options.startAfter } : {}),
          singletonKey: options.key ?? randomUUID(),
        })
      }
    },
    start: async (app, jobs) => {
      boss.on('error', (error) => app.log.error({ err: error }, 'job queue'))
      await boss.start()
      for (const job of jobs) {
        known.add(job.id)
        await boss.createQueue(job.id, {
          // At most one waiting job a key; a job without a key gets one of its own.
          policy: 'short',
          retryLimit: 5,
          retryBackoff: true,
          expireInSeconds: job.expireSeconds ?? 900,
        })
        await boss.work(job.id, { batchSize: 1, pollingIntervalSeconds: 0.5 }, async ([task]) => {
          if (task) await job.run((task.data ?? {}) as object, AbortSignal.any([task.signal, app.stopping]))
        })
        if (job.schedule) await boss.schedule(job.id, job.schedule, {}, { tz: ZONE })
        else await boss.unschedule(job.id)
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 3_000, close: false }),
  }
}

const inTransaction = (tx: Db) => ({
  executeSql: async (text: string, values: unknown[] = []) => {
    const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values))
    return { rows }
  },
})
