import { type Static, Type } from 'typebox'
import { type Db, InvalidInput, type Work, words } from '#runtime'
import type { InForce, TagBook } from './book.ts'
import { membersSql } from './carried.ts'
import { firstOf, rowsOf, sql } from './tables.ts'

const Ids = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 20 })
/** Members that carry all of these, at least one of those, and none of the others. */
export const Expression = Type.Object({ all: Ids, any: Ids, none: Ids }, { additionalProperties: false })
export type Expression = Static<typeof Expression>

/** Members handed on at a time. */
const PART = 500
const DAY_MS = 86_400_000

export interface Choice {
  readonly subject: string
  readonly kind: 'service' | 'supervision'
  readonly expression: Expression
}

/** Tags in force that a choice names. */
export async function tagsOf(book: TagBook, db: Db, { subject, expression: { all, any, none } }: Choice) {
  const named = new Set([...all, ...any, ...none])
  return (await book.inForce(db, subject)).filter(({ id }) => named.has(id))
}

/** Those of the tags that may not be used for segments of a kind. */
const barredFrom = (kind: Choice['kind'], tags: readonly InForce[]) => tags.filter(({ uses }) => !uses.includes(kind))

const KINDS = { service: words('服务', 'service'), supervision: words('监管', 'supervision') } as const

/** SQL of the members that are chosen. @throws InvalidInput for unknown or outdated tags, and those not for this use */
export async function chosenSql(book: TagBook, db: Db, choice: Choice, now: Date) {
  const { all, any, none } = choice.expression
  const found = await tagsOf(book, db, choice)
  const tags = new Map(found.map((tag) => [tag.id, tag]))
  const issues = [...all, ...any, ...none].flatMap((id) =>
    tags.has(id) ? [] : [{ path: '/expression', message: words(`没有标签“${id}”`, `There is no tag "${id}"`) }],
  )
  for (const { title, use } of barredFrom(choice.kind, found))
    issues.push({
      path: '/expression',
      message: words(
        `“${title.zh}”不得用于${KINDS[choice.kind].zh}类人群：${use.zh}`,
        `"${title.en}" may not be used for a segment of ${KINDS[choice.kind].en}: ${use.en}`,
      ),
    })
  if (all.length + any.length === 0)
    issues.push({ path: '/expression', message: words('至少选择一个“须有”的标签', 'Choose at least one tag to have') })
  if (issues.length > 0) throw new InvalidInput('wrong-segment', words('人群条件有误', 'The segment is wrong'), issues)
  const of = (ids: readonly string[]) => ids.flatMap((id) => tags.get(id) ?? [])
  await checkFresh(db, of([...all, ...any, ...none]), now)
  const numbers = (ids: readonly string[]) => of(ids).map(({ number }) => number)
  const carries = (ids: readonly number[]) =>
    sql`exists (select from tags.carried c where c.tag = any(${ids}) and c.member = b.member and c.until is null and c.ended is null)`
  const [first, ...rest] = numbers(all)
  const base = first === undefined ? numbers(any) : [first]
  const conditions = [
    ...rest.map((number) => carries([number])),
    ...(any.length > 0 && first !== undefined ? [carries(numbers(any))] : []),
    ...(none.length > 0 ? [sql`not ${carries(numbers(none))}`] : []),
  ]
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``
  return sql`(select b.member from (select distinct member from tags.carried
    where tag = any(${base}) and until is null and ended is null) b ${where})`
}

/** Tags whose values are older than they hold choose nobody. */
async function checkFresh(db: Db, tags: readonly InForce[], now: Date): Promise<void> {
  const rows = await rowsOf(
    db,
    sql<{
      tag: number
      day: string
    }>`select c.tag, max(r.day)::text as day from tags.count c join tags.run r on r.id = c.run
      where c.computed and c.tag = any(${tags.map(({ number }) => number)}) group by c.tag`,
  )
  const days = new Map(rows.map(({ tag, day }) => [tag, day]))
  const issues = tags.flatMap(({ number, title, validityDays }) => {
    const day = days.get(number)
    return day && now.getTime() - Date.parse(day) <= validityDays * DAY_MS
      ? []
      : [
          {
            path: '/expression',
            message: words(
              `标签“${title.zh}”尚未计算或已过有效期`,
              `The tag "${title.en}" was not computed or is out of date`,
            ),
          },
        ]
  })
  if (issues.length > 0)
    throw new InvalidInput('outdated-tags', words('有标签不能使用', 'Some tags cannot be used'), issues)
}

export interface SegmentRow extends Choice {
  readonly id: number
  readonly title: string
  readonly purpose: string
}

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
      SegmentRow & { ended: boolean }
    >`select id, subject, title, purpose, kind, expression, ended_at is not null as ended
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

/** A segment ends when one of its tags may not be used for it any more. @returns whether it did */
async function endIfBarred(book: TagBook, work: Work, segment: SegmentRow): Promise<boolean> {
  const barred = barredFrom(segment.kind, await tagsOf(book, work.tx, segment))
  if (barred.length === 0) return false
  await sql`update tags.segment set ended_at = ${work.at} where id = ${segment.id}`.execute(work.tx)
  const subject = { kind: 'tags.segment', id: String(segment.id) }
  work.audit({ event: 'tags.segment.ended', subject, details: { barred: barred.map(({ id }) => id) } })
  return true
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
