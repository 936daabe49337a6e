import { type App, alone, isDatabaseAway, ProductError, Unavailable, type Words, words } from '#runtime'
import type { RunState } from '../../run.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { sourcesTables } from '../tables.ts'
import { check } from './check.ts'
import { collect } from './collect.ts'
import { endRun, failure } from './end-run.ts'
import { load } from './load.ts'
import { removeMissing } from './remove-missing.ts'
import { contextOf, orderStep, type RunContext } from './run-store.ts'

/** A step of a run: true when the next may follow at once, false when something else has to happen first. */
export type Step = (parts: SourcesParts, context: RunContext, signal: AbortSignal) => Promise<boolean>

const STEPS: Partial<Record<RunState, Step>> = {
  collecting: collect,
  checking: check,
  loading: load,
  removing: removeMissing,
}

/** Whoever has just taken a step holds the lock for a moment longer; whoever takes a long one goes on by itself. */
const PATIENCE_MS = 2_000
const TRIES = 4
const FIRST_WAIT_MS = 10_000

/**
 * Takes a run as far as it goes; one process at a time works on it. Each step can be repeated after a kill.
 */
export async function advance(parts: SourcesParts, id: number, signal: AbortSignal): Promise<void> {
  const go = async () => {
    for (let goes = true; goes && !signal.aborted; ) goes = await step(parts, id, signal)
  }
  await alone(parts.app, 'sources.run', String(id), go, PATIENCE_MS)
}

async function step(parts: SourcesParts, id: number, signal: AbortSignal): Promise<boolean> {
  const context = await contextOf(parts.app.db, id)
  const run = STEPS[context.run.state]
  if (!run) return false
  try {
    return await run(parts, context, signal)
  } catch (error) {
    if (signal.aborted) return false
    // What a source says of its own database is a ProductError, and not about ours.
    if (!(error instanceof ProductError) && isDatabaseAway(error)) throw error
    await giveUpOrWait(parts.app, context, error)
    return false
  }
}

/** A source that is away may be back soon; anything else is told at once. */
async function giveUpOrWait(app: App, context: RunContext, error: unknown): Promise<void> {
  const { run, feed, source } = context
  const isAway = error instanceof Unavailable
  if (!(error instanceof ProductError)) app.log.error({ err: error, run: run.id }, 'collection failed')
  await app.work(feedActor(feed.id, source.organisation), async (work) => {
    const attempts = run.attempts + 1
    const problem = problemOf(error)
    if (!isAway || attempts >= TRIES) {
      await endRun(work, context, 'failed', failure(problem))
      return
    }
    await sourcesTables(work.tx)
      .updateTable('sources.run')
      .set({ attempts, problem: JSON.stringify(problem) })
      .where('id', '=', run.id)
      .where('state', '=', run.state)
      .execute()
    orderStep(work, run.id, { startAfter: new Date(work.at.getTime() + FIRST_WAIT_MS * 2 ** (attempts - 1)) })
  })
}

function problemOf(error: unknown): Words {
  if (!(error instanceof ProductError))
    return words('采集时出现内部错误，已记录', 'An internal error while collecting; it has been logged')
  const { zh, en } = error.words
  const more = error.issues.map(({ message }) => message)
  return words([zh, ...more.map((one) => one.zh)].join('；'), [en, ...more.map((one) => one.en)].join('; '))
}
