import { Type } from 'typebox'
import { wilson } from '#platform/analytics'
import { Conflict, InvalidInput, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'
import type { TagBook } from '../book.ts'
import { membersSql } from '../carried.ts'
import { askOwner } from '../quality.ts'
import { readEvidence } from '../read-evidence.ts'
import { isPersonal, isSensitive, needMember } from '../reading.ts'
import { Answer, Maybe, Pair, TagId } from '../shapes.ts'
import { firstOf, rowsOf, sql } from '../tables.ts'

const RoundParams = Type.Object({ round: Type.Integer({ minimum: 1 }) })
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** Samples of carriers that people judge with the evidence before them. */
export const reviewRoutes = (book: TagBook): Route[] => [
  route({
    method: 'POST',
    path: '/api/tags/:id/rounds',
    title: words('开始抽查', 'Begin a review'),
    right: 'tags.review',
    audit: 'tags.round.opened',
    params: TagId,
    body: Type.Object({ size: Type.Integer({ minimum: 5, maximum: 500 }) }, { additionalProperties: false }),
    response: Type.Object({ round: Type.Integer(), size: Type.Integer() }),
    example: { round: 1, size: 30 },
    handler: async ({ params, body, actor, work }) => {
      const tag = await book.get(work.tx, params.id)
      const open = await firstOf(
        work.tx,
        sql`select id from tags.review_round where tag = ${tag.id} and closed_at is null`,
      )
      if (open) throw new Conflict('round-open', words('该标签已有一轮抽查未完成', 'A review of this tag is under way'))
      const round = await firstOf(
        work.tx,
        sql<{ id: number }>`insert into tags.review_round (tag, version, opened_at, opened_by)
          values (${tag.id}, ${tag.version}, ${work.at}, ${actor.id}) returning id`,
      )
      const { numAffectedRows } = await sql`insert into tags.review (round, member, place)
        select ${round?.id}, member, row_number() over () from (select member from tags.carried
          where tag = ${tag.number} and until is null and ended is null order by random() limit ${body.size}) s`.execute(
        work.tx,
      )
      const size = Number(numAffectedRows ?? 0)
      if (size === 0)
        throw new InvalidInput(
          'no-carriers',
          words('该标签目前没有携带者，无法抽查', 'Nobody carries this tag; there is nothing to review'),
        )
      work.audit({
        event: 'tags.round.opened',
        subject: { kind: 'tags.tag', id: tag.id },
        details: { round: round?.id, size },
      })
      return { round: round?.id ?? 0, size }
    },
  }),
  route({
    method: 'GET',
    path: '/api/tag-rounds',
    title: words('待判定的抽查', 'Reviews under way'),
    right: 'tags.review',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.Integer(),
          tag: Type.String(),
          title: Pair,
          openedAt: Type.String(),
          size: Type.Integer(),
          judged: Type.Integer(),
        }),
      ),
    }),
    example: { rows: [] },
    handler: async ({ work }) => ({
      rows: await rowsOf(
        work.tx,
        sql`select r.id, r.tag, v.content->'title' as title, r.opened_at as "openedAt",
            (select count(*)::int from tags.review x where x.round = r.id) as size,
            (select count(*)::int from tags.review x where x.round = r.id and x.verdict is not null) as judged
          from tags.review_round r join tags.version v on v.tag = r.tag and v.version = r.version
          where r.closed_at is null order by r.id limit 200`,
      ),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/tag-rounds/:round/next',
    title: words('下一个待判定的样本', 'The next one to judge'),
    right: 'tags.review',
    audit: 'tags.evidence.read',
    params: RoundParams,
    response: Maybe(
      Type.Object({
        tag: Type.String(),
        title: Pair,
        about: Pair,
        personal: Type.Boolean(),
        key: Type.String(),
        name: Type.String(),
        value: Maybe(Type.String()),
        since: Maybe(Type.String()),
        evidence: Answer,
        judged: Type.Integer(),
        size: Type.Integer(),
      }),
    ),
    example: { tag: 'legal-persons.penalised', key: '91370902MA3XXXXX0A', name: '示例', judged: 0, size: 30 },
    handler: async ({ params, actor, work }) => {
      const { tag, at, sums } = await openRound(book, work, params.round)
      needMember(actor, book.subject(tag.subject))
      if (!at) return null
      const { title, about } = tag
      const evidence = await readEvidence(book, work, tag, at.key)
      return {
        tag: tag.id,
        title,
        about,
        personal: isPersonal(book.app, tag) || isSensitive(tag),
        ...at,
        evidence,
        ...sums,
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/tag-rounds/:round/judgements',
    title: words('判定样本', 'Judge one of a sample'),
    right: 'tags.review',
    audit: 'tags.judged',
    params: RoundParams,
    body: Type.Object(
      {
        key: Type.String({ maxLength: 60 }),
        verdict: Type.Union([Type.Literal('right'), Type.Literal('wrong'), Type.Literal('unclear')]),
        note: Type.Optional(Type.String({ maxLength: 500 })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ judged: Type.Integer(), size: Type.Integer(), closed: Type.Boolean() }),
    example: { judged: 1, size: 30, closed: false },
    handler: async ({ params, body, actor, work }) => {
      const { tag } = await openRound(book, work, params.round)
      needMember(actor, book.subject(tag.subject))
      if (body.verdict === 'wrong' && !body.note?.trim())
        throw new InvalidInput('note-needed', words('判定不准确时请写明理由', 'Say why it is wrong'), [
          { path: '/note', message: words('请填写', 'Fill in') },
        ])
      const { numAffectedRows } =
        await sql`update tags.review v set verdict = ${body.verdict}, note = ${body.note ?? null},
          account = ${actor.id}, judged_at = ${work.at}
        from ${membersSql(book, book.subject(tag.subject))} m
        where v.round = ${params.round} and m.member = v.member and m.key = ${body.key} and v.verdict is null`.execute(
          work.tx,
        )
      if (!Number(numAffectedRows))
        throw new Conflict(
          'judged-already',
          words('该样本已被判定，或不在本轮抽查中', 'It was judged already, or is not in this sample'),
        )
      work.audit({
        event: 'tags.judged',
        subject: { kind: 'tags.tag', id: tag.id },
        details: { round: params.round, member: body.key },
      })
      const { sums } = await openRound(book, work, params.round)
      const closed = sums.judged === sums.size
      if (closed) await closeRound(book, work, params.round, tag)
      return { ...sums, closed }
    },
  }),
]

/** A round under way with the one to judge next. @throws NotFound */
async function openRound(book: TagBook, work: Work, id: number) {
  const round = await firstOf(
    work.tx,
    sql<{ tag: string; size: number; judged: number }>`select r.tag,
      (select count(*)::int from tags.review where round = r.id) as size,
      (select count(*)::int from tags.review where round = r.id and verdict is not null) as judged
      from tags.review_round r where r.id = ${id} and closed_at is null`,
  )
  if (!round)
    throw new NotFound('no-round', words('没有这一轮抽查，或已完成', 'There is no such review, or it is done'))
  const tag = await book.get(work.tx, round.tag)
  const at = await firstOf(
    work.tx,
    sql<{ key: string; name: string; value: string | null; since: string | null }>`
      select m.key, m.name, c.value, c.since::text from tags.review v
      join ${membersSql(book, book.subject(tag.subject))} m on m.member = v.member
      left join tags.carried c on c.tag = ${tag.number} and c.member = v.member and c.until is null and c.ended is null
      where v.round = ${id} and v.verdict is null order by v.place limit 1`,
  )
  return { tag, at, sums: { judged: round.judged, size: round.size } }
}

/** The last judgement closes a round; a precision below the bar is a matter of the tag's owner. */
async function closeRound(
  book: TagBook,
  work: Work,
  id: number,
  tag: Awaited<ReturnType<TagBook['get']>>,
): Promise<void> {
  const sums = await firstOf(
    work.tx,
    sql<{ right: number; judged: number }>`select count(*) filter (where verdict = 'right')::int as "right",
      count(*) filter (where verdict in ('right', 'wrong'))::int as judged from tags.review where round = ${id}`,
  )
  const found = wilson(sums?.right ?? 0, sums?.judged ?? 0)
  const matter =
    found && found.share < tag.bar
      ? await askOwner(book, work, tag, {
          key: `round:${id}`,
          finding: `抽查准确率 ${percent(found.share)}（95% 区间 ${percent(found.low)}～${percent(found.high)}），低于要求 ${percent(tag.bar)} / precision below the bar`,
        })
      : null
  await sql`update tags.review_round set closed_at = ${work.at}, matter = ${matter} where id = ${id}`.execute(work.tx)
}
