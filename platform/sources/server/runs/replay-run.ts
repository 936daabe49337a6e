import { sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'
import type { Totals } from '../connectors/connector.ts'
import { mustHaveBytes } from '../keeping/must-have-bytes.ts'
import { sourcesTables } from '../tables.ts'
import { getRun, openRunOf, orderStep, partsOf } from './run-store.ts'

/**
 * Stores the kept bytes of an earlier run once more, read and mapped as then, so that the result is the same. The source
 * is not asked, and how far it was collected does not change; the rows are compared with those of the earlier run.
 * @throws NotFound, Conflict
 */
export async function replayRun(work: Work, id: number): Promise<number> {
  const earlier = await getRun(work.tx, id)
  const parts = (await partsOf(work.tx, id)).filter(({ kind }) => kind !== 'unreadable')
  if (earlier.state !== 'done' || !earlier.reconciliation || parts.length === 0)
    throw new Conflict(
      'nothing-to-replay',
      words('只能重放已完成且有数据的采集', 'Only a run that ended well and brought data can be replayed'),
    )
  mustHaveBytes(parts)
  if (await openRunOf(work.tx, earlier.feed))
    throw new Conflict('another-run', words('该任务另有采集正在进行', 'Another run of this feed is under way'))
  const { id: run } = await sourcesTables(work.tx)
    .insertInto('sources.run')
    .values({
      feed: earlier.feed,
      state: 'loading',
      replay_of: id,
      rows: earlier.rows,
      bytes: earlier.bytes,
      is_whole: earlier.is_whole,
      totals: JSON.stringify({ rows: earlier.reconciliation.arrivedRows, columns: {} } satisfies Totals),
      drift: earlier.drift ? JSON.stringify(earlier.drift) : null,
      by: work.actor.id,
      started_at: work.at,
      moved_at: work.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into sources.part (run, ordinal, kind, file, name, bytes, rows, reading, columns, profile)
    select ${run}, ordinal, kind, file, name, bytes, rows, reading, columns, profile from sources.part
    where run = ${id} and kind <> 'unreadable'`.execute(work.tx)
  orderStep(work, run)
  work.audit({
    event: 'sources.run.started',
    subject: { kind: 'sources.run', id: String(run) },
    details: { replayOf: id },
  })
  return run
}
