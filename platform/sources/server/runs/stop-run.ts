import { Conflict, type Work, words } from '#runtime'
import type { RunState } from '../../run.ts'
import { mustHaveBytes } from '../keeping/must-have-bytes.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, type RunRow, sourcesTables } from '../tables.ts'
import { endRun } from './end-run.ts'
import { getFeed, getRun, isOpen, openRunOf, orderStep, partsOf, tellMoved } from './run-store.ts'
import { storeNewerBehind } from './store-newer-behind.ts'

const ended = () => new Conflict('run-ended', words('这次采集已经结束', 'The run has ended'))

/** Cancels a run; rows that are stored stay, and it can go on later. @throws NotFound, Conflict run-ended */
export async function cancelRun({ desk }: SourcesParts, work: Work, id: number): Promise<void> {
  const run = await getRun(work.tx, id)
  if (!isOpen(run) || !(await endRun(work, { run, feed: await getFeed(work.tx, run.feed) }, 'cancelled'))) throw ended()
  for (const { load } of await partsOf(work.tx, id)) if (load !== null) await desk.cancel(work, load)
}

/**
 * Lets a cancelled or failed run go on where it stood; one that waited for a decision waits for it again. Where later
 * runs have stored newer values see `storeNewerBehind`. @throws NotFound, Conflict
 */
export async function resumeRun({ desk }: SourcesParts, work: Work, id: number): Promise<void> {
  const run = await getRun(work.tx, id)
  if (run.state !== 'cancelled' && run.state !== 'failed')
    throw new Conflict('run-not-stopped', words('这次采集没有中断', 'The run was not stopped'))
  if (await openRunOf(work.tx, run.feed))
    throw new Conflict('another-run', words('该任务另有采集正在进行', 'Another run of this feed is under way'))
  const parts = await partsOf(work.tx, id)
  mustHaveBytes(parts)
  const more = await storeNewerBehind(work, run, parts)
  await sourcesTables(work.tx)
    .updateTable('sources.run')
    .set({ ...more, state: whereItStood(run, parts), attempts: 0, problem: null, ended_at: null, moved_at: work.at })
    .where('id', '=', id)
    .execute()
  for (const { load } of parts) if (load !== null) await desk.resume(work, load)
  tellMoved(work, id)
  orderStep(work, id)
}

function whereItStood({ drift }: RunRow, parts: readonly PartRow[]): RunState {
  if (parts.length === 0) return 'collecting'
  const isChecked = parts.every(
    ({ profile, kind, from_run }) => profile || kind === 'deletes' || kind === 'unreadable' || from_run !== null,
  )
  if (!isChecked) return 'checking'
  return drift?.findings.some(({ halts }) => halts) && !drift.decision ? 'halted' : 'loading'
}
