import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, containing, type Route, route, words } from '#runtime'
import { staffing } from '../contract.ts'
import type { ActorCache } from './actor-cache.ts'
import { endSessions } from './end-sessions.ts'
import { forgetFailures } from './failures.ts'
import { refuseStronger } from './may-grant.ts'
import { page, pageOf, paging } from './paging.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { accountWithin, organisationWithin, pathWithin } from './reach.ts'
import { ById, Done, KindView, MaybeInstant, NameView, Nullable } from './schemas.ts'
import { from } from './tables.ts'

const AccountView = Type.Object({
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  kind: KindView,
  organisation: Nullable,
  isDisabled: Type.Boolean(),
  lockedUntil: MaybeInstant,
  hasPassword: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  hasTotp: Type.Boolean(),
  lastSeen: MaybeInstant,
  posts: Type.Array(Type.Object({ id: Type.String(), title: NameView, organisation: Type.String() })),
})
const EXAMPLE = {
  id: 'demo.ecology',
  account: 'ecology',
  name: '赵磊',
  kind: 'staff',
  organisation: 'city.ecology',
  isDisabled: false,
  lockedUntil: null,
  hasPassword: true,
  mustChangePassword: false,
  hasTotp: false,
  lastSeen: '2026-03-01T01:00:00.000Z',
  posts: [
    { id: 'city.ecology.officer', title: { zh: '大气科监测员', en: 'Air officer' }, organisation: 'city.ecology' },
  ],
}
const Password = Type.String({ minLength: 1, maxLength: 200 })

