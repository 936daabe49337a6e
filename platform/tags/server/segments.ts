import { type Static, Type } from 'typebox'
import { type Db, InvalidInput, words } from '#runtime'
import type { InForce, TagBook } from './book.ts'
import { outdatedAmong, outdatedInWords } from './outdated.ts'
import { sql } from './tables.ts'

const Ids = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 20 })
/** Members that carry all of these, at least one of those, and none of the others. */
export const Expression = Type.Object({ all: Ids, any: Ids, none: Ids }, { additionalProperties: false })
export type Expression = Static<typeof Expression>

export interface Choice {
  readonly subject: string
  readonly kind: 'service' | 'supervision'
  readonly expression: Expression
}

export const namesOf = ({ all, any, none }: Expression): readonly string[] => [...all, ...any, ...none]

/** Tags in force that a choice names. */
export async function tagsOf(book: TagBook, db: Db, { subject, expression }: Choice) {
  const named = new Set(namesOf(expression))
  return (await book.inForce(db, subject)).filter(({ id }) => named.has(id))
}

/** Those of the tags that may not be used for segments of a kind. */
export const barredFrom = (kind: Choice['kind'], tags: readonly InForce[]) =>
  tags.filter(({ uses }) => !uses.includes(kind))

export const KINDS = { service: words('服务', 'service'), supervision: words('监管', 'supervision') } as const

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
        `“${title.zh}”没有登记可用于${KINDS[choice.kind].zh}类人群，不得用于${KINDS[choice.kind].zh}类人群：${use.zh}。如确需使用，请标签责任单位先在标签中登记这一用途`,
        `"${title.en}" may not be used for a segment of ${KINDS[choice.kind].en}: ${use.en}. Its owner would have to declare that use in the tag first`,
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

/** @throws InvalidInput */
async function checkFresh(db: Db, tags: readonly InForce[], now: Date): Promise<void> {
  const issues = (await outdatedAmong(db, tags, now)).map((each) => ({
    path: '/expression',
    message: outdatedInWords(each),
  }))
  if (issues.length > 0)
    throw new InvalidInput('outdated-tags', words('有标签不能使用', 'Some tags cannot be used'), issues)
}

export interface SegmentRow extends Choice {
  readonly id: number
  readonly title: string
  readonly purpose: string
}

export interface PushedSegment extends SegmentRow {
  readonly owner: string
  readonly author: string
  readonly pushedBy: string
}
