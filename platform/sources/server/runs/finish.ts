import { type Work, words } from '#runtime'
import { comesOnce } from '../../contract.ts'
import type { Reconciliation, RunState } from '../../run.ts'
import { nextBaseline } from '../drift/next-baseline.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, sourcesTables } from '../tables.ts'
import { endRun } from './end-run.ts'
import { goOn } from './go-on.ts'
import { goneWords, tellGone } from './gone.ts'
import { missedBy, missedWords, tellMissed } from './missed.ts'
import { isOvertaken, type RunContext } from './run-store.ts'

/** Ends a run whose rows are confirmed and agree: keeps the mark, and what the source looked like. @returns false */
export async function finish(
  parts: SourcesParts,
  work: Work,
  context: RunContext,
  list: readonly PartRow[],
  reconciliation: Reconciliation,
): Promise<boolean> {
  const { run } = context
  const isEnded = await endRun(work, context, 'done', {
    removed: reconciliation.removed,
    reconciliation: JSON.stringify(reconciliation),
    ...remarkOf(reconciliation, missedBy(context, reconciliation)),
  })
  if (!isEnded || run.replay_of !== null) return false
  tellMissed(work, context, missedBy(context, reconciliation))
  await tellGone(work, context, reconciliation)
  // One that was resumed after later ones had stored theirs does not take the feed back to where it was.
  if (!(await isOvertaken(work.tx, run)))
    await sourcesTables(work.tx)
      .updateTable('sources.feed')
      .set({
        mark: run.new_mark,
        last_good_at: work.at,
        late_told_at: null,
        ...(list.length > 0 ? { baseline: JSON.stringify(nextBaseline(context, list)) } : {}),
      })
      .where('id', '=', run.feed)
      .execute()
  await goOn(parts, work, context)
  return false
}

function remarkOf({ inserted, changed, removed, refused, arrivedRows, gone = 0 }: Reconciliation, missed: number) {
  const isSame = arrivedRows > 0 && inserted + changed + removed + refused === 0
  const said = [
    ...(missed > 0 ? [missedWords(missed)] : []),
    ...(gone > 0 ? [goneWords(gone)] : []),
    ...(isSame ? [words('全部数据与库中相同，没有变化', 'All rows are as they were; nothing changed')] : []),
  ]
  if (said.length === 0) return {}
  const remark = words(said.map(({ zh }) => zh).join('。'), said.map(({ en }) => en).join('. '))
  return { remark: JSON.stringify(remark) }
}

/** The very bytes of an earlier run came again: nothing is to be done, and the person is told. @returns false */
export async function finishAsBefore(
  parts: SourcesParts,
  work: Work,
  context: RunContext,
  before: number,
): Promise<boolean> {
  const remark = words(
    `与第 ${before} 次采集的文件完全相同（可能误传了旧文件），没有再次导入`,
    `The very same file as in run ${before} (perhaps an old one sent by mistake); it was not imported again`,
  )
  if (await endRun(work, context, 'done', { remark: JSON.stringify(remark) })) await goOn(parts, work, context)
  return false
}

/** The source has nothing new. A run that the clock started leaves no trace; a person is told. @returns false */
export async function finishWithout(work: Work, context: RunContext): Promise<boolean> {
  const { run, feed, source } = context
  if (!comesOnce(source.connection))
    await sourcesTables(work.tx)
      .updateTable('sources.feed')
      .set({ last_good_at: work.at, late_told_at: null })
      .where('id', '=', feed.id)
      .execute()
  if (run.by.startsWith('system:')) {
    const state: RunState = 'collecting'
    await sourcesTables(work.tx).deleteFrom('sources.run').where('id', '=', run.id).where('state', '=', state).execute()
  } else
    await endRun(work, context, 'done', {
      remark: JSON.stringify(words('来源没有新的数据', 'The source has nothing new')),
    })
  return false
}
