import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { type ChangePlace, sharedRows } from '#platform/registry'
import { rules } from '#platform/rules'
import { type App, system, type Work } from '#runtime'
import { type ClearedFile, filesToClear } from './files/file-rows.ts'
import { pathsOf } from './files/make-file.ts'
import { clearReceipts } from './receipts/clear-receipts.ts'
import { placeOf } from './subscriptions/changes.ts'

const DAY_MS = 24 * 3_600_000
const ACTOR = system('exchange.clear-away')

/** Daily, and when a grant ends: what was made under a grant goes with it, or when its term is over; receipts when theirs is. */
export async function clearAway(app: App): Promise<void> {
  const since = new Date(app.now().getTime() - daysOf(app, 'file') * DAY_MS)
  for (const file of await filesToClear(app.db, since)) await clear(app, file)
  await app.work(ACTOR, async (work) =>
    app.use(sharedRows).cutChanges(work, { days: daysOf(app, 'change'), slowest: await slowestReaders(work) }),
  )
  await clearReceipts(app)
}

const daysOf = (app: App, what: 'file' | 'change'): number =>
  (app.use(rules).evaluate('exchange.keeping', { what }, { at: app.now() }).result as { days: number }).days

/** The bytes first: a run that is killed between deletes them again and then says so. */
async function clear(app: App, { why, ...file }: ClearedFile): Promise<void> {
  for (const path of pathsOf(app, file)) await rm(path, { force: true })
  await app.work(ACTOR, async (work) => {
    await sql`update exchange.file set cleared_at = ${work.at} where id = ${file.id}`.execute(work.tx)
    work.audit({ event: 'exchange.file.cleared', subject: { kind: 'exchange.file', id: file.id }, details: { why } })
  })
}

/** Of each dataset the place up to which the slowest of those has read to whom changes are pushed. */
async function slowestReaders({ tx }: Work): Promise<ReadonlyMap<string, ChangePlace>> {
  const { rows } = await sql<{ dataset: string; cursor: string }>`
    select g.dataset, s.cursor from exchange.subscription s join exchange."grant" g on g.id = s.grant_id
    where s.state = 'on' and s.cursor <> '' and g.state = 'active'`.execute(tx)
  const slowest = new Map<string, ChangePlace>()
  for (const { dataset, cursor } of rows) {
    const place = placeOf(cursor)
    const known = slowest.get(dataset)
    if (!known || BigInt(place.xid) < BigInt(known.xid)) slowest.set(dataset, place)
  }
  return slowest
}
