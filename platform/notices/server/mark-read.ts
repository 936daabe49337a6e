import { Type } from 'typebox'
import { route, SIGNED_IN, tables, words } from '#runtime'
import type { NoticesTables } from './tables.ts'

/** `POST /api/notices/read`: marks the caller's notices as read, those named or all. */
export const markReadRoute = () =>
  route({
    method: 'POST',
    path: '/api/notices/read',
    title: words('标记通知已读', 'Mark notices as read'),
    right: SIGNED_IN,
    audit: 'notices.notice.read',
    body: Type.Object(
      { ids: Type.Optional(Type.Array(Type.Integer(), { maxItems: 500 })) },
      { additionalProperties: false },
    ),
    response: Type.Object({ marked: Type.Integer() }),
    example: { marked: 3 },
    handler: async ({ body, actor, work }) => {
      let update = tables<NoticesTables>(work.tx)
        .updateTable('notices.notice')
        .set({ read_at: work.at })
        .where('account', '=', actor.id)
        .where('read_at', 'is', null)
      if (body.ids) update = update.where('id', 'in', body.ids.length > 0 ? body.ids : [-1])
      const { numUpdatedRows } = await update.executeTakeFirst()
      work.emit({ topic: 'notices.notice.read', key: actor.id, audience: { account: actor.id } })
      return { marked: Number(numUpdatedRows) }
    },
  })
