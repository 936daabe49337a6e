import type { Work } from '#runtime'
import type { SourcesParts } from '../parts.ts'
import { sourcesTables } from '../tables.ts'
import type { RunContext } from './run-store.ts'
import { startRun } from './start-run.ts'

/** Starts the next run at once where the ended one left something to collect. */
export async function goOn(parts: SourcesParts, work: Work, { run }: Pick<RunContext, 'run'>): Promise<void> {
  if (run.has_more || (await isPushedMeanwhile(work, run.feed))) await startRun(parts, work, run.feed)
}

/** Batches that came while the run was open have waited for it to end. */
async function isPushedMeanwhile({ tx }: Work, feed: string): Promise<boolean> {
  const waiting = sourcesTables(tx)
    .selectFrom('sources.batch')
    .select('id')
    .where('feed', '=', feed)
    .where('run', 'is', null)
  return (await waiting.limit(1).executeTakeFirst()) !== undefined
}
