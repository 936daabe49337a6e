import { type App, type Job, system, tables, words } from '#runtime'
import type { Channel } from '../contract.ts'
import { openPhone } from './phone.ts'
import type { NoticesTables } from './tables.ts'

/**
 * Sends one notice by the channels its reader has switched on; an SMS only when urgent, and only its title, so that no
 * personal data leaves by SMS. What was sent is not sent again when the job is repeated.
 */
export const deliverJob = (app: App, channels: readonly Channel[]): Job<{ notice?: number }> => ({
  id: 'notices.deliver',
  title: words('发送通知', 'Deliver notices'),
  concurrency: 2,
  run: async ({ notice: id }) => {
    if (id === undefined || channels.length === 0) return
    const db = tables<NoticesTables>(app.db)
    const notice = await db.selectFrom('notices.notice').selectAll().where('id', '=', id).executeTakeFirst()
    if (!notice) return
    const setting = await db
      .selectFrom('notices.setting')
      .selectAll()
      .where('account', '=', notice.account)
      .executeTakeFirst()
    if (!setting) return
    const sent = await db
      .selectFrom('notices.delivery')
      .select('channel')
      .where('notice', '=', id)
      .where('state', '=', 'sent')
      .execute()
    const failures: unknown[] = []
    for (const channel of channels) {
      if (sent.some((done) => done.channel === channel.id)) continue
      const to =
        channel.id === 'mail' ? (setting.mail_on ? setting.mail : null) : smsTarget(app, setting, notice.urgency)
      if (!to) continue
      const text = channel.id === 'mail' ? `${notice.body.zh}\n\n${notice.body.en}` : notice.title.zh
      const reason = await channel.send(to, `${notice.title.zh} · ${notice.title.en}`, text).then(
        () => null,
        (error: unknown) => error,
      )
      if (reason) failures.push(reason)
      await recordDelivery(app, id, channel.id, reason)
    }
    if (failures.length > 0) throw failures[0]
  },
})

const smsTarget = (app: App, setting: { phone: Buffer | null; sms_on: boolean }, urgency: string): string | null =>
  setting.sms_on && urgency === 'urgent' && setting.phone ? openPhone(app, setting.phone) : null

async function recordDelivery(app: App, notice: number, channel: 'mail' | 'sms', reason: unknown): Promise<void> {
  const row = {
    state: reason ? ('failed' as const) : ('sent' as const),
    tried_at: app.now(),
    reason: reason ? String(reason).slice(0, 300) : null,
  }
  await app.work(system('notices.deliver'), ({ tx }) =>
    tables<NoticesTables>(tx)
      .insertInto('notices.delivery')
      .values({ notice, channel, ...row })
      .onConflict((conflict) => conflict.columns(['notice', 'channel']).doUpdateSet(row))
      .execute(),
  )
}
