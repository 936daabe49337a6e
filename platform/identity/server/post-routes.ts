import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, containing, type Db, NotFound, type Route, route, type Scope, words } from '#runtime'
import { staffing } from '../contract.ts'
import type { ActorCache } from './actor-cache.ts'
import { refuseWider, rolesOf } from './may-grant.ts'
import { page, pageOf, paging } from './paging.ts'
import { organisationWithin, pathWithin, postWithin } from './reach.ts'
import { ById, Done, Instant, MaybeInstant, NameBody, NameView } from './schemas.ts'
import { from } from './tables.ts'

const HolderView = Type.Object({
  account: Type.String(),
  name: Type.String(),
  from: Instant,
  until: MaybeInstant,
})
const PostView = Type.Object({
  id: Type.String(),
  title: NameView,
  organisation: Type.String(),
  organisationName: NameView,
  isClosed: Type.Boolean(),
  roles: Type.Array(Type.Object({ id: Type.String(), title: NameView })),
  holders: Type.Array(HolderView),
})
const EXAMPLE = {
  id: 'city.ecology.officer',
  title: { zh: '大气科监测员', en: 'Air officer' },
  organisation: 'city.ecology',
  organisationName: { zh: '市生态环境局', en: 'Municipal Ecology and Environment Bureau' },
  isClosed: false,
  roles: [{ id: 'air.officer', title: { zh: '大气监测员', en: 'Air officer' } }],
  holders: [{ account: 'demo.ecology', name: '赵磊', from: '2026-01-01T00:00:00.000Z', until: null }],
}

