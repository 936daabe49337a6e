import { Type } from 'typebox'
import { type Db, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { membersSql } from '../carried.ts'
import { noteMembers } from '../note-members.ts'
import { outdatedAmong, outdatedInWords } from '../outdated.ts'
import { needMember, needSensitive } from '../reading.ts'
import { chosenSql, Expression, namesOf, type SegmentRow, tagsOf } from '../segments.ts'
import { Cursor, Maybe, Pair } from '../shapes.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'

const PAGE = 100
const Text = (max: number) => Type.String({ minLength: 2, maxLength: max })
const Kind = Type.Union([Type.Literal('service'), Type.Literal('supervision')])
const SegmentParams = Type.Object({ segment: Type.Integer({ minimum: 1 }) })
const SegmentView = Type.Object({
  id: Type.Integer(),
  subject: Type.String(),
  title: Type.String(),
  purpose: Type.String(),
  basis: Type.String(),
  kind: Type.String(),
  expression: Expression,
  owner: Type.String(),
  author: Type.String(),
  madeAt: Type.String(),
  pushedAt: Maybe(Type.String()),
  endedAt: Maybe(Type.String()),
  /** Tags that may not be used for it any more, when it ended for them. */
  endedFor: Maybe(Type.Array(Type.String())),
  /** Which tags of it are out of date since when, in words: while one is, it chooses nobody. */
  outdated: Type.Array(Pair),
  members: Type.Integer(),
  /** Chosen by the last push, but left out because they opted out. */
  leftOut: Type.Integer(),
})
const VIEW = sql`s.id, s.subject, s.title, s.purpose, s.basis, s.kind, s.expression, s.owner, s.author, s.made_at as "madeAt",
  s.pushed_at as "pushedAt", s.ended_at as "endedAt", s.ended_for as "endedFor",
  s.left_out as "leftOut", (select count(*)::int from tags.segment_member m where m.segment = s.id) as members`

/** @throws NotFound */
export async function getSegment(db: Db, id: number): Promise<SegmentRow> {
  const row = await firstOf(
    db,
    sql<SegmentRow>`select ${VIEW} from tags.segment s where id = ${id} and ended_at is null`,
  )
  if (row) return row
  throw new NotFound('no-segment', words('没有这个人群，或已停用', 'There is no such segment, or it has ended'))
}

const numbersOf = (rows: readonly { readonly member: string }[]): number[] => rows.map(({ member }) => Number(member))

/** Tags out of date that segments name, in words, by their ids. */
async function outdatedWords(book: TagBook, { tx, at }: Work, rows: readonly SegmentRow[]) {
  const subjects = [...new Set(rows.map(({ subject }) => subject))]
  const named = new Set(rows.flatMap(({ expression }) => namesOf(expression)))
  const inForce = (await Promise.all(subjects.map((subject) => book.inForce(tx, subject)))).flat()
  const found = await outdatedAmong(
    tx,
    inForce.filter(({ id }) => named.has(id)),
    at,
  )
  return new Map(found.map((each) => [each.tag.id, outdatedInWords(each)]))
}

/** Combinations of tags: counted while they are made, saved, pushed, ended, taken. */
export const segmentRoutes = (book: TagBook): Route[] => [
  route({
    method: 'GET',
    path: '/api/tag-segments',
    title: words('人群列表', 'Segments'),
    right: 'tags.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ after: Cursor }),
    response: Type.Object({ rows: Type.Array(SegmentView), next: Maybe(Type.String()) }),
    example: { rows: [], next: null },
    handler: async ({ query, work }) => {
      const before = Number(query.after) || 2_147_483_647
      const rows = await rowsOf(
        work.tx,
        sql<
          SegmentRow & { endedAt: Date | null }
        >`select ${VIEW} from tags.segment s where s.id < ${before} order by s.id desc limit ${PAGE}`,
      )
      const outdated = await outdatedWords(book, work, rows)
      return {
        rows: rows.map((row) => ({
          ...row,
          outdated: row.endedAt ? [] : namesOf(row.expression).flatMap((tag) => outdated.get(tag) ?? []),
        })),
        next: rows.length === PAGE ? String(rows.at(-1)?.id) : null,
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tag-segments/query',
    title: words('试算人群', 'Count a segment'),
    right: 'tags.segment',
    audit: 'tags.segment.counted',
    body: Type.Object(
      { subject: Type.String({ maxLength: 80 }), kind: Kind, expression: Expression, after: Cursor },
      { additionalProperties: false },
    ),
    response: Type.Object({
      count: Type.Integer(),
      rows: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
      next: Maybe(Type.String()),
    }),
    example: { count: 0, rows: [], next: null },
    handler: async ({ body, actor, work }) => {
      const subject = book.subject(body.subject)
      needMember(actor, subject)
      needSensitive(work, await tagsOf(book, work.tx, body))
      const { after, ...details } = body
      work.audit({ event: 'tags.segment.counted', subject: { kind: 'tags.subject', id: subject.id }, details })
      const chosen = await chosenSql(book, work.tx, body, work.at)
      const counted = await firstOf(work.tx, sql<{ n: number }>`select count(*)::int as n from ${chosen} x`)
      const rows = await rowsOf(
        work.tx,
        sql<{ member: string; key: string; name: string }>`select x.member, m.key, m.name
          from (select member from ${chosen} y where member > ${Number(after ?? 0) || 0} order by member limit ${PAGE}) x
          join ${membersSql(book, subject)} m on m.member = x.member order by x.member`,
      )
      noteMembers(book, work, 'tags.segment.counted', subject, numbersOf(rows))
      const next = rows.length === PAGE ? String(rows.at(-1)?.member) : null
      return { count: counted?.n ?? 0, rows: rows.map(({ key, name }) => ({ key, name })), next }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tag-segments',
    title: words('保存人群', 'Save a segment'),
    right: 'tags.segment',
    audit: 'tags.segment.made',
    body: Type.Object(
      {
        subject: Type.String({ maxLength: 80 }),
        title: Text(100),
        purpose: Text(500),
        basis: Text(500),
        kind: Kind,
        expression: Expression,
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.Integer() }),
    example: { id: 1 },
    handler: async ({ body, actor, scope, work }) => {
      needMember(actor, book.subject(body.subject))
      needSensitive(work, await tagsOf(book, work.tx, body), body.purpose)
      await chosenSql(book, work.tx, body, work.at)
      const row = await firstOf(
        work.tx,
        sql<{
          id: number
        }>`insert into tags.segment (subject, title, purpose, basis, kind, expression, owner, author, made_at)
          values (${body.subject}, ${body.title}, ${body.purpose}, ${body.basis}, ${body.kind},
            ${JSON.stringify(body.expression)}::jsonb, ${actor.organisation ?? scope.organisation}, ${actor.id}, ${work.at}) returning id`,
      )
      work.audit({ event: 'tags.segment.made', subject: { kind: 'tags.segment', id: String(row?.id) } })
      return { id: row?.id ?? 0 }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tag-segments/:segment/push',
    title: words('推送人群', 'Hand a segment over'),
    right: 'tags.push',
    audit: 'tags.segment.pushed',
    params: SegmentParams,
    response: Type.Object({ id: Type.Integer() }),
    example: { id: 1 },
    handler: async ({ params, actor, work }) => {
      const segment = await getSegment(work.tx, params.segment)
      // Who pushes hears at once why it may not be, instead of nobody.
      await chosenSql(book, work.tx, segment, work.at)
      await sql`update tags.segment set pushed_at = ${work.at}, pushed_by = ${actor.id} where id = ${params.segment}`.execute(
        work.tx,
      )
      work.audit({ event: 'tags.segment.pushed', subject: { kind: 'tags.segment', id: String(params.segment) } })
      work.enqueue('tags.push', { segment: params.segment }, { key: String(params.segment) })
      return { id: params.segment }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tag-segments/:segment/end',
    title: words('停用人群', 'End a segment'),
    right: 'tags.push',
    audit: 'tags.segment.ended',
    params: SegmentParams,
    response: Type.Object({ id: Type.Integer() }),
    example: { id: 1 },
    handler: async ({ params, work }) => {
      await getSegment(work.tx, params.segment)
      await sql`update tags.segment set ended_at = ${work.at} where id = ${params.segment}`.execute(work.tx)
      work.audit({ event: 'tags.segment.ended', subject: { kind: 'tags.segment', id: String(params.segment) } })
      work.enqueue('tags.push', { segment: params.segment }, { key: String(params.segment) })
      return { id: params.segment }
    },
  }),
  route({
    method: 'GET',
    path: '/api/tag-segments/:segment/members',
    title: words('取用人群名单', 'Members of a pushed segment'),
    right: 'tags.pull',
    audit: 'tags.segment.taken',
    params: SegmentParams,
    query: Type.Object({ after: Cursor }),
    response: Type.Object({
      rows: Type.Array(Type.Object({ key: Type.String(), name: Type.String(), joinedAt: Type.String() })),
      next: Maybe(Type.String()),
    }),
    example: { rows: [], next: null },
    handler: async ({ params, query, work }) => {
      const segment = await getSegment(work.tx, params.segment)
      const subject = book.subject(segment.subject)
      needSensitive(work, await tagsOf(book, work.tx, segment), segment.purpose)
      work.audit({ event: 'tags.segment.taken', subject: { kind: 'tags.segment', id: String(segment.id) } })
      const rows = await rowsOf(
        work.tx,
        sql<{ member: string; key: string; name: string; joinedAt: string }>`
          select s.member, m.key, m.name, s.joined_at as "joinedAt" from tags.segment_member s
          join ${membersSql(book, subject)} m on m.member = s.member
          where s.segment = ${segment.id} and s.member > ${Number(query.after ?? 0) || 0} order by s.member limit ${PAGE}`,
      )
      noteMembers(book, work, 'tags.segment.taken', subject, numbersOf(rows))
      const next = rows.length === PAGE ? String(rows.at(-1)?.member) : null
      return { rows: rows.map(({ member: _, ...row }) => row), next }
    },
  }),
]
