import { Type } from 'typebox'
import { Conflict, InvalidInput, type Route, route, SIGNED_IN, words } from '#runtime'
import type { ActorCache } from './actor-cache.ts'
import { confirmPassword, ownAccount } from './own-account-routes.ts'
import type { SecondFactor } from './second-factor.ts'
import { from } from './tables.ts'

const Current = Type.Object({ current: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false })

/** Setting and removing one's own second factor. */
export const secondFactorRoutes = (factor: SecondFactor, cache: ActorCache): Route[] => [
  route({
    method: 'POST',
    path: '/api/account/totp',
    title: words('申请动态验证码', 'Ask for a second factor; the secret is shown once'),
    right: SIGNED_IN,
    audit: 'identity.account.totp-begun',
    body: Current,
    response: Type.Object({ secret: Type.String(), uri: Type.String() }),
    example: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Daizong:taishan?secret=JBSWY3DPEHPK3PXP' },
    handler: async ({ work, body }) => {
      const { id, account, password_hash } = await ownAccount(work)
      await confirmPassword(password_hash, body.current)
      const { secret, uri, sealed } = factor.begin({ id, account })
      await from(work.tx).updateTable('identity.account').set({ totp_pending: sealed }).where('id', '=', id).execute()
      return { secret, uri }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/account/totp',
    title: words('启用动态验证码', 'Confirm the second factor with its first code'),
    right: SIGNED_IN,
    audit: 'identity.account.totp-set',
    body: Type.Object({ code: Type.String({ pattern: '^\\d{6}$' }) }, { additionalProperties: false }),
    response: Type.Object({}),
    example: {},
    handler: async ({ work, body }) => {
      const { id, totp_pending, totp_step } = await ownAccount(work)
      if (!totp_pending)
        throw new Conflict('nothing-pending', words('请先申请动态验证码', 'Ask for a second factor first'))
      const step = factor.stepOf(id, totp_pending, body.code, work.at, totp_step)
      const message = words('验证码不正确，请检查手机时间', 'The code is wrong; check the time of the phone')
      if (step === undefined) throw new InvalidInput('wrong-code', message, [{ path: '/code', message }])
      await from(work.tx)
        .updateTable('identity.account')
        .set({ totp_sealed: totp_pending, totp_pending: null, totp_step: step })
        .where('id', '=', id)
        .execute()
      cache.changed(work, id)
      return {}
    },
  }),
  route({
    method: 'POST',
    path: '/api/account/totp/removal',
    title: words('取消动态验证码', 'Remove my second factor'),
    right: SIGNED_IN,
    audit: 'identity.account.totp-removed',
    body: Current,
    response: Type.Object({}),
    example: {},
    handler: async ({ work, body }) => {
      const { id, password_hash } = await ownAccount(work)
      await confirmPassword(password_hash, body.current)
      await from(work.tx)
        .updateTable('identity.account')
        .set({ totp_sealed: null, totp_pending: null })
        .where('id', '=', id)
        .execute()
      cache.changed(work, id)
      return {}
    },
  }),
]
