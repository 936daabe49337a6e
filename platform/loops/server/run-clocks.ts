import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { system, type Work } from '#runtime'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'
import type { Row } from './row.ts'
import { settle } from './settle.ts'
import { takeSteps } from './take-steps.ts'

const PAUSE_MS = 500
const BATCH = 200
const actor = system('loops.clock')

/** Serves due clocks until the program stops; several processes share the work. */
export async function runClocks(engine: Engine): Promise<void> {
  const { app } = engine
  while (!app.stopping.aborted) {
    let served = 0
    try {
      served = await serveDue(engine)
    } catch (error) {
      app.log.error({ err: error }, 'clocks cannot be served at the moment')
    }
    if (served < BATCH) await sleep(PAUSE_MS, undefined, { signal: app.stopping }).catch(() => undefined)
  }
}

/** Acts on a batch of due clocks together; if one fails, on each alone, so that it holds up nobody else. */
export async function serveDue(engine: Engine): Promise<number> {
  try {
    return await engine.app.work(actor, (work) => serveBatch(engine, work, BATCH))
  } catch (error) {
    engine.app.log.warn({ err: error }, 'a batch of clocks failed; serving them one by one')
    return serveSingly(engine)
  }
}

async function serveBatch(engine: Engine, work: Work, limit: number): Promise<number> {
  const { rows } = await sql<Row>`select i.* from loops.clock c join loops.instance i on i.id = c.instance
    where c.next_at <= ${work.at} order by c.next_at limit ${limit} for update of c, i skip locked`.execute(work.tx)
  const drafts: Draft[] = []
  for (const row of rows) drafts.push(await takeSteps(engine, work, row))
  if (drafts.length > 0) await settle(engine, work, drafts)
  return rows.length
}

async function serveSingly(engine: Engine): Promise<number> {
  let served = 0
  for (; served < BATCH && !engine.app.stopping.aborted; served++) {
    let tried: number | undefined
    try {
      const more = await engine.app.work(actor, async (work) => {
        tried = await firstDue(work)
        return serveBatch(engine, work, 1)
      })
      if (more === 0) break
    } catch (error) {
      if (tried === undefined) throw error
      await postpone(engine, tried, error)
    }
  }
  return served
}

async function firstDue(work: Work): Promise<number | undefined> {
  const { rows } = await sql<{ instance: number }>`select c.instance from loops.clock c
    join loops.instance i on i.id = c.instance
    where c.next_at <= ${work.at} order by c.next_at limit 1 for update of c, i skip locked`.execute(work.tx)
  return rows[0]?.instance
}

/** Tries again after a minute, then ever later, at most after a day. */
async function postpone(engine: Engine, instance: number, error: unknown): Promise<void> {
  engine.app.log.error({ err: error, loop: instance }, 'a clock could not act')
  await sql`update loops.clock set failures = failures + 1,
    next_at = ${engine.app.now()}::timestamptz + least(interval '1 minute' * power(2, failures), interval '1 day')
    where instance = ${instance}`.execute(engine.app.db)
}
