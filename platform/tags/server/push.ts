import type { Db, Work } from '#runtime'
import type { TagBook } from './book.ts'
import { membersSql } from './carried.ts'
import { endIfBarred, type PushedSegment } from './end-segment.ts'
import { chosenSql, type SegmentRow } from './segments.ts'
import { firstOf, rowsOf, sql } from './tables.ts'

/** Members handed on at a time. */
const PART = 500

/** Segments that follow the tags of a subject. */
export async function pushedSegments({ tx }: Work, subject: string): Promise<readonly number[]> {
  const rows = await rowsOf(
    tx,
    sql<{
      id: number
    }>`select id from tags.segment where subject = ${subject} and pushed_at is not null and ended_at is null`,
  )
  return rows.map(({ id }) => id)
}

/** Brings the members of a pushed segment up to now and hands on who came and who left; all leave one that has ended. */
export async function push(book: TagBook, work: Work, id: number): Promise<void> {
  const { tx, at } = work
  const segment = await firstOf(
    tx,
    sql<
      PushedSegment & { ended: boolean }
    >`select id, subject, title, purpose, kind, expression, owner, author, pushed_by as "pushedBy", ended_at is not null as ended
      from tags.segment where id = ${id} and pushed_at is not null for update`,
  )
  if (!segment) return
  const { subject, kind } = segment
  const ended = segment.ended || (await endIfBarred(book, work, segment))
  const chosen = ended ? sql`(select null::bigint as member where false)` : await chosenSql(book, tx, segment, at)
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
