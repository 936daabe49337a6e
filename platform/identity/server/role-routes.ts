import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, Conflict, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import { staffing } from '../contract.ts'
import type { ActorCache } from './actor-cache.ts'
import { page, pageOf, paging } from './paging.ts'
import { pathWithin } from './reach.ts'
import { ById, Done, KindView, NameBody, NameView, ReachView } from './schemas.ts'
import { from } from './tables.ts'

const Rights = Type.Record(Type.String(), ReachView)
const RoleView = Type.Object({
  id: Type.String(),
  title: NameView,
  origin: Type.Union([Type.Literal('declared'), Type.Literal('own')]),
  everyone: Type.Array(KindView, { description: 'Kinds of account that hold it without a post' }),
  rights: Rights,
  posts: Type.Integer({ description: 'Open posts that hold it' }),
})
const EXAMPLE = {
  id: 'air.officer',
  title: { zh: '大气监测员', en: 'Air officer' },
  origin: 'declared',
  everyone: [],
  rights: { 'air.warning.read': 'subtree' },
  posts: 7,
}
const HolderView = Type.Object({
  key: Type.String(),
  account: Type.String(),
  name: Type.String(),
  post: Type.String(),
  title: NameView,
  organisationName: NameView,
  role: NameView,
  right: NameView,
  reach: ReachView,
})

/** Roles, the rights in them, and who holds what. */
export const roleRoutes = (app: App, cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/rights',
    title: words('全部权限', 'Every declared right'),
    right: 'identity.role.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      rows: Type.Array(Type.Object({ id: Type.String(), title: NameView, module: NameView })),
      next: Type.Null(),
    }),
    example: {
      rows: [
        {
          id: 'identity.role.read',
          title: { zh: '查看角色和权限', en: 'See roles and rights' },
          module: { zh: '身份与权限', en: 'Identity and rights' },
        },
      ],
      next: null,
    },
    handler: async () => ({
      rows: app.declared('rights').map(({ module, entry }) => ({ ...entry, module: module.title })),
      next: null,
    }),
  }),
  route({
    method: 'GET',
    path: '/api/identity/roles',
    title: words('角色', 'Roles'),
    right: 'identity.role.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object(paging),
    response: pageOf(RoleView),
    example: { rows: [EXAMPLE], next: null },
    handler: async ({ work, query: { after = '', limit } }) => {
      const { rows } = await sql<{ id: string }>`
        select r.id, jsonb_build_object('zh', r.title_zh, 'en', r.title_en) as title, r.origin, r.kinds as everyone,
          coalesce((select jsonb_object_agg(right_id, reach) from identity.role_right where role = r.id), '{}') as rights,
          (select count(*)::int from identity.post_role pr join identity.post p on p.id = pr.post
            where pr.role = r.id and p.closed_at is null) as posts
        from identity.role r where r.retired_at is null and r.id > ${after}
        order by r.id limit ${limit + 1}`.execute(work.tx)
      return page(rows, limit, ({ id }) => id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/identity/holders',
    title: words('谁有什么权限', 'Who holds what'),
    right: 'identity.account.read',
    audit: 'identity.account.read',
    query: Type.Object({ right: Type.Optional(Type.String()), account: Type.Optional(Type.String()), ...paging }),
    response: pageOf(HolderView),
    example: {
      rows: [
        {
          key: '17/air.officer/air.warning.read',
          account: 'demo.taishan',
          name: '李明',
          post: 'county.370902.ecology.officer',
          title: { zh: '环境执法员', en: 'Enforcement officer' },
          organisationName: { zh: '泰安市生态环境局泰山分局', en: 'Taishan Branch' },
          role: { zh: '大气监测员', en: 'Air officer' },
          right: { zh: '查看指标和预警', en: 'See measures and warnings' },
          reach: 'subtree',
        },
      ],
      next: null,
    },
    handler: async ({ work, scope, query: { right, account, after = '', limit } }) => {
      const { rows } = await sql<{ key: string; right: string }>`
        select * from (
          select h.id || '/' || r.id || '/' || rr.right_id as key, a.id as account, a.name, p.id as post,
            jsonb_build_object('zh', p.title_zh, 'en', p.title_en) as title,
            jsonb_build_object('zh', o.name_zh, 'en', o.name_en) as "organisationName",
            jsonb_build_object('zh', r.title_zh, 'en', r.title_en) as role, rr.right_id as right, rr.reach
          from identity.holding h join identity.account a on a.id = h.account join identity.post p on p.id = h.post
            join identity.organisation o on o.id = p.organisation join identity.post_role pr on pr.post = p.id
            join identity.role r on r.id = pr.role join identity.role_right rr on rr.role = r.id
          where ${pathWithin(scope, 'o.path')} and h.valid_from <= ${work.at}
            and (h.valid_to is null or h.valid_to > ${work.at}) and p.closed_at is null and r.retired_at is null
            and (${right ?? null}::text is null or rr.right_id = ${right ?? null})
            and (${account ?? null}::text is null or a.id = ${account ?? null})) held
        where key collate "C" > ${after} order by key collate "C" limit ${limit + 1}`.execute(work.tx)
      const titles = new Map(app.declared('rights').map(({ entry }) => [entry.id, entry.title]))
      const titled = rows.map((row) => ({ ...row, right: titles.get(row.right) ?? words(row.right, row.right) }))
      return page(titled, limit, ({ key }) => key)
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/roles',
    title: words('新建角色', 'Make a role'),
    right: 'identity.role.write',
    audit: 'identity.role.created',
    body: Type.Object(
      { id: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,60}$' }), title: NameBody, rights: Rights },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: 'own.night-duty' },
    handler: async ({ work, body }) => ({ id: await app.use(staffing).addRole(work, body) }),
  }),
  route({
    method: 'PUT',
    path: '/api/identity/roles/:id',
    title: words('修改角色', 'Change a role'),
    right: 'identity.role.write',
    audit: 'identity.role.changed',
    params: ById,
    body: Type.Object({ title: NameBody, rights: Rights }, { additionalProperties: false }),
    response: Done,
    example: { id: 'own.night-duty' },
    handler: async ({ work, params: { id }, body: { title, rights } }) => {
      await ownRole(work, id)
      await from(work.tx)
        .updateTable('identity.role')
        .set({ title_zh: title.zh, title_en: title.en })
        .where('id', '=', id)
        .execute()
      await app.use(staffing).setRights(work, id, rights)
      work.audit({ event: 'identity.role.changed', subject: { kind: 'role', id }, details: { rights } })
      cache.changed(work, '*')
      return { id }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/roles/:id',
    title: words('停用角色', 'Retire a role'),
    right: 'identity.role.write',
    audit: 'identity.role.retired',
    params: ById,
    response: Done,
    example: { id: 'own.night-duty' },
    handler: async ({ work, params: { id } }) => {
      await ownRole(work, id)
      await from(work.tx).updateTable('identity.role').set({ retired_at: work.at }).where('id', '=', id).execute()
      cache.changed(work, '*')
      return { id }
    },
  }),
]

/** @throws NotFound, Conflict for a role that a module declares */
async function ownRole(work: Work, id: string): Promise<void> {
  const row = await from(work.tx)
    .selectFrom('identity.role')
    .select('origin')
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound()
  if (row.origin === 'declared')
    throw new Conflict(
      'declared-role',
      words('系统内置角色不能修改，请新建一个', 'A declared role cannot be changed; make one of your own'),
    )
}
