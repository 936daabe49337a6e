import { Conflict, type Work, words } from '#runtime'
import { type RunChange, sourcesTables } from '../tables.ts'
import { endRun, failure } from './end-run.ts'
import { getFeed, getRun, moveRun, orderStep, partsOf, waitingBatches } from './run-store.ts'

export interface Decision {
  readonly accepted: boolean
  readonly note: string
  /** Column title → field, where the steward says it differently from now on. */
  readonly columns?: Readonly<Record<string, string | null>>
}

/**
 * A steward's decision on a halted run: accept what came, perhaps with other columns, and go on; or refuse it, then
 * nothing is written. What came is judged together, so that refusing concerns all pushed batches of the run.
 * @throws NotFound, Conflict not-halted
 */
export async function decide(work: Work, id: number, { accepted, note, columns }: Decision): Promise<void> {
  const run = await getRun(work.tx, id)
  const feed = await getFeed(work.tx, run.feed)
  if (run.state !== 'halted' || !run.drift)
    throw new Conflict('not-halted', words('这次采集不在等待处置', 'The run does not wait for a decision'))
  const decision = { accepted, note, by: work.actor.id, at: work.at.toISOString() }
  const drift = JSON.stringify({ ...run.drift, decision })
  if (columns) await remap(work, id, feed.definition, columns)
  if (accepted) {
    await moveRun(work, run, 'loading', { drift })
    orderStep(work, id)
  } else await endRun(work, { run, feed }, 'refused', { drift, ...(await refusedBatches(work, id, note)) })
  const details = { feed: feed.id, accepted, note, kinds: run.drift.findings.map(({ kind }) => kind) }
  work.audit({ event: 'sources.run.decided', subject: { kind: 'sources.run', id: String(id) }, details })
}

/** What those are told who pushed batches of a refused run that are not stored: they have to push every one again. */
async function refusedBatches(work: Work, run: number, note: string): Promise<RunChange> {
  const batches = waitingBatches(await partsOf(work.tx, run))
  if (batches === 0) return {}
  return failure(
    words(
      `这次采集被拒绝${note && `（${note}）`}：其中未入库的 ${batches} 批全部没有写入，好的也没有；请改正后全部用新的 Idempotency-Key 重新推送`,
      `The run was refused${note && ` (${note})`}: of its batches the ${batches} that were not stored yet are not written, good ones neither; push all of them again, put right, with new Idempotency-Keys`,
    ),
  )
}

async function remap(
  work: Work,
  run: number,
  feed: Awaited<ReturnType<typeof getFeed>>['definition'],
  columns: Readonly<Record<string, string | null>>,
): Promise<void> {
  const db = sourcesTables(work.tx)
  const definition = { ...feed, columns: { ...feed.columns, ...columns } }
  await db
    .updateTable('sources.feed')
    .set({ definition: JSON.stringify(definition) })
    .where('id', '=', feed.id)
    .execute()
  for (const { ordinal, reading, columns: before, is_done, from_run } of await partsOf(work.tx, run)) {
    if (!reading || is_done || from_run !== null) continue
    const now = reading.header.map((title, at) =>
      title in columns ? (columns[title] ?? null) : (before?.[at] ?? null),
    )
    await db
      .updateTable('sources.part')
      .set({ columns: JSON.stringify(now) })
      .where('run', '=', run)
      .where('ordinal', '=', ordinal)
      .execute()
  }
}
