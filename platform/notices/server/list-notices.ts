import { Type } from 'typebox'
import { NOTHING_PERSONAL, route, SIGNED_IN, tables, words } from '#runtime'
import type { NoticesTables } from './tables.ts'

const PAGE = 50

/** `GET /api/notices`: the caller's own, newest first, with the number of unread ones. */
export const listNoticesRoute = () =>
  route({
    method: 'GET',
    path: '/api/notices',
    title: words('我的通知', 'My notices'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      after: Type.Optional(Type.String({ pattern: '^\\d+$' })),
      unread: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.Integer(),
          at: Type.String(),
          title: Type.Unknown(),
          body: Type.Unknown(),
          link: Type.Union([Type.String(), Type.Null()]),
          urgency: Type.String(),
          read: Type.Boolean(),
        }),
      ),
      unread: Type.Integer(),
      next: Type.Union([Type.String(), Type.Null()]),
    }),
    example: { rows: [], unread: 0, next: null },
    handler: async ({ query, actor, work }) => {
      const db = tables<NoticesTables>(work.tx)
      let list = db
        .selectFrom('notices.notice')
        .selectAll()
        .where('account', '=', actor.id)
        .orderBy('id', 'desc')
        .limit(PAGE)
      if (query.after !== undefined) list = list.where('id', '<', Number(query.after))
      if (query.unread) list = list.where('read_at', 'is', null)
      const rows = await list.execute()
      const unread = await db
        .selectFrom('notices.notice')
        .select((is) => is.fn.countAll<number>().as('count'))
        .where('account', '=', actor.id)
        .where('read_at', 'is', null)
        .executeTakeFirstOrThrow()
      return {
        rows: rows.map(({ id, at, title, body, link, urgency, read_at }) => ({
          id,
          at: at.toISOString(),
          title,
          body,
          link,
          urgency,
          read: read_at !== null,
        })),
        unread: unread.count,
        next: rows.length === PAGE ? String(rows.at(-1)?.id) : null,
      }
    },
  })
