import { setTimeout as sleep } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { system } from './actor.ts'
import type { App, Db } from './app.ts'
import { isDatabaseAway } from './database/away.ts'
import type { Event, StoredEvent, Subscriber } from './work.ts'

const POLL_MS = 250
/** How long a subscriber rests when nothing is heard; it looks then all the same. */
const IDLE_MS = 5_000
const BATCH = 500
const LONGEST_PAUSE_MS = 60_000

/** Writes events into the outbox, in the transaction of what happened. */
export function eventsStatement(events: readonly (Event & { readonly at: Date })[]): RawBuilder<unknown> {
  const rows = events.map(({ at, topic, key, data = {}, audience = null }) => ({ at, topic, key, data, audience }))
  return sql`/* prepared */ insert into runtime.event (at, topic, key, data, audience)
    select at, topic, key, data, audience from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e(at timestamptz, topic text, key text, data jsonb, audience jsonb)`
}

interface Place {
  readonly xid: string
  readonly event_id: number
}

interface EventRow {
  readonly id: number
  readonly xid: string
  readonly at: Date
  readonly topic: string
  readonly key: string
  readonly data: Record<string, unknown>
  readonly audience: Event['audience'] | null
}

/**
 * Events after a place, oldest first, only those before which nothing can appear any more. The order names the table:
 * a bare `xid` would be the text that is selected, in which 1000 comes before 999.
 */
async function eventsAfter(db: Db, place: Place, topics?: readonly string[], limit = BATCH): Promise<EventRow[]> {
  const filter = topics ? sql`and topic = any(${topics})` : sql``
  const { rows } = await sql<EventRow>`
    select id, xid::text as xid, at, topic, key, data, audience from runtime.event e
    where (xid, id) > (${place.xid}::xid8, ${place.event_id}) and xid < pg_snapshot_xmin(pg_current_snapshot()) ${filter}
    order by e.xid, e.id limit ${limit}`.execute(db)
  return rows
}

const stored = (row: EventRow): StoredEvent => ({
  id: String(row.id),
  at: row.at,
  topic: row.topic,
  key: row.key,
  data: row.data,
  ...(row.audience ? { audience: row.audience } : {}),
})

/** Serves one subscriber until the program stops; on a failure it tries again, ever more slowly, and never skips. */
export async function serveSubscriber(app: App, subscriber: Subscriber): Promise<void> {
  let ring = () => {}
  app.hear(({ topic }) => {
    if (subscriber.topics.includes(topic)) ring()
  })
  let isKnown = false
  let failures = 0
  const looked: Looked = { place: { xid: '0', event_id: 0 } }
  while (!app.stopping.aborted) {
    const bell = new AbortController()
    ring = () => bell.abort()
    try {
      if (!isKnown) await enrol(app.db, subscriber.id)
      isKnown = true
      if ((await serveBatch(app, subscriber, looked)) === BATCH) bell.abort()
      failures = 0
    } catch (error) {
      failures++
      const level = isDatabaseAway(error) ? 'warn' : 'error'
      app.log[level]({ err: error, subscriber: subscriber.id, failures }, 'subscriber failed')
      await sql`update runtime.subscriber set failures = failures + 1, last_error = ${String(error).slice(0, 500)}
        where id = ${subscriber.id}`
        .execute(app.db)
        .catch(() => undefined)
    }
    if (failures === 0) await pause(IDLE_MS, AbortSignal.any([app.stopping, bell.signal]))
    else await pause(Math.min(POLL_MS * 2 ** failures, LONGEST_PAUSE_MS), app.stopping)
  }
}

async function enrol(db: Db, id: string): Promise<void> {
  await sql`insert into runtime.subscriber (id, xid, event_id) values (${id}, '0', 0) on conflict do nothing`.execute(
    db,
  )
}

/** Where a subscriber goes on looking: events of others that were passed over are not read again and again. */
interface Looked {
  place: Place
}

/** Handles up to a batch of events, each in a unit of work that also moves the place. */
async function serveBatch(app: App, subscriber: Subscriber, looked: Looked): Promise<number> {
  let served = 0
  for (; served < BATCH && !app.stopping.aborted; served++) {
    const more = await app.work(system(subscriber.id), async (work) => {
      const { rows } = await sql<
        Place & { readonly horizon: string; readonly failures: number }
      >`select xid::text as xid,
        event_id, failures, pg_snapshot_xmin(pg_current_snapshot())::text as horizon from runtime.subscriber
        where id = ${subscriber.id} for update skip locked`.execute(work.tx)
      const place = rows[0]
      if (!place) return false
      const [event] = await eventsAfter(work.tx, later(place, looked.place), subscriber.topics, 1)
      if (!event) {
        looked.place = { xid: place.horizon, event_id: 0 }
        // It failed while the database was away, and nothing has happened for it since: it is well again.
        if (place.failures > 0)
          await sql`update runtime.subscriber set failures = 0, last_error = null where id = ${subscriber.id}`.execute(
            work.tx,
          )
        return false
      }
      await subscriber.handle(work, stored(event))
      await sql`update runtime.subscriber set xid = ${event.xid}::xid8, event_id = ${event.id}, failures = 0,
        last_error = null where id = ${subscriber.id}`.execute(work.tx)
      return true
    })
    if (!more) break
  }
  return served
}

function later(one: Place, other: Place): Place {
  const order = BigInt(one.xid) - BigInt(other.xid)
  return order > 0n || (order === 0n && one.event_id >= other.event_id) ? one : other
}

/** Hands every new event to this process until it stops; what happened before is not repeated. For open browsers. */
export async function followEvents(app: App, hear: (event: StoredEvent) => void): Promise<void> {
  let place: Place | undefined
  let isAway = false
  while (!app.stopping.aborted) {
    try {
      place ??= await lastPlace(app.db)
      const rows = await eventsAfter(app.db, place)
      for (const row of rows) hear(stored(row))
      const last = rows.at(-1)
      if (last) place = { xid: last.xid, event_id: last.id }
      if (isAway) app.log.warn('events are read again')
      isAway = false
    } catch (error) {
      if (!isAway) app.log.warn({ err: error }, 'events cannot be read at the moment')
      isAway = true
    }
    await pause(POLL_MS, app.stopping)
  }
}

async function lastPlace(db: Db): Promise<Place> {
  const { rows } =
    await sql<Place>`select e.xid::text as xid, e.id as event_id from runtime.event e order by e.xid desc, e.id desc limit 1`.execute(
      db,
    )
  return rows[0] ?? { xid: '0', event_id: 0 }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)
