import { identity } from '#platform/identity'
import { type App, tables, type Work } from '#runtime'
import type { Notice, Notices } from '../contract.ts'
import type { NoticesTables } from './tables.ts'

/** Puts notices into the portal and starts their delivery outside, in the caller's transaction. */
export const noticeSender = (app: App): Notices => ({
  send: async (work, notice) => {
    const accounts = await recipients(app, work, notice.to)
    if (accounts.length === 0) return
    const rows = await tables<NoticesTables>(work.tx)
      .insertInto('notices.notice')
      .values(
        accounts.map((account) => ({
          account,
          at: work.at,
          title: JSON.stringify(notice.title),
          body: JSON.stringify(notice.body),
          link: notice.link ?? null,
          urgency: notice.urgency,
          read_at: null,
        })),
      )
      .returning(['id', 'account'])
      .execute()
    for (const { id, account } of rows) {
      work.emit({ topic: 'notices.notice.arrived', key: String(id), audience: { account } })
      work.enqueue('notices.deliver', { notice: id })
    }
  },
})

async function recipients(app: App, work: Work, to: Notice['to']): Promise<readonly string[]> {
  if ('account' in to) return [to.account]
  return (await app.use(identity).accountsOf(to.post, work.tx)).map(({ id }) => id)
}
