import { sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'
import { canTakeWhole, DEFAULTS } from '../../definition.ts'
import type { SourcesParts } from '../parts.ts'
import { type FeedRow, sourcesTables } from '../tables.ts'
import { endRun } from './end-run.ts'
import { givesWay } from './gives-way.ts'
import { getFeed, getSource, openRunOf, orderStep } from './run-store.ts'

/**
 * Starts a run of a feed, or answers the one that is open. A feed that is collected by increments is taken whole when
 * asked to, and by itself now and then: only that finds what increments miss. One that waits may give way. @throws NotFound, Conflict feed-off, gives-no-all
 */
export async function startRun(
  parts: SourcesParts,
  work: Work,
  feedId: string,
  { whole = false } = {},
): Promise<number> {
  const db = sourcesTables(work.tx)
  await db.selectFrom('sources.feed').select('id').where('id', '=', feedId).forUpdate().execute()
  const feed = await getFeed(work.tx, feedId)
  const source = await getSource(work.tx, feed.source)
  if (!feed.is_on || !source.is_on)
    throw new Conflict('feed-off', words('该采集任务或来源已停用', 'The feed or its source is switched off'))
  if (whole && feed.definition.mode !== 'snapshot' && !canTakeWhole(feed.definition))
    throw new Conflict(
      'gives-no-all',
      words(
        '该接口给不出全部行，不能全量核对',
        'The interface never hands out all its rows; they cannot be compared whole',
      ),
    )
  const open = await openRunOf(work.tx, feedId)
  if (open) {
    if (!(await givesWay(parts, work, source, open))) {
      // From now on a person waits for it, so it does not vanish even if the source has nothing new.
      if (!work.actor.id.startsWith('system:'))
        await db.updateTable('sources.run').set({ by: work.actor.id }).where('id', '=', open.id).execute()
      return open.id
    }
    await endRun(work, { run: open, feed }, 'incomplete')
  }
  const { id } = await db
    .insertInto('sources.run')
    .values({
      feed: feedId,
      state: 'collecting',
      takes_whole: await takesWhole(work, feed, whole),
      by: work.actor.id,
      started_at: work.at,
      moved_at: work.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  orderStep(work, id)
  work.audit({
    event: 'sources.run.started',
    subject: { kind: 'sources.run', id: String(id) },
    details: { feed: feedId },
  })
  return id
}

/** One that failed is not tried again for a day, so that increments are not kept waiting for it. */
async function takesWhole({ tx, at }: Work, feed: FeedRow, isAsked: boolean): Promise<boolean> {
  const { wholeEveryDays = DEFAULTS.wholeEveryDays } = feed.definition
  const isIncremental = canTakeWhole(feed.definition) && feed.mark !== null
  if (!isIncremental || isAsked) return isIncremental
  const { rows } = await sql<{ due: boolean }>`select not exists (select from sources.run where feed = ${feed.id}
    and (is_whole and state = 'done' and replay_of is null and started_at > ${at}::timestamptz - ${wholeEveryDays} * interval '1 day'
      or takes_whole and started_at > ${at}::timestamptz - interval '1 day')) as due`.execute(tx)
  return rows[0]?.due ?? false
}
