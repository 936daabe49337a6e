import { datasetExtracts } from '#platform/registry'
import { type Db, NotFound } from '#runtime'
import type { Carried } from '../contract.ts'
import type { TagSubject } from '../declaration.ts'
import type { TagBook } from './book.ts'
import { firstOf, rowsOf, sql } from './tables.ts'

export interface Member {
  readonly id: number
  readonly key: string
  readonly name: string
}

/** SQL of a subject's members: number, key and name. */
export function membersSql(book: TagBook, { dataset, key, name }: TagSubject) {
  const { table } = book.app.use(datasetExtracts).get(dataset)
  return sql`(select _id as member, ${sql.ref(key)} as key, ${sql.ref(name)} as name from ${sql.raw(table)})`
}

/** @throws NotFound */
export async function getMember(book: TagBook, db: Db, subject: TagSubject, key: string): Promise<Member> {
  const row = await firstOf(
    db,
    sql<{
      member: number
      key: string
      name: string
    }>`select member, key, name from ${membersSql(book, subject)} m where key = ${key}`,
  )
  if (!row) throw new NotFound()
  return { id: Number(row.member), key: row.key, name: row.name }
}

export interface When {
  readonly day?: string
  readonly known?: Date
}

interface CarriedRow {
  readonly tag: string
  readonly value: string
  readonly since: string
  readonly until: string | null
}

/** What a member carries now; or on a day, as it was known at an instant. */
export async function carriedBy(
  book: TagBook,
  db: Db,
  subjectId: string,
  key: string,
  when: When = {},
): Promise<readonly Carried[]> {
  const subject = book.subject(subjectId)
  const { id } = await getMember(book, db, subject, key)
  const { day, known } = when
  const held = day ? sql`c.since <= ${day}::date and (c.until is null or c.until > ${day}::date)` : sql`c.until is null`
  const run = known
    ? sql`(select coalesce(max(id), 0) from tags.run where subject = ${subjectId} and state = 'done' and ended_at <= ${known})`
    : sql`2147483647`
  return rowsOf(
    db,
    sql<CarriedRow>`select t.id as tag, c.value, c.since::text, c.until::text from tags.carried c
      join tags.tag t on t.number = c.tag and t.subject = ${subjectId}
      where c.member = ${id} and ${held} and c.run <= ${run} and (c.ended is null or c.ended > ${run})
      order by c.since desc, t.number`,
  )
}
