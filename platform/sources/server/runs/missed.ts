import { type Words, type Work, words } from '#runtime'
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

export const missedWords = (rows: number): Words =>
  words(
    `全量核对：增量采集漏了至少 ${rows} 行，已按来源补正`,
    `Compared whole: the increments had missed at least ${rows} rows, which are now as at the source`,
  )

export function tellMissed(work: Work, { run, feed }: RunContext, rows: number): void {
  if (rows === 0) return
  const data = { feed: feed.id, dataset: feed.dataset, rows }
  work.emit({ topic: MISSED, key: String(run.id), data, audience: { right: 'sources.read' } })
}
