import { sql } from 'kysely'
import { notices } from '#platform/notices'
import { MARKS_CHANGED, ROWS_CHANGED } from '#platform/registry'
import {
  type Actor,
  type App,
  alone,
  Conflict,
  isDatabaseAway,
  ProductError,
  type Subscriber,
  system,
  type Work,
  words,
} from '#runtime'
import type { Calls } from '../calls/calls.ts'
import type { GrantStore, KnownGrant } from '../grants/grant-store.ts'
import { type ChangesPage, nextChanges } from './changes.ts'
import { secretOf, signatureOf } from './push-target.ts'

const TIMEOUT_MS = 10_000
const LONGEST_MINUTES = 60
/** After so many failures one after the other the one who set it up is told. */
const TELL_AT = 3

export interface SubscriptionRow {
  readonly grant_id: string
  readonly url: string
  readonly salt: string
  readonly key_id: number
  readonly cursor: string
  readonly state: 'on' | 'off'
  readonly failures: number
  readonly problem: string | null
  readonly delivered: number
  readonly delivered_at: Date | null
  /** When it last began with all rows, and why: at first, at a new address, started again, or after changes were cut. */
  readonly begun_at: Date
  readonly begun_why: 'first' | 'address' | 'restart' | 'cut'
  readonly by: string
}

export interface PushParts {
  readonly app: App
  readonly grants: GrantStore
  readonly calls: Calls
}

/**
 * Pushes what changed under one grant, unless it is being pushed already, in whatever process: two would deliver the same
 * page, and an older value after a newer one. Whoever is at it also pushes what comes meanwhile; what comes just as he
 * ends is pushed within the minute.
 */
export async function push(parts: PushParts, grant: string, signal: AbortSignal): Promise<void> {
  await alone(parts.app, 'exchange.push', grant, () => pushAll(parts, grant, signal))
}

/** Page after page, until the consumer has it all or does not answer. */
async function pushAll({ app, grants, calls }: PushParts, grantId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { rows } = await sql<SubscriptionRow>`select * from exchange.subscription
      where grant_id = ${grantId} and state = 'on'`.execute(app.db)
    const [subscription] = rows
    const grant = grants.find(grantId)
    if (!subscription || !grant) return
    try {
      if (!(await pushPage({ app, calls }, grant, subscription, signal))) return
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      return failed(app, subscription, grant, error)
    }
  }
}

/** @returns whether there is more to push */
async function pushPage(
  { app, calls }: Pick<PushParts, 'app' | 'calls'>,
  grant: KnownGrant,
  subscription: SubscriptionRow,
  signal: AbortSignal,
): Promise<boolean> {
  const page = await nextPage(app, grant, subscription)
  if (page === 'cut') return true
  if (page.changes.length > 0 || page.begins) {
    const asked = { grant: grant.id, way: 'subscription' as const, actor: pusher(grant) }
    const body = await calls.answer(asked, async () => ({
      rows: page.changes.length,
      about: page.changes.map(({ row }) => row),
      body: { grant: grant.id, ...(page.begins ? { why: subscription.begun_why } : {}), ...page },
    }))
    await deliver(app, grant.id, subscription, body, signal)
  }
  if (page.next === subscription.cursor) return false
  const { numAffectedRows } =
    await sql`update exchange.subscription set cursor = ${page.next}, failures = 0, problem = null,
      delivered = delivered + ${page.changes.length},
      delivered_at = case when ${page.changes.length} > 0 then ${app.now()}::timestamptz else delivered_at end
    where grant_id = ${grant.id} and cursor = ${subscription.cursor} and salt = ${subscription.salt}`.execute(app.db)
  // Saved anew meanwhile: what is next is another page, at another address.
  return page.more || Number(numAffectedRows) === 0
}

/** The next page; `cut` when changes that were not pushed yet are gone, so that it begins with all rows again. */
async function nextPage(app: App, grant: KnownGrant, { cursor, salt }: SubscriptionRow): Promise<ChangesPage | 'cut'> {
  try {
    return await nextChanges(app, grant, cursor || undefined)
  } catch (error) {
    if (!(error instanceof Conflict && error.code === 'changes-cut')) throw error
    await sql`update exchange.subscription set cursor = '', begun_at = ${app.now()}, begun_why = 'cut'
      where grant_id = ${grant.id} and cursor = ${cursor} and salt = ${salt}`.execute(app.db)
    return 'cut'
  }
}

