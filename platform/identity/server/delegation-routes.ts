import { sql } from 'kysely'
import { Type } from 'typebox'
import {
  type Db,
  Forbidden,
  InvalidInput,
  NOTHING_PERSONAL,
  NotFound,
  type Route,
  route,
  SIGNED_IN,
  type Work,
  words,
} from '#runtime'
import type { ActorCache } from './actor-cache.ts'
import { page, pageOf, paging } from './paging.ts'
import { pathWithin, postWithin } from './reach.ts'
import { Done, Instant, NameView } from './schemas.ts'
import { from } from './tables.ts'
import { usablePosts } from './usable-posts.ts'

/** A post lent for longer should be given; this product's choice. */
const LONGEST_DAYS = 180

const DelegationView = Type.Object({
  id: Type.String(),
  post: Type.String(),
  title: NameView,
  organisationName: NameView,
  from: Type.Object({ id: Type.String(), name: Type.String() }),
  to: Type.Object({ id: Type.String(), name: Type.String() }),
  begins: Instant,
  ends: Instant,
  reason: Type.String(),
  state: Type.Union([Type.Literal('coming'), Type.Literal('running'), Type.Literal('over'), Type.Literal('revoked')]),
})
const EXAMPLE = {
  id: '3',
  post: 'city.ecology.head',
  title: { zh: '分管副局长', en: 'Deputy director in charge' },
  organisationName: { zh: '市生态环境局', en: 'Municipal Ecology and Environment Bureau' },
  from: { id: 'demo.ecology-head', name: '孙立新' },
  to: { id: 'demo.ecology', name: '赵磊' },
  begins: '2026-03-01T00:00:00.000Z',
  ends: '2026-03-08T00:00:00.000Z',
  reason: '外出学习',
  state: 'running',
}

interface Row {
  readonly id: string
  readonly begins: Date
  readonly ends: Date
}

/** Newest first; `after` is the id of the last one shown. */
async function delegations(
  db: Db,
  at: Date,
  which: ReturnType<typeof sql<boolean>>,
  after: string | undefined,
  limit: number,
) {
  const { rows } = await sql<Row>`
    select d.id::text as id, d.post, jsonb_build_object('zh', p.title_zh, 'en', p.title_en) as title,
      jsonb_build_object('zh', o.name_zh, 'en', o.name_en) as "organisationName",
      jsonb_build_object('id', f.id, 'name', f.name) as from, jsonb_build_object('id', t.id, 'name', t.name) as to,
      d.valid_from as begins, d.valid_to as ends, d.reason,
      case when d.revoked_at is not null then 'revoked' when d.valid_to <= ${at} then 'over'
        when d.valid_from > ${at} then 'coming' else 'running' end as state
    from identity.delegation d join identity.post p on p.id = d.post join identity.organisation o on o.id = p.organisation
      join identity.account f on f.id = d.from_account join identity.account t on t.id = d.to_account
    where ${which} and (${after ?? null}::bigint is null or d.id < ${after ?? null}::bigint)
    order by d.id desc limit ${limit + 1}`.execute(db)
  const shown = rows.map((row) => ({ ...row, begins: row.begins.toISOString(), ends: row.ends.toISOString() }))
  return page(shown, limit, ({ id }) => id)
}

async function revoke(work: Work, cache: ActorCache, id: string): Promise<{ id: string }> {
  const row = await from(work.tx)
    .updateTable('identity.delegation')
    .set({ revoked_at: work.at })
    .where('id', '=', Number(id))
    .where('revoked_at', 'is', null)
    .where('valid_to', '>', work.at)
    .returning(['post', 'to_account'])
    .executeTakeFirst()
  if (!row) throw new NotFound()
  const details = { to: row.to_account, delegation: id }
  work.audit({ event: 'identity.delegation.revoked', subject: { kind: 'post', id: row.post }, details })
  cache.changed(work, row.to_account)
  return { id }
}

const ByNumber = Type.Object({ id: Type.String({ pattern: '^\\d{1,15}$' }) })

