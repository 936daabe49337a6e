import type { Work } from '#runtime'
import { DRIFT } from '../../contract.ts'
import type { DriftFinding } from '../../run.ts'
import { moveRun, type RunContext } from './run-store.ts'

/** Stops a run before anything is written, until a steward decides. @returns false: it goes no further by itself */
export async function halt(work: Work, { run, feed }: RunContext, findings: readonly DriftFinding[]): Promise<boolean> {
  if (!(await moveRun(work, run, 'halted', { drift: JSON.stringify({ findings }) }))) return false
  const kinds = [...new Set(findings.filter(({ halts }) => halts).map(({ kind }) => kind))]
  const details = { feed: feed.id, dataset: feed.dataset, kinds }
  work.audit({ event: 'sources.run.halted', subject: { kind: 'sources.run', id: String(run.id) }, details })
  work.emit({ topic: DRIFT, key: String(run.id), data: details, audience: { right: 'sources.read' } })
  return false
}
