import { sql } from 'kysely'
import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { datasetDirectory } from '#platform/registry'
import { type App, type Db, dayAt, formatDay, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { GrantStore, KnownGrant } from '../grants/grant-store.ts'
import { isSeen, seenGrant } from '../grants/sight.ts'
import { ById, Nullable, WordsView } from './schemas.ts'

const GrantView = Type.Object({
  id: Type.String(),
  request: Type.String(),
  dataset: Type.String(),
  title: WordsView,
  owner: Type.String(),
  consumer: Type.String(),
  fields: Type.Array(Type.String()),
  whole: Type.Array(Type.String()),
  rows: Type.Unknown(),
  purpose: Type.String(),
  basis: Type.String(),
  ways: Type.Array(Type.String()),
  quota: Type.Integer(),
  until: Type.String(),
  madeAt: Type.String({ format: 'date-time' }),
  state: Type.String(),
  returnFlow: Type.Boolean(),
  /** Calls and rows of today. */
  today: Type.Object({ calls: Type.Integer(), rows: Type.Integer() }),
})
const PAGE = 50

export const grantRoutes = (app: App, store: GrantStore): Route[] => [
  route({
    method: 'GET',
    path: '/api/exchange/grants',
    title: words('授权', 'Grants'),
    right: 'exchange.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      dataset: Type.Optional(Type.String({ maxLength: 100 })),
      consumer: Type.Optional(Type.String({ maxLength: 100 })),
      state: Type.Optional(Type.Enum(['active', 'expired', 'withdrawn'])),
      returnFlow: Type.Optional(Type.Boolean()),
      after: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    response: Type.Object({ rows: Type.Array(GrantView), next: Nullable(Type.String()) }),
    example: { rows: [], next: null },
    handler: async ({ query, scope, work }) => {
      const seen = store
        .all()
        .filter((grant) => isSeen(scope, grant) && fits(grant, query))
        .sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime() || (a.id < b.id ? -1 : 1))
      const from = query.after ? seen.findIndex(({ id }) => id === query.after) + 1 : 0
      const shown = seen.slice(from, from + PAGE)
      const last = shown.at(-1)
      return {
        rows: await viewsOf(app, work.tx, shown),
        next: from + PAGE < seen.length && last ? last.id : null,
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/grants/:id',
    title: words('一项授权', 'A grant'),
    right: 'exchange.read',
    audit: NOTHING_PERSONAL,
    params: ById,
    response: Type.Object({
      ...GrantView.properties,
      days: Type.Array(Type.Object({ day: Type.String(), calls: Type.Integer(), rows: Type.Integer() })),
    }),
    example: { id: '…', days: [{ day: '2026-11-29', calls: 12, rows: 12 }] },
    handler: async ({ params, scope, work }) => {
      const grant = seenGrant(store, scope, params.id)
      const [view] = await viewsOf(app, work.tx, [grant])
      const { rows: days } = await sql<{ day: string; calls: number; rows: number }>`
        select day, calls, rows from exchange.usage where grant_id = ${grant.id} order by day desc limit 30`.execute(
        work.tx,
      )
      return { ...view, days: days.reverse() }
    },
  }),
  route({
    method: 'GET',
    path: '/api/exchange/return-flow',
    title: words('有数据回流的县区单位', 'Units to which data flow back'),
    right: 'exchange.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ counties: Type.Array(Type.Object({ id: Type.String(), name: WordsView })) }),
    example: { counties: [{ id: 'county.370902.big-data', name: { zh: '泰山区大数据中心', en: 'Taishan' } }] },
    handler: async ({ scope, work }) => {
      const flows = store.all().filter((grant) => grant.returnFlow && grant.state === 'active' && isSeen(scope, grant))
      const ids = new Set(flows.map(({ consumer }) => consumer))
      const all = await app.use(identity).organisations(work.tx)
      return { counties: all.filter(({ id }) => ids.has(id)).map(({ id, name }) => ({ id, name })) }
    },
  }),
]

interface Wanted {
  readonly dataset?: string
  readonly consumer?: string
  readonly state?: string
  readonly returnFlow?: boolean
}

const fits = (grant: KnownGrant, { dataset, consumer, state, returnFlow }: Wanted): boolean =>
  (dataset === undefined || grant.dataset === dataset) &&
  (consumer === undefined || grant.consumer === consumer) &&
  (state === undefined || grant.state === state) &&
  (returnFlow === undefined || grant.returnFlow === returnFlow)

async function viewsOf(app: App, db: Db, grants: readonly KnownGrant[]) {
  const day = formatDay(dayAt(app.now().getTime()))
  const { rows } = await sql<{ grant_id: string; calls: number; rows: number }>`
    select grant_id, calls, rows from exchange.usage
    where day = ${day} and grant_id = any(${grants.map(({ id }) => id)})`.execute(db)
  const today = new Map(rows.map(({ grant_id, calls, rows }) => [grant_id, { calls, rows }]))
  return grants.map(({ plan: _plan, path: _path, ownerPath: _ownerPath, masked: _masked, madeAt, ...grant }) => ({
    ...grant,
    madeAt: madeAt.toISOString(),
    title: app.use(datasetDirectory).find(grant.dataset)?.title ?? words(grant.dataset, grant.dataset),
    today: today.get(grant.id) ?? { calls: 0, rows: 0 },
  }))
}