/** Accounts of staff, residents and firms as administrators keep them. */
export const accountRoutes = (app: App, cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/accounts',
    title: words('账号', 'Accounts'),
    right: 'identity.account.read',
    audit: 'identity.account.read',
    query: Type.Object({
      search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the account or the name' })),
      kind: Type.Optional(KindView),
      organisation: Type.Optional(Type.String()),
      ...paging,
    }),
    response: pageOf(AccountView),
    example: { rows: [EXAMPLE], next: null },
    handler: async ({ work, scope, query: { search, kind, organisation, after = '', limit } }) => {
      const text = search ? containing(search) : '%'
      const { rows } = await sql<{ account: string; lockedUntil: Date | null; lastSeen: Date | null }>`
        select a.id, a.account, a.name, a.kind, a.organisation, a.disabled_at is not null as "isDisabled",
          (select locked_until from identity.sign_in_failure f
            where f.key = 'account:' || a.account and f.locked_until > ${work.at}) as "lockedUntil",
          a.password_hash is not null as "hasPassword", a.must_change as "mustChangePassword",
          a.totp_sealed is not null as "hasTotp",
          (select max(seen_at) from identity.session s where s.account = a.id) as "lastSeen",
          coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'title',
              jsonb_build_object('zh', p.title_zh, 'en', p.title_en), 'organisation', p.organisation) order by h.id)
            from identity.holding h join identity.post p on p.id = h.post where h.account = a.id
              and p.closed_at is null and (h.valid_to is null or h.valid_to > ${work.at})), '[]') as posts
        from identity.account a join identity.organisation o on o.id = coalesce(a.organisation, 'city')
        where ${pathWithin(scope, 'o.path')} and a.account > ${after} and (a.account like ${text} or a.name like ${text})
          and (${kind ?? null}::text is null or a.kind = ${kind ?? null})
          and (${organisation ?? null}::text is null or a.organisation = ${organisation ?? null})
        order by a.account limit ${limit + 1}`.execute(work.tx)
      const shown = rows.map((row) => ({
        ...row,
        lockedUntil: row.lockedUntil?.toISOString() ?? null,
        lastSeen: row.lastSeen?.toISOString() ?? null,
      }))
      return page(shown, limit, ({ account }) => account)
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/accounts',
    title: words('新建账号', 'Make an account'),
    right: 'identity.account.write',
    audit: 'identity.account.created',
    body: Type.Object(
      {
        account: Type.String({ pattern: '^[a-z0-9][a-z0-9._@-]{1,63}$' }),
        name: Type.String({ minLength: 1, maxLength: 100 }),
        kind: KindView,
        organisation: Type.Optional(Type.String()),
        password: Type.Optional(Password),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: '5b0cb6a4-0e7e-4f5c-9d0a-3a1f0e6f3f10' },
    handler: async ({ work, scope, body }) => {
      await organisationWithin(work, scope, body.organisation ?? null)
      return { id: await app.use(staffing).addAccount(work, { ...body, mustChange: true }) }
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/identity/accounts/:id',
    title: words('修改、停用或启用账号', 'Change, disable or enable an account'),
    right: 'identity.account.write',
    audit: 'identity.account.changed',
    params: ById,
    body: Type.Object(
      {
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
        organisation: Type.Optional(Type.String()),
        isDisabled: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: 'demo.ecology' },
    handler: async ({ work, scope, params, body: { name, organisation, isDisabled } }) => {
      const { id } = await accountWithin(work, scope, params.id)
      await refuseStronger(work, scope, id)
      if (organisation !== undefined) await organisationWithin(work, scope, organisation)
      const changed = {
        ...(name ? { name } : {}),
        ...(organisation ? { organisation } : {}),
        ...(isDisabled === undefined ? {} : { disabled_at: isDisabled ? work.at : null }),
      }
      if (Object.keys(changed).length > 0)
        await from(work.tx).updateTable('identity.account').set(changed).where('id', '=', id).execute()
      if (isDisabled) await endSessions(work, id)
      const details = { fields: Object.keys(changed), ...(isDisabled === undefined ? {} : { isDisabled }) }
      work.audit({ event: 'identity.account.changed', subject: { kind: 'account', id }, details })
      cache.changed(work, id)
      return { id }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/identity/accounts/:id/password',
    title: words('重置密码', 'Set a first password, to be changed at the next sign-in'),
    right: 'identity.account.write',
    audit: 'identity.account.password-reset',
    params: ById,
    body: Type.Object({ password: Password }, { additionalProperties: false }),
    response: Done,
    example: { id: 'demo.ecology' },
    handler: async ({ work, scope, params, body }) => {
      const { id, account } = await accountWithin(work, scope, params.id)
      await refuseStronger(work, scope, id)
      checkPassword(body.password, account)
      const password_hash = await hashPassword(body.password)
      await from(work.tx)
        .updateTable('identity.account')
        .set({ password_hash, password_at: work.at, must_change: true })
        .where('id', '=', id)
        .execute()
      await forgetFailures(work.tx, `account:${account}`)
      await endSessions(work, id)
      cache.changed(work, id)
      return { id }
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/accounts/:id/unlock',
    title: words('解除锁定', 'Unlock'),
    right: 'identity.account.write',
    audit: 'identity.account.unlocked',
    params: ById,
    response: Done,
    example: { id: 'demo.ecology' },
    handler: async ({ work, scope, params }) => {
      const { id, account } = await accountWithin(work, scope, params.id)
      await forgetFailures(work.tx, `account:${account}`)
      return { id }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/accounts/:id/totp',
    title: words('取消动态验证码', 'Remove the second factor of somebody who lost it'),
    right: 'identity.account.write',
    audit: 'identity.account.totp-removed',
    params: ById,
    response: Done,
    example: { id: 'demo.ecology' },
    handler: async ({ work, scope, params }) => {
      const { id } = await accountWithin(work, scope, params.id)
      await refuseStronger(work, scope, id)
      await from(work.tx)
        .updateTable('identity.account')
        .set({ totp_sealed: null, totp_pending: null })
        .where('id', '=', id)
        .execute()
      await endSessions(work, id)
      cache.changed(work, id)
      return { id }
    },
  }),
]
