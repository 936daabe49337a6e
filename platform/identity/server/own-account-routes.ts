import { Type } from 'typebox'
import { InvalidInput, NotFound, type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import type { ActorCache } from './actor-cache.ts'
import { endSessions } from './end-sessions.ts'
import { checkPassword, hashPassword, isPassword } from './passwords.ts'
import { from } from './tables.ts'

/** The caller's own account row. @throws NotFound for machines */
export async function ownAccount(work: Work) {
  const row = await from(work.tx)
    .selectFrom('identity.account')
    .selectAll()
    .where('id', '=', work.actor.id)
    .forUpdate()
    .executeTakeFirst()
  if (!row || !work.actor.session) throw new NotFound()
  return row
}

/** Whoever finds an open screen must not take the account over. @throws InvalidInput */
export async function confirmPassword(stored: string | null, entered: string): Promise<void> {
  if (await isPassword(stored, entered)) return
  const message = words('当前密码不正确', 'The present password is wrong')
  throw new InvalidInput('wrong-password', message, [{ path: '/current', message }])
}

/** Changing one's own password. */
export const ownAccountRoutes = (cache: ActorCache): Route[] => [
  route({
    method: 'PUT',
    path: '/api/account/password',
    title: words('修改密码', 'Change my password; ends my other sessions'),
    right: SIGNED_IN,
    audit: 'identity.account.password-changed',
    body: Type.Object(
      {
        current: Type.String({ minLength: 1, maxLength: 200 }),
        password: Type.String({ minLength: 1, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({}),
    example: {},
    handler: async ({ work, actor, body }) => {
      const { id, account, password_hash } = await ownAccount(work)
      await confirmPassword(password_hash, body.current)
      checkPassword(body.password, account)
      if (body.password === body.current) {
        const message = words('新密码不能与当前密码相同', 'The new password must differ from the present one')
        throw new InvalidInput('same-password', message, [{ path: '/password', message }])
      }
      await from(work.tx)
        .updateTable('identity.account')
        .set({ password_hash: await hashPassword(body.password), password_at: work.at, must_change: false })
        .where('id', '=', id)
        .execute()
      await endSessions(work, id, actor.session)
      work.audit({ event: 'identity.account.password-changed', subject: { kind: 'account', id } })
      cache.changed(work, id)
      return {}
    },
  }),
]
