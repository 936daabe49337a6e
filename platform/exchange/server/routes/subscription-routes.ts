import { sql } from 'kysely'
import { Type } from 'typebox'
import { Conflict, NOTHING_PERSONAL, OWN_RECORD, type Route, route, words } from '#runtime'
import { isConsumer, seenGrant } from '../grants/sight.ts'
import { nextChanges } from '../subscriptions/changes.ts'
import { type PushParts, type SubscriptionRow, saveSubscription } from '../subscriptions/push.ts'
import { checkTarget, newSecret, secretOf } from '../subscriptions/push-target.ts'
import { MarkView, requestOf, sent } from './call-routes.ts'
import { ById, Done, Instant, Nullable, Receipted } from './schemas.ts'

const Change = Type.Object({
  row: Type.Integer(),
  change: Type.Enum(['put', 'gone']),
  value: Type.Unknown(),
  /** What one has to know of the row now. Absent when there is nothing. */
  marks: Type.Optional(Type.Array(Type.Object({ ...MarkView, since: Type.String() }))),
})
const View = Type.Object({
  url: Type.String(),
  state: Type.Enum(['on', 'off']),
  failures: Type.Integer(),
  problem: Nullable(Type.String()),
  delivered: Type.Integer(),
  deliveredAt: Nullable(Instant),
  /** When it last began with all rows, and why. */
  begunAt: Instant,
  begunWhy: Type.Enum(['first', 'address', 'restart', 'cut']),
})

/** Changes under a grant: fetched after a cursor, or pushed to an address of the consumer. */
export const subscriptionRoutes = (parts: PushParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/exchange/grants/:id/changes',
    title: words('按授权获取变更', 'Changes under a grant since a cursor'),
    right: 'exchange.call',
    audit: OWN_RECORD,
    params: ById,
    query: Type.Object({ after: Type.Optional(Type.String({ maxLength: 500 })) }),
    response: Type.Object({
      /** All rows follow from here: replace what you have. */
      begins: Type.Optional(Type.Literal(true)),
      changes: Type.Array(Change),
      /** Cursor for the next call. */
      next: Type.String(),
      more: Type.Boolean(),
      ...Receipted,
    }),
    example: { changes: [{ row: 7, change: 'put', value: { name: '张*' } }], next: '…', more: false },
    handler: async ({ params, query, actor, request, reply }) => {
      const asked = { grant: params.id, way: 'subscription' as const, actor, request: requestOf(request) }
      const text = await parts.calls.answer(asked, async (grant) => {
        const page = await nextChanges(parts.app, grant, query.after)
        return { rows: page.changes.length, about: page.changes.map(({ row }) => row), body: { ...page } }
      })
      return sent(reply, text)
    },
  }),
  route({
    method: 'PUT',
    path: '/api/exchange/grants/:id/subscription',
    title: words('设置变更推送', 'Have changes pushed'),
    right: 'exchange.call',
    audit: 'exchange.subscription.saved',
    params: ById,
    body: Type.Object({ url: Type.String({ maxLength: 500 }) }, { additionalProperties: false }),
    /** The secret is shown this once; `begins`: all rows are pushed first. */
    response: Type.Object({ secret: Type.String(), begins: Type.Boolean() }),
    example: { secret: '9f2c…', begins: true },
    handler: async ({ params, body, actor, work, request }) => {
      const { app } = parts
      const grant = await parts.calls.admit({
        grant: params.id,
        way: 'subscription',
        actor,
        request: requestOf(request),
      })
      const url = checkTarget(app, body.url)
      const secret = newSecret(app)
      const begins = await saveSubscription(work, grant.id, url, secret)
      work.enqueue('exchange.push', { grant: grant.id }, { key: grant.id })
      return { secret: secretOf(app, grant.id, secret), begins }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/exchange/grants/:id/subscription',
    title: words('停止变更推送', 'End the push'),
    right: 'exchange.call',
    audit: 'exchange.subscription.ended',
    params: ById,
    response: Done,
    example: { done: true },
    handler: async ({ params, scope, work }) => {
      const grant = seenGrant(parts.grants, scope, params.id)
      if (!isConsumer(scope, grant))
        throw new Conflict('not-yours', words('只有使用单位可以停止推送', 'Only the consumer ends the push'))
      await sql`update exchange.subscription set state = 'off' where grant_id = ${grant.id}`.execute(work.tx)
      return { done: true }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/grants/:id/subscription',
    title: words('变更推送状态', 'State of the push'),
    right: 'exchange.read',
    audit: NOTHING_PERSONAL,
    params: ById,
    response: Type.Object({ subscription: Nullable(View) }),
    example: { subscription: null },
    handler: async ({ params, scope, work }) => {
      const grant = seenGrant(parts.grants, scope, params.id)
      const { rows } = await sql<SubscriptionRow>`select * from exchange.subscription
        where grant_id = ${grant.id}`.execute(work.tx)
      const [row] = rows
      if (!row) return { subscription: null }
      return { subscription: viewOf(row) }
    },
  }),
]

const viewOf = ({ url, state, failures, problem, delivered, delivered_at, begun_at, begun_why }: SubscriptionRow) => ({
  url,
  state,
  failures,
  problem,
  delivered,
  deliveredAt: delivered_at?.toISOString() ?? null,
  begunAt: begun_at.toISOString(),
  begunWhy: begun_why,
})
