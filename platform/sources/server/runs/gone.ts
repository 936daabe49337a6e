import { sql } from 'kysely'
import { type Words, type Work, words } from '#runtime'
import { GONE } from '../../contract.ts'
import type { Reconciliation } from '../../run.ts'
import type { RunContext } from './run-store.ts'

/** What is said of rows that are kept although the source has them no more, and how they come to be deleted. */
export const goneWords = (rows: number): Words =>
  words(
    `来源中已没有的 ${rows} 行仍保留在库中；如要删除，请把采集任务改为“删除”来源中没有了的行，再全量核对一次`,
    `${rows} rows that are not at the source any more are kept; to have them deleted, let the feed delete rows that the source has no more, and compare all once again`,
  )

/** Tells of them when there are more than at the comparison before, so that nobody is told the same each week. */
export async function tellGone(work: Work, { run, feed }: RunContext, { gone = 0 }: Reconciliation): Promise<void> {
  const { rows } = await sql<{ gone: number }>`select coalesce((reconciliation ->> 'gone')::int, 0) as gone
    from sources.run where feed = ${feed.id} and id < ${run.id} and takes_whole and state = 'done'
    order by id desc limit 1`.execute(work.tx)
  if (gone <= (rows[0]?.gone ?? 0)) return
  const data = { feed: feed.id, dataset: feed.dataset, rows: gone }
  work.emit({ topic: GONE, key: String(run.id), data, audience: { right: 'sources.read' } })
}
