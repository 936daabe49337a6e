import { sql } from 'kysely'
import { notices } from '#platform/notices'
import { ROWS_CHANGED } from '#platform/registry'
import { type Actor, type App, isDatabaseAway, ProductError, type Subscriber, system, words } from '#runtime'
import type { Calls } from '../calls/calls.ts'
import type { GrantStore, KnownGrant } from '../grants/grant-store.ts'
import { nextChanges } from './changes.ts'
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
  readonly by: string
}

export interface PushParts {
  readonly app: App
  readonly grants: GrantStore
  readonly calls: Calls
}

/** Pushes what changed under one grant, page after page, until the consumer has it all or does not answer. */
export async function push({ app, grants, calls }: PushParts, grantId: string, signal: AbortSignal): Promise<void> {
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
  const page = await nextChanges(app, grant, subscription.cursor || undefined)
  if (page.changes.length > 0) {
    const asked = { grant: grant.id, way: 'subscription' as const, actor: pusher(grant) }
    const body = await calls.answer(asked, async () => ({
      rows: page.changes.length,
      about: page.changes.map(({ row }) => row),
      body: { grant: grant.id, ...page },
    }))
    await deliver(app, grant.id, subscription, body, signal)
  }
  if (page.next === subscription.cursor) return false
  await sql`update exchange.subscription set cursor = ${page.next}, failures = 0, problem = null,
      delivered = delivered + ${page.changes.length},
      delivered_at = case when ${page.changes.length} > 0 then ${app.now()}::timestamptz else delivered_at end
    where grant_id = ${grant.id} and cursor = ${subscription.cursor}`.execute(app.db)
  return page.more
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

async function failed(app: App, { grant_id, failures, by }: SubscriptionRow, grant: KnownGrant, error: unknown) {
  const problem = error instanceof ProductError ? error.words.zh : String((error as Error).message).slice(0, 200)
  await app.work(system('exchange.push'), async (work) => {
    await sql`update exchange.subscription set failures = failures + 1, problem = ${problem}, tried_at = ${work.at}
      where grant_id = ${grant_id}`.execute(work.tx)
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

/** Orders a push as soon as rows of a subscribed dataset have changed. */
export const pushOnChange = ({ grants }: Pick<PushParts, 'grants'>): Subscriber => ({
  id: 'exchange.push',
  topics: [ROWS_CHANGED],
  handle: async (work, { key }) => {
    const ids = grants.ofDataset(key).flatMap(({ id, ways }) => (ways.includes('subscription') ? [id] : []))
    if (ids.length === 0) return
    const { rows } = await sql<{ grant_id: string }>`select grant_id from exchange.subscription
      where state = 'on' and failures = 0 and grant_id = any(${ids})`.execute(work.tx)
    for (const { grant_id } of rows) work.enqueue('exchange.push', { grant: grant_id }, { key: grant_id })
  },
})
