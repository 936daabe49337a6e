import { setTimeout as sleep } from 'node:timers/promises'
import type { KyselyPlugin } from 'kysely'
import type { Actor } from './actor.ts'
import type { App, Db } from './app.ts'
import { Defect } from './errors.ts'
import { storeEvents } from './events.ts'
import type { Services } from './services.ts'
import { type AuditRecord, auditSink, type EnqueueOptions, type Event, type Work } from './work.ts'

const ATTEMPTS = 4
const RETRIED = new Set(['40001', '40P01'])

interface Wanted {
  readonly job: string
  readonly data: object
  readonly options: EnqueueOptions
}

/** What units of work need of the running program. */
export interface WorkParts {
  readonly db: Db
  readonly services: Services
  readonly now: () => Date
  readonly enqueue: (tx: Db, jobs: readonly Wanted[]) => Promise<void>
  readonly wake: (jobs: Iterable<string>) => void
}

/** Makes `app.work`; its promise is in `App`. */
export function workRunner(parts: WorkParts): App['work'] {
  return async (actor, run, options = {}) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(parts, actor, run, options.purpose)
      } catch (error) {
        if (attempt === ATTEMPTS || !RETRIED.has((error as { code?: string }).code ?? '')) throw error
        await sleep(10 * attempt * attempt * Math.random())
      }
    }
  }
}

async function once<T>(parts: WorkParts, actor: Actor, run: (work: Work) => Promise<T>, purpose?: string): Promise<T> {
  const records: AuditRecord[] = []
  const events: Event[] = []
  const jobs: Wanted[] = []
  const after: (() => void)[] = []
  const at = parts.now()
  let isOver = false
  const transaction = parts.db.transaction().execute(async (raw) => {
    const tx = raw.withPlugin(refuseWhen(() => isOver))
    const work: Work = {
      actor,
      tx,
      at,
      ...(purpose === undefined ? {} : { purpose }),
      audit: (record) => void records.push(record),
      emit: (event) => void events.push(event),
      enqueue: (job, data, options = {}) => void jobs.push({ job, data, options }),
      afterCommit: (effect) => void after.push(effect),
    }
    const value = await run(work)
    if (records.length > 0) await parts.services.get(auditSink).write(work, records)
    if (events.length > 0) await storeEvents(tx, at, events)
    if (jobs.length > 0) await parts.enqueue(tx, jobs)
    return value
  })
  const result = await transaction.finally(() => {
    isOver = true
  })
  parts.wake(jobs.filter(({ options }) => !options.startAfter).map(({ job }) => job))
  for (const effect of after) effect()
  return result
}

/**
 * What is still under way when its unit of work is over, such as a hook that was given up, must not reach a connection
 * that serves somebody else by then.
 */
const refuseWhen = (isOver: () => boolean): KyselyPlugin => ({
  transformQuery: ({ node }) => {
    if (isOver()) throw new Defect('A unit of work that is over was used; await everything before it ends.')
    return node
  },
  transformResult: async ({ result }) => result,
})

/** A unit of work that can only read, without a transaction, for calls that need no audit record. */
export const readOnlyWork = (db: Db, actor: Actor, at: Date): Work => ({
  actor,
  tx: db,
  at,
  audit: refuse,
  emit: refuse,
  enqueue: refuse,
  afterCommit: refuse,
})

function refuse(): never {
  throw new Defect('A read without audit tried to leave an effect; declare an audit event or another method.')
}
