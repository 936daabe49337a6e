import { type Work, words } from '#runtime'
import type { TagBook } from './book.ts'
import { barredFrom, KINDS, namesOf, type PushedSegment, tagsOf } from './segments.ts'
import { sql } from './tables.ts'
import { tellOfSegment } from './tell-of-segment.ts'

/**
 * A segment ends when one of its tags may not be used for it any more, or is gone; who made it, who handed it over and
 * who takes its members are told. @returns whether it did
 */
export async function endIfBarred(book: TagBook, work: Work, segment: PushedSegment): Promise<boolean> {
  const inForce = await tagsOf(book, work.tx, segment)
  const barred = barredFrom(segment.kind, inForce)
  const gone = namesOf(segment.expression).filter((id) => !inForce.some((tag) => tag.id === id))
  const ids = [...barred.map(({ id }) => id), ...gone]
  if (ids.length === 0) return false
  await sql`update tags.segment set ended_at = ${work.at}, ended_for = ${ids} where id = ${segment.id}`.execute(work.tx)
  const subject = { kind: 'tags.segment', id: String(segment.id) }
  work.audit({ event: 'tags.segment.ended', subject, details: { barred: ids } })
  const titles = [...barred.map(({ title }) => title), ...gone.map((id) => words(id, id))]
  const { title, kind } = segment
  await tellOfSegment(book, work, segment, {
    title: words(`人群“${title}”已停用`, `The segment "${title}" has ended`),
    body: words(
      `标签“${titles.map(({ zh }) => zh).join('”“')}”不得再用于${KINDS[kind].zh}类人群，名单已清空，不再更新。已取用的名单请停止使用。`,
      `Tags that may no longer be used for a segment of ${KINDS[kind].en}: "${titles.map(({ en }) => en).join('", "')}". It has no members any more; stop using those that were taken.`,
    ),
  })
  return true
}
