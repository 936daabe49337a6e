import { Type } from 'typebox'
import { type Db, NOTHING_PERSONAL, NotFound, type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { getMember } from '../carried.ts'
import { Maybe, Pair, TagId } from '../shapes.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'
import { object, Portrait, portraitOf } from './member-routes.ts'

interface Own {
  readonly subject: string
  readonly key: string
}

/** For whom an account speaks. @throws NotFound when for nobody */
async function findOwn(book: TagBook, work: Work): Promise<Own | undefined> {
  for (const [subject, { memberOf }] of book.hooks) {
    const key = await memberOf?.(work, work.actor.id)
    if (key !== undefined) return { subject, key }
  }
  return undefined
}

async function ownMember(book: TagBook, work: Work): Promise<Own> {
  const own = await findOwn(book, work)
  if (own) return own
  throw new NotFound(
    'no-own-portrait',
    words('您的账号没有关联企业，请联系大数据局', 'Your account is not linked with a firm; ask the data bureau'),
  )
}

const OwnSegment = Type.Object({
  id: Type.Integer(),
  title: Type.String(),
  purpose: Type.String(),
  basis: Type.String(),
  kind: Type.String(),
  joinedAt: Maybe(Type.String()),
  optedOut: Type.Boolean(),
  /** Names of the tags for which it was chosen. */
  reasons: Type.Array(Pair),
})

/** Segments that a member is in, or opted out of, with the tags that brought it there. */
async function ownSegments(book: TagBook, db: Db, { subject, key }: Own) {
  const { id } = await getMember(book, db, book.subject(subject), key)
  const rows = await rowsOf(
    db,
    sql<{ expression: { all: string[]; any: string[]; none: string[] } }>`
      select s.id, s.title, s.purpose, s.basis, s.kind, s.expression, m.joined_at as "joinedAt", o.member is not null as "optedOut"
      from tags.segment s left join tags.segment_member m on m.segment = s.id and m.member = ${id}
      left join tags.opt_out o on o.segment = s.id and o.member = ${id}
      where s.subject = ${subject} and s.ended_at is null and (m.member is not null or o.member is not null) order by s.id desc`,
  )
  const titles = new Map((await book.inForce(db, subject)).map((tag) => [tag.id, tag.title]))
  return rows.map(({ expression, ...row }) => ({
    ...row,
    reasons: [...expression.all, ...expression.any].flatMap((tag) => titles.get(tag) ?? []),
  }))
}

/** What is said of oneself: a firm sees its tags, why it was chosen, objects and opts out. */
export const ownRoutes = (book: TagBook): Route[] => [
  route({
    method: 'GET',
    path: '/api/tags/own',
    title: words('本企业的标签', 'Tags of the own firm'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Object({ portrait: Type.Union([Portrait, Type.Null()]), segments: Type.Array(OwnSegment) }),
    example: { portrait: { key: '', name: '', themes: {}, tags: [], line: [], asOf: null }, segments: [] },
    handler: async ({ work }) => {
      const own = await findOwn(book, work)
      if (!own) return { portrait: null, segments: [] }
      return {
        portrait: await portraitOf(book, work.tx, own.subject, own.key),
        segments: await ownSegments(book, work.tx, own),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/own/objections/:id',
    title: words('企业对自己的标签提出异议', 'A firm objects to a tag of its own'),
    right: SIGNED_IN,
    audit: 'tags.objected',
    params: TagId,
    body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 2000 }) }, { additionalProperties: false }),
    response: Type.Object({ matter: Type.String() }),
    example: { matter: '1024' },
    handler: async ({ params, body, work }) => {
      const { key } = await ownMember(book, work)
      return { matter: await object(book, work, { id: params.id, key, reason: body.reason }) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/own/opt-outs',
    title: words('企业退出或恢复服务推送', 'A firm opts out of a segment, or in again'),
    right: SIGNED_IN,
    audit: 'tags.opted',
    body: Type.Object(
      { segment: Type.Integer(), out: Type.Boolean(), reason: Type.Optional(Type.String({ maxLength: 500 })) },
      { additionalProperties: false },
    ),
    response: Type.Object({ out: Type.Boolean() }),
    example: { out: true },
    handler: async ({ body, work, actor }) => {
      const own = await ownMember(book, work)
      const { id } = await getMember(book, work.tx, book.subject(own.subject), own.key)
      const segment = await firstOf(
        work.tx,
        sql<{ id: number }>`select s.id from tags.segment s where s.id = ${body.segment} and s.subject = ${own.subject}
          and s.kind = 'service' and (exists (select from tags.segment_member m where m.segment = s.id and m.member = ${id})
            or exists (select from tags.opt_out o where o.segment = s.id and o.member = ${id}))`,
      )
      if (!segment)
        throw new NotFound('no-opt-out', words('没有可以退出的推送', 'There is nothing that you could opt out of here'))
      if (body.out)
        await sql`insert into tags.opt_out (subject, member, segment, account, reason, at)
          values (${own.subject}, ${id}, ${body.segment}, ${actor.id}, ${body.reason ?? null}, ${work.at}) on conflict do nothing`.execute(
          work.tx,
        )
      else await sql`delete from tags.opt_out where segment = ${body.segment} and member = ${id}`.execute(work.tx)
      work.audit({
        event: 'tags.opted',
        subject: { kind: 'tags.segment', id: String(body.segment) },
        details: { out: body.out },
      })
      work.enqueue('tags.push', { segment: body.segment }, { key: String(body.segment) })
      return { out: body.out }
    },
  }),
]
