import { Conflict, type Work, words } from '#runtime'
import { mustHaveBytes } from '../keeping/must-have-bytes.ts'
import type { SourcesParts } from '../parts.ts'
import { sourcesTables } from '../tables.ts'
import { endRun } from './end-run.ts'
import { getFeed, getRun, isOpen, openRunOf, orderStep, partsOf, tellMoved } from './run-store.ts'

const ended = () => new Conflict('run-ended', words('这次采集已经结束', 'The run has ended'))

/** Cancels a run; rows that are stored stay, and it can go on later. @throws NotFound, Conflict run-ended */
export async function cancelRun({ desk }: SourcesParts, work: Work, id: number): Promise<void> {
  const run = await getRun(work.tx, id)
  if (!isOpen(run) || !(await endRun(work, { run, feed: await getFeed(work.tx, run.feed) }, 'cancelled'))) throw ended()
  for (const { load } of await partsOf(work.tx, id)) if (load !== null) await desk.cancel(work, load)
}

/** Lets a cancelled or failed run go on where it stood. @throws NotFound, Conflict */
export async function resumeRun({ desk }: SourcesParts, work: Work, id: number): Promise<void> {
  const run = await getRun(work.tx, id)
  if (run.state !== 'cancelled' && run.state !== 'failed')
    throw new Conflict('run-not-stopped', words('这次采集没有中断', 'The run was not stopped'))
  if (await openRunOf(work.tx, run.feed))
    throw new Conflict('another-run', words('该任务另有采集正在进行', 'Another run of this feed is under way'))
  const parts = await partsOf(work.tx, id)
  mustHaveBytes(parts)
  const isChecked = parts.length > 0 && parts.every(({ profile, kind }) => profile || kind === 'deletes')
  const state = parts.length === 0 ? 'collecting' : isChecked ? 'loading' : 'checking'
  await sourcesTables(work.tx)
    .updateTable('sources.run')
    .set({ state, attempts: 0, problem: null, ended_at: null, moved_at: work.at })
    .where('id', '=', id)
    .execute()
  for (const { load } of parts) if (load !== null) await desk.resume(work, load)
  tellMoved(work, id)
  orderStep(work, id)
}
