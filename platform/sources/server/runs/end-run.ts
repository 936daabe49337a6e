import type { Words, Work } from '#runtime'
import { RUN_ENDED } from '../../contract.ts'
import type { RunState } from '../../run.ts'
import type { RunChange } from '../tables.ts'
import { moveRun, type RunContext } from './run-store.ts'

type Ended = Extract<RunState, 'done' | 'failed' | 'cancelled' | 'refused' | 'incomplete'>

/** Ends a run, leaves the record and tells those who listen. @returns false if it was not in that state any more */
export async function endRun(
  work: Work,
  { run, feed }: Pick<RunContext, 'run' | 'feed'>,
  state: Ended,
  change: RunChange = {},
): Promise<boolean> {
  if (!(await moveRun(work, run, state, change))) return false
  const details = { feed: feed.id, dataset: feed.dataset, state }
  work.audit({ event: 'sources.run.ended', subject: { kind: 'sources.run', id: String(run.id) }, details })
  work.emit({ topic: RUN_ENDED, key: String(run.id), data: details, audience: { right: 'sources.read' } })
  return true
}

export const failure = (problem: Words) => ({ problem: JSON.stringify(problem) })