interface Filter {
  readonly id?: string | undefined
  readonly organisation?: string | undefined
  readonly below?: boolean | undefined
  readonly search?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Posts within reach with their roles and present holders, in the order of their ids. */
async function postsWithin(db: Db, scope: Scope, at: Date, filter: Filter) {
  const { id, organisation, below, search, after = '', limit } = filter
  const text = search ? containing(search) : '%'
  const { rows } = await sql<{ id: string }>`
    select p.id, jsonb_build_object('zh', p.title_zh, 'en', p.title_en) as title, p.organisation,
      jsonb_build_object('zh', o.name_zh, 'en', o.name_en) as "organisationName",
      p.closed_at is not null as "isClosed",
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'title',
          jsonb_build_object('zh', r.title_zh, 'en', r.title_en)) order by r.id)
        from identity.post_role pr join identity.role r on r.id = pr.role where pr.post = p.id), '[]') as roles,
      coalesce((select jsonb_agg(jsonb_build_object('account', a.id, 'name', a.name, 'from',
          to_char(h.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'until',
          to_char(h.valid_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by h.id)
        from identity.holding h join identity.account a on a.id = h.account
        where h.post = p.id and (h.valid_to is null or h.valid_to > ${at})), '[]') as holders
    from identity.post p join identity.organisation o on o.id = p.organisation
    where ${pathWithin(scope, 'o.path')} and p.id > ${after} and (${id ?? null}::text is null or p.id = ${id ?? null})
      and (p.title_zh like ${text} or p.title_en ilike ${text} or p.id like ${text} or o.name_zh like ${text})
      and (${organisation ?? null}::text is null or p.organisation = ${organisation ?? null}
        or (${below ?? false} and starts_with(o.path, (select path from identity.organisation
          where id = ${organisation ?? null}))))
    order by p.id limit ${limit + 1}`.execute(db)
  return rows
}

/** Posts, who holds them, and which roles they have. */
export const postRoutes = (app: App, cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/posts',
    title: words('岗位和任职', 'Posts and holders'),
    right: 'identity.account.read',
    audit: 'identity.account.read',
    query: Type.Object({
      organisation: Type.Optional(Type.String()),
      below: Type.Optional(Type.Boolean({ description: 'Also of the organisations below' })),
      search: Type.Optional(Type.String({ maxLength: 100 })),
      ...paging,
    }),
    response: pageOf(PostView),
    example: { rows: [EXAMPLE], next: null },
    handler: async ({ work, scope, query }) =>
      page(await postsWithin(work.tx, scope, work.at, query), query.limit, ({ id }) => id),
  }),
  route({
    method: 'GET',
    path: '/api/identity/posts/:id',
    title: words('一个岗位', 'A post'),
    right: 'identity.account.read',
    audit: 'identity.account.read',
    params: ById,
    response: PostView,
    example: EXAMPLE,
    handler: async ({ work, scope, params }) => {
      const [post] = await postsWithin(work.tx, scope, work.at, { id: params.id, limit: 1 })
      if (!post) throw new NotFound()
      return post
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/posts',
    title: words('新建岗位', 'Make a post'),
    right: 'identity.post.write',
    audit: 'identity.post.created',
    body: Type.Object({ organisation: Type.String(), title: NameBody }, { additionalProperties: false }),
    response: Done,
    example: { id: 'post.5b0cb6a4-0e7e-4f5c-9d0a-3a1f0e6f3f10' },
    handler: async ({ work, scope, body }) => {
      await organisationWithin(work, scope, body.organisation)
      return { id: await app.use(staffing).addPost(work, { ...body, id: `post.${randomUUID()}`, roles: [] }) }
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/identity/posts/:id',
    title: words('修改或撤销岗位', 'Change or close a post'),
    right: 'identity.post.write',
    audit: 'identity.post.changed',
    params: ById,
    body: Type.Object(
      { title: Type.Optional(NameBody), isClosed: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: 'city.ecology.officer' },
    handler: async ({ work, scope, params, body: { title, isClosed } }) => {
      const { id } = await postWithin(work, scope, params.id)
      const changed = {
        ...(title ? { title_zh: title.zh, title_en: title.en } : {}),
        ...(isClosed === undefined ? {} : { closed_at: isClosed ? work.at : null }),
      }
      if (Object.keys(changed).length > 0)
        await from(work.tx).updateTable('identity.post').set(changed).where('id', '=', id).execute()
      cache.changed(work, '*')
      return { id }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/identity/posts/:id/roles',
    title: words('给岗位授予角色', 'Grant roles to a post'),
    right: 'identity.role.grant',
    audit: 'identity.post.granted',
    params: ById,
    body: Type.Object({ roles: Type.Array(Type.String(), { maxItems: 100 }) }, { additionalProperties: false }),
    response: Done,
    example: { id: 'city.ecology.officer' },
    handler: async ({ work, scope, params, body }) => {
      const { id } = await postWithin(work, scope, params.id)
      const before = await rolesOf(work, id)
      const added = body.roles.filter((role) => !before.includes(role))
      const removed = before.filter((role) => !body.roles.includes(role))
      await refuseWider(work, scope, added)
      if (removed.length > 0)
        await from(work.tx)
          .deleteFrom('identity.post_role')
          .where('post', '=', id)
          .where('role', 'in', removed)
          .execute()
      if (added.length > 0)
        await from(work.tx)
          .insertInto('identity.post_role')
          .values(added.map((role) => ({ post: id, role })))
          .execute()
      work.audit({ event: 'identity.post.granted', subject: { kind: 'post', id }, details: { added, removed } })
      cache.changed(work, '*')
      return { id }
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/posts/:id/holders',
    title: words('任命', 'Give a post to somebody'),
    right: 'identity.post.write',
    audit: 'identity.holding.begun',
    params: ById,
    body: Type.Object({ account: Type.String() }, { additionalProperties: false }),
    response: Done,
    example: { id: 'city.ecology.officer' },
    handler: async ({ work, scope, params, body }) => {
      const { id } = await postWithin(work, scope, params.id)
      await refuseWider(work, scope, await rolesOf(work, id))
      await app.use(staffing).assign(work, id, body.account)
      return { id }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/posts/:id/holders/:account',
    title: words('免职', "End somebody's holding of a post"),
    right: 'identity.post.write',
    audit: 'identity.holding.ended',
    params: Type.Object({ id: Type.String(), account: Type.String() }),
    response: Done,
    example: { id: 'city.ecology.officer' },
    handler: async ({ work, scope, params: { id, account } }) => {
      await postWithin(work, scope, id)
      const { numUpdatedRows } = await from(work.tx)
        .updateTable('identity.holding')
        .set({ valid_to: work.at })
        .where('post', '=', id)
        .where('account', '=', account)
        .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', work.at)]))
        .executeTakeFirst()
      if (!numUpdatedRows) throw new NotFound()
      work.audit({ event: 'identity.holding.ended', subject: { kind: 'post', id }, details: { account } })
      cache.changed(work, '*')
      return { id }
    },
  }),
]
