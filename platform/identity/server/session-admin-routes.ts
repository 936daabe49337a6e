import { sql } from 'kysely'
import { Type } from 'typebox'
import { type Db, NOTHING_PERSONAL, NotFound, type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import type { ActorCache } from './actor-cache.ts'
import { IDLE_MS } from './find-session.ts'
import { page, pageOf, paging } from './paging.ts'
import { accountWithin, pathWithin } from './reach.ts'
import { ById, Done, Instant, Nullable } from './schemas.ts'
import { from } from './tables.ts'

const SessionRow = Type.Object({
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  post: Nullable,
  createdAt: Instant,
  seenAt: Instant,
  address: Type.String(),
  agent: Type.String(),
  isThis: Type.Boolean({ description: 'The session of this call' }),
})
const EXAMPLE = {
  id: '5b0cb6a4-0e7e-4f5c-9d0a-3a1f0e6f3f10',
  account: 'demo.taishan',
  name: '李明',
  post: 'county.370902.ecology.officer',
  createdAt: '2026-03-01T00:00:00.000Z',
  seenAt: '2026-03-01T01:00:00.000Z',
  address: '10.0.0.7',
  agent: 'Mozilla/5.0',
  isThis: true,
}

/** Living sessions by their ids. */
async function sessions(db: Db, work: Work, which: ReturnType<typeof sql<boolean>>, after: string, limit: number) {
  const idle = new Date(work.at.getTime() - IDLE_MS)
  const { rows } = await sql<{ id: string; createdAt: Date; seenAt: Date }>`
    select s.id, s.account, a.name, s.post, s.created_at as "createdAt", s.seen_at as "seenAt", s.address, s.agent,
      s.id = ${work.actor.session ?? ''} as "isThis"
    from identity.session s join identity.account a on a.id = s.account
      join identity.organisation o on o.id = coalesce(a.organisation, 'city')
    where ${which} and s.ended_at is null and s.seen_at > ${idle} and s.id > ${after}
    order by s.id limit ${limit + 1}`.execute(db)
  const shown = rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
  }))
  return page(shown, limit, ({ id }) => id)
}

async function end(work: Work, cache: ActorCache, id: string, account: string): Promise<{ id: string }> {
  await from(work.tx).updateTable('identity.session').set({ ended_at: work.at }).where('id', '=', id).execute()
  work.audit({ event: 'identity.session.ended', subject: { kind: 'session', id }, details: { account } })
  cache.changed(work, account)
  return { id }
}

const living = (work: Work, id: string) =>
  from(work.tx)
    .selectFrom('identity.session')
    .select('account')
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

/** Where somebody is signed in: oneself, and as administrators see it. */
export const sessionAdminRoutes = (cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/account/sessions',
    title: words('我的登录设备', 'Where I am signed in'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object(paging),
    response: pageOf(SessionRow),
    example: { rows: [EXAMPLE], next: null },
    handler: ({ work, actor, query: { after = '', limit } }) =>
      sessions(work.tx, work, sql<boolean>`s.account = ${actor.id}`, after, limit),
  }),
  route({
    method: 'DELETE',
    path: '/api/account/sessions/:id',
    title: words('结束我的一处登录', 'End a session of mine'),
    right: SIGNED_IN,
    audit: 'identity.session.ended',
    params: ById,
    response: Done,
    example: { id: EXAMPLE.id },
    handler: async ({ work, actor, params: { id } }) => {
      const row = await living(work, id)
      if (row?.account !== actor.id) throw new NotFound()
      return end(work, cache, id, actor.id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/identity/sessions',
    title: words('登录情况', 'Living sessions'),
    right: 'identity.session.end',
    audit: 'identity.account.read',
    query: Type.Object(paging),
    response: pageOf(SessionRow),
    example: { rows: [EXAMPLE], next: null },
    handler: ({ work, scope, query: { after = '', limit } }) =>
      sessions(work.tx, work, pathWithin(scope, 'o.path'), after, limit),
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/sessions/:id',
    title: words('结束他人登录', "End somebody's session"),
    right: 'identity.session.end',
    audit: 'identity.session.ended',
    params: ById,
    response: Done,
    example: { id: EXAMPLE.id },
    handler: async ({ work, scope, params: { id } }) => {
      const row = await living(work, id)
      if (!row) throw new NotFound()
      await accountWithin(work, scope, row.account)
      return end(work, cache, id, row.account)
    },
  }),
]
