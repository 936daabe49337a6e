import { Type } from 'typebox'
import { keys } from '#platform/crypto'
import { type App, NOTHING_PERSONAL, type Route, route, SIGNED_IN, tables, words } from '#runtime'
import type { Channel } from '../contract.ts'
import { openPhone, sealPhone } from './phone.ts'
import type { NoticesTables } from './tables.ts'

const schema = Type.Object(
  {
    mail: Type.Union([Type.String({ format: 'email', maxLength: 200 }), Type.Null()]),
    mailOn: Type.Boolean(),
    phone: Type.Union([Type.String({ pattern: '^[+\\d][\\d-]{5,19}$' }), Type.Null()]),
    smsOn: Type.Boolean(),
  },
  { additionalProperties: false },
)

/** `GET` and `PUT /api/notices/settings`: where the caller wants to be told; own data only, the phone masked but for its end. */
export const settingsRoutes = (app: App, channels: readonly Channel[]): Route[] => [
  route({
    method: 'GET',
    path: '/api/notices/settings',
    title: words('我的通知设置', 'My notice settings'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      mail: Type.Union([Type.String(), Type.Null()]),
      mailOn: Type.Boolean(),
      phone: Type.Union([Type.String(), Type.Null()]),
      smsOn: Type.Boolean(),
      channels: Type.Array(Type.String()),
    }),
    example: { mail: null, mailOn: false, phone: null, smsOn: false, channels: ['mail'] },
    handler: async ({ actor, work }) => {
      const row = await tables<NoticesTables>(work.tx)
        .selectFrom('notices.setting')
        .selectAll()
        .where('account', '=', actor.id)
        .executeTakeFirst()
      const phone = row?.phone ? openPhone(app, row.phone) : null
      return {
        mail: row?.mail ?? null,
        mailOn: row?.mail_on ?? false,
        phone: phone?.replace(/\d(?=\d{4})/g, '*') ?? null,
        smsOn: row?.sms_on ?? false,
        channels: channels.map(({ id }) => id),
      }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/notices/settings',
    title: words('修改通知设置', 'Change notice settings'),
    right: SIGNED_IN,
    audit: 'notices.settings.changed',
    body: Type.Partial(schema, { additionalProperties: false }),
    response: Type.Object({ saved: Type.Boolean() }),
    example: { saved: true },
    handler: async ({ body, actor, work }) => {
      const { mail, mailOn, phone, smsOn } = body
      const given = {
        ...(mail === undefined ? {} : { mail }),
        ...(mailOn === undefined ? {} : { mail_on: mailOn }),
        ...(phone === undefined
          ? {}
          : { phone: phone === null ? null : sealPhone(app.use(keys).of('notices.phone').current, phone) }),
        ...(smsOn === undefined ? {} : { sms_on: smsOn }),
      }
      await tables<NoticesTables>(work.tx)
        .insertInto('notices.setting')
        .values({ account: actor.id, mail: null, mail_on: false, phone: null, sms_on: false, ...given })
        .onConflict((conflict) => conflict.column('account').doUpdateSet({ account: actor.id, ...given }))
        .execute()
      return { saved: true }
    },
  }),
]