/**
 * Where changes are to be pushed from now on. At a new address, and when it had been ended, it begins with all rows: what
 * the consumer has is not known then. @returns whether it begins anew
 */
export async function saveSubscription(
  { tx, at, actor }: Work,
  grant: string,
  url: string,
  { salt, key_id }: Pick<SubscriptionRow, 'salt' | 'key_id'>,
): Promise<boolean> {
  const why = sql`case when s.url <> excluded.url then 'address' when s.state = 'off' then 'restart' end`
  const { rows } = await sql<{ begins: boolean }>`
    insert into exchange.subscription as s (grant_id, url, salt, key_id, cursor, by, made_at, begun_at)
    values (${grant}, ${url}, ${salt}, ${key_id}, '', ${actor.id}, ${at}, ${at})
    on conflict (grant_id) do update set url = excluded.url, salt = excluded.salt, key_id = excluded.key_id,
      cursor = case when ${why} is null then s.cursor else '' end,
      begun_at = case when ${why} is null then s.begun_at else excluded.begun_at end,
      begun_why = coalesce(${why}, s.begun_why), state = 'on', failures = 0, problem = null, by = excluded.by
    returning begun_at = ${at} as begins`.execute(tx)
  return rows[0]?.begins ?? false
}

/** The platform itself, calling for the consumer and for nobody else. */
const pusher = ({ consumer: organisation, path }: KnownGrant): Actor => ({
  ...system('exchange.push'),
  organisation,
  rights: new Map([['exchange.call', { reach: 'unit', organisation, path, division: '' }]]),
})

/** Any 2xx counts as taken. Redirects are not followed: they would leave the hosts that are allowed. */
async function deliver(
  app: App,
  grant: string,
  subscription: SubscriptionRow,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  const { url } = subscription
  if (!app.config.pushHosts.includes(new URL(url).host)) throw new TypeError('the host is not allowed any more')
  const at = app.now().toISOString()
  const signature = signatureOf(secretOf(app, grant, subscription), at, body)
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', 'x-timestamp': at, 'x-signature': signature },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new TypeError(`answered ${answer.status}`)
}

async function failed(app: App, { grant_id, salt, failures, by }: SubscriptionRow, grant: KnownGrant, error: unknown) {
  const problem = error instanceof ProductError ? error.words.zh : String((error as Error).message).slice(0, 200)
  await app.work(system('exchange.push'), async (work) => {
    await sql`update exchange.subscription set failures = failures + 1, problem = ${problem}, tried_at = ${work.at}
      where grant_id = ${grant_id} and salt = ${salt}`.execute(work.tx)
    if (failures + 1 !== TELL_AT) return
    await app.use(notices).send(work, {
      to: { account: by },
      title: words('数据推送连续失败', 'A push of data keeps failing'),
      body: words(`用途“${grant.purpose}”的推送失败：${problem}`, `The push for "${grant.purpose}" fails: ${problem}`),
      link: `/exchange/grants/${grant_id}`,
      urgency: 'normal',
    })
  })
}

/** Grants whose push is due: those that work, and those that failed, ever later. */
export async function duePushes(app: App): Promise<string[]> {
  const { rows } = await sql<{ grant_id: string }>`select grant_id from exchange.subscription where state = 'on'
    and (failures = 0 or tried_at + make_interval(mins => least(2 ^ failures, ${LONGEST_MINUTES})::int) <= ${app.now()})`.execute(
    app.db,
  )
  return rows.map(({ grant_id }) => grant_id)
}

/** Orders a push as soon as rows of a subscribed dataset, or what one has to know of them, have changed. */
export const pushOnChange = ({ grants }: Pick<PushParts, 'grants'>): Subscriber => ({
  id: 'exchange.push',
  topics: [ROWS_CHANGED, MARKS_CHANGED],
  handle: async (work, { key }) => {
    const ids = grants.ofDataset(key).flatMap(({ id, ways }) => (ways.includes('subscription') ? [id] : []))
    if (ids.length === 0) return
    const { rows } = await sql<{ grant_id: string }>`select grant_id from exchange.subscription
      where state = 'on' and failures = 0 and grant_id = any(${ids})`.execute(work.tx)
    for (const { grant_id } of rows) work.enqueue('exchange.push', { grant: grant_id }, { key: grant_id })
  },
})
