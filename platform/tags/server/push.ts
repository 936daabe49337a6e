import { type Db, type Work, words } from '#runtime'
import type { TagBook } from './book.ts'
import { type Member, membersSql } from './carried.ts'
import { endIfBarred } from './end-segment.ts'
import { type Outdated, outdatedAmong, outdatedInWords } from './outdated.ts'
import { chosenSql, type PushedSegment, type SegmentRow, tagsOf } from './segments.ts'
import { firstOf, rowsOf, sql } from './tables.ts'
import { tellOfSegment } from './tell-of-segment.ts'

/** Members handed on at a time. */
const PART = 500

/** Has every segment that follows the tags of a subject brought up to now. */
export async function pushAll({ tx, enqueue }: Work, subject: string): Promise<void> {
  const rows = await rowsOf(
    tx,
    sql<{
      id: number
    }>`select id from tags.segment where subject = ${subject} and pushed_at is not null and ended_at is null`,
  )
  for (const { id } of rows) enqueue('tags.push', { segment: id }, { key: String(id) })
}

const NOBODY = sql`(select null::bigint as member where false)`

/**
 * Brings the members of a pushed segment up to now and hands on who came and who left. All leave one that has ended, or
 * while a tag of it is out of date.
 */
export async function push(book: TagBook, work: Work, id: number): Promise<void> {
  const { tx, at } = work
  const segment = await firstOf(
    tx,
    sql<
      PushedSegment & { ended: boolean }
    >`select id, subject, title, purpose, kind, expression, owner, author, pushed_by as "pushedBy", ended_at is not null as ended
      from tags.segment where id = ${id} and pushed_at is not null for no key update`,
  )
  if (!segment) return
  const { subject, kind } = segment
  const ended = segment.ended || (await endIfBarred(book, work, segment))
  const outdated = ended ? [] : await outdatedAmong(tx, await tagsOf(book, tx, segment), at)
  const chosen = ended || outdated.length > 0 ? NOBODY : await chosenSql(book, tx, segment, at)
  await sql`create temp table chosen on commit drop as select x.member from ${chosen} x`.execute(tx)
  const leftOut = kind === 'service' ? await leaveOut(tx, id, subject) : 0
  await sql`update tags.segment set left_out = ${leftOut} where id = ${id}`.execute(tx)
  const members = membersSql(book, book.subject(subject))
  const left = await rowsOf(
    tx,
    sql<{ key: string }>`with gone as (delete from tags.segment_member s where s.segment = ${id}
        and not exists (select from chosen c where c.member = s.member) returning member)
      select m.key from gone join ${members} m on m.member = gone.member`,
  )
  const joined = await rowsOf(
    tx,
    sql<{ key: string }>`with come as (insert into tags.segment_member (segment, member, joined_at)
        select ${id}, member, ${at} from chosen on conflict do nothing returning member)
      select m.key from come join ${members} m on m.member = come.member`,
  )
  await sql`drop table chosen`.execute(tx)
  await handOn(
    book,
    work,
    segment,
    joined.map(({ key }) => key),
    left.map(({ key }) => key),
  )
  if (outdated.length > 0 && left.length > 0) await tellEmptied(book, work, segment, outdated)
}

/**
 * A member that opted out of a segment of services, or of all, leaves with the same transaction, whatever becomes of tags
 * and runs; whoever follows the segment is handed that it left.
 */
export async function leave(
  book: TagBook,
  work: Work,
  { subject, id, key }: Pick<Member, 'id' | 'key'> & { readonly subject: string },
  segment?: number,
): Promise<void> {
  const left = await rowsOf(
    work.tx,
    sql<SegmentRow>`delete from tags.segment_member m using tags.segment s
      where m.member = ${id} and s.id = m.segment and s.subject = ${subject} and s.kind = 'service'
        and s.id = coalesce(${segment ?? null}::int, s.id)
      returning s.id, s.subject, s.title, s.purpose, s.kind, s.expression`,
  )
  for (const each of left) await handOn(book, work, each, [], [key])
}

/** Takes those out of the chosen who opted out of this segment or of all. @returns how many */
async function leaveOut(tx: Db, segment: number, subject: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from chosen c
    where exists (select from tags.opt_out o where o.segment = ${segment} and o.member = c.member)
      or exists (select from tags.opt_out_of_all a where a.subject = ${subject} and a.member = c.member)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

async function handOn(book: TagBook, work: Work, segment: SegmentRow, joined: string[], left: string[]): Promise<void> {
  const pushed = book.hooks.get(segment.subject)?.pushed
  const { id, title, purpose } = segment
  for (let from = 0; from < Math.max(joined.length, left.length); from += PART)
    await pushed?.(work, {
      segment: { id, title, purpose },
      joined: joined.slice(from, from + PART),
      left: left.slice(from, from + PART),
    })
  if (joined.length + left.length > 0)
    work.emit({
      topic: 'tags.segment.pushed',
      key: String(id),
      data: { joined: joined.length, left: left.length },
      audience: { right: 'tags.pull' },
    })
}

async function tellEmptied(
  book: TagBook,
  work: Work,
  segment: PushedSegment,
  outdated: readonly Outdated[],
): Promise<void> {
  const said = outdated.map(outdatedInWords)
  await tellOfSegment(book, work, segment, {
    title: words(`人群“${segment.title}”暂无名单`, `The segment "${segment.title}" has no members for now`),
    body: words(
      `${said.map(({ zh }) => zh).join('；')}。名单已清空，标签重新计算后自动恢复；已取用的名单请停止使用。`,
      `${said.map(({ en }) => en).join('; ')}. It has no members until that is computed again; stop using those that were taken.`,
    ),
  })
}
