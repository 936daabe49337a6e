import { Type } from 'typebox'
import { NotFound, type Route, route, SIGNED_IN, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { leave, pushAll } from '../push.ts'
import { firstOf, sql } from '../tables.ts'
import { ownMember } from './own-member.ts'

const Reason = Type.Optional(Type.String({ maxLength: 500 }))

/** A firm leaves one segment of services or all of them, and comes back. */
export const optOutRoutes = (book: TagBook): Route[] => [
  route({
    method: 'POST',
    path: '/api/tags/own/opt-outs',
    title: words('企业退出或恢复服务推送', 'A firm opts out of a segment, or in again'),
    right: SIGNED_IN,
    audit: 'tags.opted',
    body: Type.Object(
      { segment: Type.Integer(), out: Type.Boolean(), reason: Reason },
      { additionalProperties: false },
    ),
    response: Type.Object({ out: Type.Boolean() }),
    example: { out: true },
    handler: async ({ body, work, actor }) => {
      const own = await ownMember(book, work)
      const { subject, id } = own
      const segment = await firstOf(
        work.tx,
        sql<{ id: number }>`select s.id from tags.segment s where s.id = ${body.segment} and s.subject = ${subject}
          and s.kind = 'service' and (exists (select from tags.segment_member m where m.segment = s.id and m.member = ${id})
            or exists (select from tags.opt_out o where o.segment = s.id and o.member = ${id}))`,
      )
      if (!segment)
        throw new NotFound('no-opt-out', words('没有可以退出的推送', 'There is nothing that you could opt out of here'))
      if (body.out) {
        await sql`insert into tags.opt_out (subject, member, segment, account, reason, at)
          values (${subject}, ${id}, ${body.segment}, ${actor.id}, ${body.reason ?? null}, ${work.at}) on conflict do nothing`.execute(
          work.tx,
        )
        await leave(book, work, own, body.segment)
      } else await sql`delete from tags.opt_out where segment = ${body.segment} and member = ${id}`.execute(work.tx)
      work.audit({
        event: 'tags.opted',
        subject: { kind: 'tags.segment', id: String(body.segment) },
        details: { out: body.out },
      })
      work.enqueue('tags.push', { segment: body.segment }, { key: String(body.segment) })
      return { out: body.out }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/own/opt-out-of-all',
    title: words('企业退出或恢复全部服务推送', 'A firm opts out of all segments of services, or in again'),
    right: SIGNED_IN,
    audit: 'tags.opted',
    body: Type.Object({ out: Type.Boolean(), reason: Reason }, { additionalProperties: false }),
    response: Type.Object({ out: Type.Boolean() }),
    example: { out: true },
    handler: async ({ body, work, actor }) => {
      const own = await ownMember(book, work)
      const { subject, id } = own
      if (body.out) {
        await sql`insert into tags.opt_out_of_all (subject, member, account, reason, at)
          values (${subject}, ${id}, ${actor.id}, ${body.reason ?? null}, ${work.at}) on conflict do nothing`.execute(
          work.tx,
        )
        await leave(book, work, own)
      } else await sql`delete from tags.opt_out_of_all where subject = ${subject} and member = ${id}`.execute(work.tx)
      work.audit({
        event: 'tags.opted',
        subject: { kind: 'tags.subject', id: subject },
        details: { out: body.out, ofAll: true },
      })
      await pushAll(work, subject)
      return { out: body.out }
    },
  }),
]
