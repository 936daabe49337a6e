import type { Work } from '#runtime'
import { MISSED } from '../../contract.ts'
import type { Reconciliation } from '../../run.ts'
import type { RunContext } from './run-store.ts'

/** Rows that a run which took all had to change here although the increments before it should have brought them. */
export function missedBy(
  { run, feed }: Pick<RunContext, 'run' | 'feed'>,
  { inserted, changed, removed }: Reconciliation,
): number {
  const fresh = run.totals?.fresh
  if (!run.takes_whole || fresh === undefined) return 0
  // Only the log tells of deletions; a watermark cannot.
  const gone = feed.definition.mode === 'replication' ? removed : 0
  return Math.max(0, inserted + changed + gone - fresh)
}

export function tellMissed(work: Work, { run, feed }: RunContext, rows: number): void {
  if (rows === 0) return
  const data = { feed: feed.id, dataset: feed.dataset, rows }
  work.emit({ topic: MISSED, key: String(run.id), data, audience: { right: 'sources.read' } })
}
