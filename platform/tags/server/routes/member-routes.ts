import { Type } from 'typebox'
import { loops } from '#platform/loops'
import { type Db, localDateAt, NotFound, type Route, route, type Work, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { carriedBy, getMember, membersSql, type When } from '../carried.ts'
import { noteMembers } from '../note-members.ts'
import { readEvidence } from '../read-evidence.ts'
import { isPersonal, isSensitive, needMember, needSensitive, seesSensitive } from '../reading.ts'
import { Answer, Cursor, Key, Maybe, Pair, TagId } from '../shapes.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'

const PAGE = 50
const Line = Type.Object({
  tag: Type.String(),
  title: Pair,
  about: Pair,
  kind: Type.String(),
  theme: Type.String(),
  personal: Type.Boolean(),
  value: Type.String(),
  since: Type.String(),
  until: Maybe(Type.String()),
})
export const Portrait = Type.Object({
  key: Type.String(),
  name: Type.String(),
  themes: Type.Record(Type.String(), Pair),
  tags: Type.Array(Line),
  /** When which tag came and went, newest first. */
  line: Type.Array(
    Type.Object({ title: Pair, value: Type.String(), since: Type.String(), until: Maybe(Type.String()) }),
  ),
  /** Sensitive tags that it carries and the reader does not see. */
  withheld: Type.Integer(),
  /** Day of the last run. */
  asOf: Maybe(Type.String()),
})

const LINE_SHOWN = 100

/** What a member carries, in words, with what came and went; sensitive tags are counted only, unless they are asked for. */
export async function portraitOf(
  book: TagBook,
  db: Db,
  {
    subject: subjectId,
    key,
    sensitive,
  }: { readonly subject: string; readonly key: string; readonly sensitive: boolean },
  when: When = {},
) {
  const subject = book.subject(subjectId)
  const member = await getMember(book, db, subject, key)
  const known = new Map((await book.inForce(db, subjectId)).map((tag) => [tag.id, tag]))
  const shown = (id: string) => {
    const tag = known.get(id)
    return tag && (sensitive || !isSensitive(tag)) ? tag : undefined
  }
  const carried = (await carriedBy(book, db, subjectId, key, when)).filter(({ tag }) => known.has(tag))
  const tags = carried.flatMap(({ tag: id, ...held }) => {
    const tag = shown(id)
    if (!tag) return []
    const { title, about, kind, theme } = tag
    return [{ tag: id, title, about, kind, theme, personal: isPersonal(book.app, tag) || isSensitive(tag), ...held }]
  })
  const line = await rowsOf(
    db,
    sql<{ tag: string; value: string; since: string; until: string | null }>`
      select t.id as tag, c.value, c.since::text, c.until::text from tags.carried c join tags.tag t on t.number = c.tag
      where c.member = ${member.id} and t.subject = ${subjectId} and c.ended is null
      order by greatest(c.since, coalesce(c.until, c.since)) desc limit ${LINE_SHOWN}`,
  )
  const run = await firstOf(
    db,
    sql<{
      day: string
    }>`select day::text from tags.run where subject = ${subjectId} and state = 'done' order by id desc limit 1`,
  )
  return {
    key,
    name: member.name,
    themes: subject.themes,
    tags,
    line: line.flatMap(({ tag, ...rest }) => {
      const title = shown(tag)?.title
      return title ? [{ title, ...rest }] : []
    }),
    withheld: carried.length - tags.length,
    asOf: run?.day ?? null,
  }
}

/** Opens the matter of an objection; the same one by the same account once a day. */
export async function object(
  book: TagBook,
  work: Work,
  { id, key, reason }: { readonly id: string; readonly key: string; readonly reason: string },
): Promise<string> {
  const tag = await book.get(work.tx, id)
  const { name } = await getMember(book, work.tx, book.subject(tag.subject), key)
  const carried = (await carriedBy(book, work.tx, tag.subject, key)).find((each) => each.tag === id)
  if (!carried) throw new NotFound('not-carried', words('该对象目前没有这个标签', 'It does not carry this tag now'))
  const matter = await book.app.use(loops).open(work, {
    definition: 'tags.objection',
    data: { tag: id, title: tag.title.zh, owner: tag.owner, member: key, name, value: carried.value, reason },
    key: `${work.actor.id}:${id}:${key}:${localDateAt(work.at)}`,
    origin: { kind: 'tags.tag', id },
  })
  work.audit({ event: 'tags.objected', subject: { kind: 'tags.tag', id }, details: { member: key, matter: matter.id } })
  return matter.id
}

const MemberParams = Type.Object({ subject: Type.String({ maxLength: 80 }), key: Key })
const EvidenceParams = Type.Object({ id: Type.String({ maxLength: 80 }), key: Key })

/** Members: their portraits, who carries a tag, evidence, objections. */
export const memberRoutes = (book: TagBook): Route[] => [
  route({
    method: 'GET',
    path: '/api/tags/subjects/:subject/members/:key',
    title: words('一个对象的标签', 'Tags of a member'),
    right: 'tags.read',
    audit: 'tags.portrait.read',
    params: MemberParams,
    query: Type.Object({
      day: Type.Optional(Type.String({ format: 'date' })),
      known: Type.Optional(Type.String({ format: 'date-time' })),
    }),
    response: Portrait,
    example: { key: '91370902MA3XXXXX0A', name: '示例', themes: {}, tags: [], line: [], withheld: 0, asOf: null },
    handler: async ({ params, query, actor, work }) => {
      const subject = book.subject(params.subject)
      needMember(actor, subject)
      const sensitive = seesSensitive(work)
      work.audit({
        event: 'tags.portrait.read',
        subject: { kind: params.subject, id: params.key },
        details: { sensitive },
      })
      const { id } = await getMember(book, work.tx, subject, params.key)
      noteMembers(book, work, 'tags.portrait.read', subject, [id])
      return portraitOf(
        book,
        work.tx,
        { ...params, sensitive },
        {
          ...(query.day ? { day: query.day } : {}),
          ...(query.known ? { known: new Date(query.known) } : {}),
        },
      )
    },
  }),
  route({
    method: 'GET',
    path: '/api/tags/:id/members',
    title: words('标签的携带者', 'Who carries a tag'),
    right: 'tags.read',
    audit: 'tags.carriers.read',
    params: TagId,
    query: Type.Object({ after: Cursor }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({ key: Type.String(), name: Type.String(), value: Type.String(), since: Type.String() }),
      ),
      next: Maybe(Type.String()),
    }),
    example: { rows: [], next: null },
    handler: async ({ params, query, actor, work }) => {
      const tag = await book.get(work.tx, params.id)
      const subject = book.subject(tag.subject)
      needMember(actor, subject)
      needSensitive(work, [tag])
      work.audit({
        event: 'tags.carriers.read',
        subject: { kind: 'tags.tag', id: tag.id },
        ...(query.after ? { details: { after: query.after } } : {}),
      })
      const rows = await rowsOf(
        work.tx,
        sql<{ member: string; key: string; name: string; value: string; since: string }>`
          select c.member, m.key, m.name, c.value, c.since::text
          from (select member, value, since from tags.carried
            where tag = ${tag.number} and until is null and ended is null and member > ${Number(query.after ?? 0) || 0}
            order by member limit ${PAGE}) c join ${membersSql(book, subject)} m on m.member = c.member order by c.member`,
      )
      noteMembers(
        book,
        work,
        'tags.carriers.read',
        subject,
        rows.map(({ member }) => Number(member)),
      )
      const next = rows.length === PAGE ? String(rows.at(-1)?.member) : null
      return { rows: rows.map(({ member: _, ...row }) => row), next }
    },
  }),
  route({
    method: 'GET',
    path: '/api/tags/:id/evidence/:key',
    title: words('标签的依据', 'Evidence of a tag'),
    right: 'tags.read',
    audit: 'tags.evidence.read',
    params: EvidenceParams,
    response: Answer,
    example: { columns: [], rows: [], cut: false },
    handler: async ({ params, actor, work }) => {
      const tag = await book.get(work.tx, params.id)
      needMember(actor, book.subject(tag.subject))
      return readEvidence(book, work, tag, params.key)
    },
  }),
  route({
    method: 'POST',
    path: '/api/tags/:id/objections',
    title: words('对标签提出异议', 'Object to a tag'),
    right: 'tags.read',
    audit: 'tags.objected',
    params: TagId,
    body: Type.Object(
      { key: Key, reason: Type.String({ minLength: 2, maxLength: 2000 }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ matter: Type.String() }),
    example: { matter: '1024' },
    handler: async ({ params, body, actor, work }) => {
      const tag = await book.get(work.tx, params.id)
      needMember(actor, book.subject(tag.subject))
      needSensitive(work, [tag], body.reason)
      return { matter: await object(book, work, { id: params.id, ...body }) }
    },
  }),
]
