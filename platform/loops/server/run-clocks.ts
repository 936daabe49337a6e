import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { isDatabaseAway, system, type Work } from '#runtime'
import type { Draft } from './draft.ts'
import { type Engine, people } from './engine.ts'
import { rememberPeople } from './remember-people.ts'
import type { Row } from './row.ts'
import { settle } from './settle.ts'
import { takeSteps } from './take-steps.ts'

const PAUSE_MS = 500
const BATCH = 1_000
/** Batches at the same time: while the database writes one, the program works out the next. */
const LANES = 2
const actor = system('loops.clock')

/** Serves due clocks until the program stops; several processes share the work. */
export async function runClocks(engine: Engine): Promise<void> {
  await Promise.all(Array.from({ length: LANES }, () => runLane(engine)))
}

async function runLane(engine: Engine): Promise<void> {
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

/** Acts on a batch of due clocks together; one that fails is put off and the others go on without it. */
async function serveDue(engine: Engine, limit = BATCH): Promise<number> {
  const tried: Tried = { instance: undefined }
  try {
    return await engine.app.work(actor, (work) => serveBatch(engine, work, limit, tried))
  } catch (error) {
    if (isDatabaseAway(error) || (tried.instance === undefined && limit === 1)) throw error
    if (tried.instance === undefined) return serveHalves(engine, limit, error)
    await postpone(engine, tried.instance, error)
    return limit
  }
}

/** Which one was being served when something failed; unknown while several are written together. */
interface Tried {
  instance: number | undefined
}

async function serveBatch(engine: Engine, work: Work, limit: number, tried: Tried): Promise<number> {
  tried.instance = undefined
  const { rows } = await sql<Row>`select i.* from loops.clock c join loops.instance i on i.id = c.instance
    where c.next_at <= ${work.at} order by c.next_at limit ${limit} for update of c, i skip locked`.execute(work.tx)
  const together = { ...engine, people: rememberPeople(people(engine)) }
  const drafts: Draft[] = []
  for (const row of rows) {
    tried.instance = row.id
    drafts.push(await takeSteps(together, work, row))
  }
  if (rows.length > 1) tried.instance = undefined
  if (drafts.length > 0) await settle(engine, work, drafts)
  return rows.length
}

/** Writing them together failed and nobody knows because of which: each half by itself, until that one is alone. */
async function serveHalves(engine: Engine, limit: number, error: unknown): Promise<number> {
  engine.app.log.warn({ err: error, limit }, 'a batch of clocks failed; serving it in halves')
  const half = Math.ceil(limit / 2)
  const served = await serveDue(engine, half)
  return served < half || engine.app.stopping.aborted ? served : served + (await serveDue(engine, limit - half))
}

/** Tries again after a minute, then ever later, at most after a day. */
async function postpone(engine: Engine, instance: number, error: unknown): Promise<void> {
  engine.app.log.error({ err: error, loop: instance }, 'a clock could not act')
  await sql`update loops.clock set failures = failures + 1,
    next_at = ${engine.app.now()}::timestamptz + least(interval '1 minute' * power(2, failures), interval '1 day')
    where instance = ${instance}`.execute(engine.app.db)
}
