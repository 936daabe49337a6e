import { Type } from 'typebox'
import type { Db } from '#runtime'
import type { TagBook } from '../book.ts'
import { carriedBy } from '../carried.ts'
import type { Expression } from '../segments.ts'
import { Maybe, Pair } from '../shapes.ts'
import { rowsOf, sql } from '../tables.ts'
import type { Own } from './own-member.ts'

export const OwnSegment = Type.Object({
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

interface SegmentRow {
  readonly id: number
  readonly kind: string
  readonly expression: Expression
  readonly joinedAt: Date | null
  readonly optedOut: boolean
}

/**
 * Segments that a member is in, opted out of, or, having opted out of all, is left out of; with those of its tags that
 * brought it there.
 */
export async function ownSegments(book: TagBook, db: Db, { subject, key, id }: Own, isOutOfAll: boolean) {
  const rows = await rowsOf(
    db,
    sql<SegmentRow>`
      select s.id, s.title, s.purpose, s.basis, s.kind, s.expression, m.joined_at as "joinedAt", o.member is not null as "optedOut"
      from tags.segment s left join tags.segment_member m on m.segment = s.id and m.member = ${id}
      left join tags.opt_out o on o.segment = s.id and o.member = ${id}
      where s.subject = ${subject} and s.pushed_at is not null and s.ended_at is null order by s.id desc`,
  )
  const titles = new Map((await book.inForce(db, subject)).map((tag) => [tag.id, tag.title]))
  const carried = new Set((await carriedBy(book, db, subject, key)).map(({ tag }) => tag))
  return rows
    .filter(
      ({ joinedAt, optedOut, kind, expression }) =>
        joinedAt !== null || optedOut || (isOutOfAll && kind === 'service' && isChosen(expression, carried)),
    )
    .map(({ expression, ...row }) => ({
      ...row,
      reasons: [...expression.all, ...expression.any.filter((tag) => carried.has(tag))].flatMap(
        (tag) => titles.get(tag) ?? [],
      ),
    }))
}

const isChosen = ({ all, any, none }: Expression, carried: ReadonlySet<string>): boolean =>
  all.every((tag) => carried.has(tag)) &&
  (any.length === 0 || any.some((tag) => carried.has(tag))) &&
  !none.some((tag) => carried.has(tag))

/** Since when a member wants no pushes at all; null if it does not say so. */
export async function outOfAllSince(db: Db, { subject, id }: Own): Promise<Date | null> {
  const [row] = await rowsOf(
    db,
    sql<{ at: Date }>`select at from tags.opt_out_of_all where subject = ${subject} and member = ${id}`,
  )
  return row?.at ?? null
}