/** Posts lent for a time: one's own, and as administrators see them. */
export const delegationRoutes = (cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/account/delegations',
    title: words('我的岗位代理', 'Posts I lent or was lent'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object(paging),
    response: pageOf(DelegationView),
    example: { rows: [EXAMPLE], next: null },
    handler: ({ work, actor, query: { after, limit } }) =>
      delegations(work.tx, work.at, sql<boolean>`${actor.id} in (d.from_account, d.to_account)`, after, limit),
  }),
  route({
    method: 'POST',
    path: '/api/account/delegations',
    title: words('委托他人代理本人岗位', 'Lend a post of mine for a time'),
    right: SIGNED_IN,
    audit: 'identity.delegation.begun',
    body: Type.Object(
      {
        post: Type.String(),
        to: Type.String({ description: 'Id of the account' }),
        begins: Instant,
        ends: Instant,
        reason: Type.String({ minLength: 1, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: '3' },
    handler: async ({ work, actor, body }) => {
      const held = (await usablePosts(work.tx, actor.id, work.at)).find(({ id }) => id === body.post)
      if (!held || held.onBehalfOf)
        throw new Forbidden(
          'not-your-post',
          words('只能委托本人任职的岗位', 'Only a post that you hold yourself can be lent'),
        )
      const period = { valid_from: new Date(body.begins), valid_to: new Date(body.ends) }
      checkPeriod(period.valid_from, period.valid_to, work.at)
      await checkReceiver(work, body.to)
      const { id } = await from(work.tx)
        .insertInto('identity.delegation')
        .values({
          post: body.post,
          from_account: actor.id,
          to_account: body.to,
          ...period,
          reason: body.reason,
          created_at: work.at,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const details = { to: body.to, delegation: String(id), begins: body.begins, ends: body.ends }
      work.audit({ event: 'identity.delegation.begun', subject: { kind: 'post', id: body.post }, details })
      cache.changed(work, body.to)
      return { id: String(id) }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/account/delegations/:id',
    title: words('收回委托', 'Take a lent post back'),
    right: SIGNED_IN,
    audit: 'identity.delegation.revoked',
    params: ByNumber,
    response: Done,
    example: { id: '3' },
    handler: async ({ work, actor, params: { id } }) => {
      const row = await from(work.tx)
        .selectFrom('identity.delegation')
        .select('from_account')
        .where('id', '=', Number(id))
        .executeTakeFirst()
      if (row?.from_account !== actor.id) throw new NotFound()
      return revoke(work, cache, id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/identity/delegations',
    title: words('岗位代理', 'Delegations'),
    right: 'identity.delegation.write',
    audit: 'identity.account.read',
    query: Type.Object(paging),
    response: pageOf(DelegationView),
    example: { rows: [EXAMPLE], next: null },
    handler: ({ work, scope, query: { after, limit } }) =>
      delegations(work.tx, work.at, pathWithin(scope, 'o.path'), after, limit),
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/delegations/:id',
    title: words('终止岗位代理', "End somebody's delegation"),
    right: 'identity.delegation.write',
    audit: 'identity.delegation.revoked',
    params: ByNumber,
    response: Done,
    example: { id: '3' },
    handler: async ({ work, scope, params: { id } }) => {
      const row = await from(work.tx)
        .selectFrom('identity.delegation')
        .select('post')
        .where('id', '=', Number(id))
        .executeTakeFirst()
      if (!row) throw new NotFound()
      await postWithin(work, scope, row.post)
      return revoke(work, cache, id)
    },
  }),
]

function checkPeriod(begins: Date, ends: Date, at: Date): void {
  const isLong = ends.getTime() - begins.getTime() > LONGEST_DAYS * 86_400_000
  if (ends > begins && ends > at && !isLong) return
  const message = words(
    `结束时间应晚于开始时间和现在，且不超过 ${LONGEST_DAYS} 天`,
    `The end must be after the beginning and after now, and within ${LONGEST_DAYS} days`,
  )
  throw new InvalidInput('wrong-period', message, [{ path: '/ends', message }])
}

async function checkReceiver(work: Work, to: string): Promise<void> {
  const row = await from(work.tx)
    .selectFrom('identity.account')
    .select('id')
    .where('id', '=', to)
    .where('kind', '=', 'staff')
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  const message = words('请选择另一位在用账号的工作人员', 'Choose another member of staff whose account is in use')
  if (!row || to === work.actor.id) throw new InvalidInput('wrong-receiver', message, [{ path: '/to', message }])
}
