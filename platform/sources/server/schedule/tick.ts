import { sql } from 'kysely'
import { system, type Work } from '#runtime'
import { LATE } from '../../contract.ts'
import { OPEN_STATES } from '../../run.ts'
import type { SourcesParts } from '../parts.ts'
import { goingRuns, orderStep } from '../runs/run-store.ts'
import { startRun } from '../runs/start-run.ts'
import { type FeedRow, sourcesTables } from '../tables.ts'
import { nextTime } from './next-time.ts'

const HOUR_MS = 3_600_000

/** Once a minute: starts what is due, takes up what was cut short, and says what is late. */
export async function tick(parts: SourcesParts): Promise<void> {
  const { app } = parts
  const actor = system('sources.schedule')
  await app.work(actor, async (work) => {
    for (const feed of await dueFeeds(work)) {
      await sourcesTables(work.tx)
        .updateTable('sources.feed')
        .set({ next_at: nextTime(feed.definition.schedule, work.at) })
        .where('id', '=', feed.id)
        .execute()
      await startRun(parts, work, feed.id)
    }
    for (const feed of await feedsWithBatches(work)) await startRun(parts, work, feed)
  })
  await app.work(actor, takeUp)
  await app.work(actor, tellLate)
}

/** Feeds whose time has come; another process that looks at the same time passes over them. */
const dueFeeds = (work: Work): Promise<FeedRow[]> =>
  sourcesTables(work.tx)
    .selectFrom('sources.feed')
    .selectAll()
    .where('is_on', '=', true)
    .where('next_at', '<=', work.at)
    .where(sql<boolean>`exists (select from sources.source s where s.id = feed.source and s.is_on)`)
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute()

/** Feeds whose batches wait although no run is open: the one they waited for was refused, cancelled or failed. */
async function feedsWithBatches({ tx }: Work): Promise<string[]> {
  const { rows } = await sql<{ feed: string }>`select f.id as feed from sources.feed f
    join sources.source s on s.id = f.source
    where f.is_on and s.is_on and exists (select from sources.batch b where b.feed = f.id and b.run is null)
      and not exists (select from sources.run r where r.feed = f.id and r.state in (${sql.join([...OPEN_STATES])}))
    limit 500`.execute(tx)
  return rows.map(({ feed }) => feed)
}

/** Queues every run that may go on; one that is at work keeps its lock and is not run twice. */
export async function takeUp(work: Work): Promise<void> {
  const going = await goingRuns(work.tx).select(['id', 'state']).execute()
  // What has been collected is soon done, and goes before what has not.
  for (const { id, state } of going) orderStep(work, id, { isUrgent: state !== 'collecting' })
}

/** When a feed must have brought data again; null if it promises nothing. */
export const dueAt = ({
  definition,
  last_good_at,
  at,
}: Pick<FeedRow, 'definition' | 'last_good_at' | 'at'>): Date | null =>
  definition.freshHours === undefined
    ? null
    : new Date((last_good_at ?? at).getTime() + definition.freshHours * HOUR_MS)

async function tellLate(work: Work): Promise<void> {
  const feeds = await sourcesTables(work.tx)
    .selectFrom('sources.feed')
    .selectAll()
    .where('is_on', '=', true)
    .where('late_told_at', 'is', null)
    .where(sql<boolean>`definition ? 'freshHours'`)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const feed of feeds) {
    const due = dueAt(feed)
    if (!due || due > work.at) continue
    await sourcesTables(work.tx)
      .updateTable('sources.feed')
      .set({ late_told_at: work.at })
      .where('id', '=', feed.id)
      .execute()
    const data = { dataset: feed.dataset, source: feed.source, dueAt: due.toISOString() }
    work.emit({ topic: LATE, key: feed.id, data, audience: { right: 'sources.read' } })
  }
}
