import { type Db, formatDay, localDateAt, parseDay, type Words, words } from '#runtime'
import type { InForce } from './book.ts'
import { rowsOf, sql } from './tables.ts'

/** A tag whose values hold no more: segments that name it choose nobody. */
export interface Outdated {
  readonly tag: InForce
  /** The first day on which they held no more; null when it was never computed. */
  readonly since: string | null
}

/** The first day on which values that were computed on a day hold no more. */
const endOf = ({ validityDays }: InForce, computedOn: string): string =>
  formatDay(parseDay(computedOn) + validityDays + 1)

export const isOutdated = (tag: InForce, computedOn: string | null, now: Date): boolean =>
  computedOn === null || endOf(tag, computedOn) <= localDateAt(now)

/** Those of the tags that were not computed within their validity. */
export async function outdatedAmong(db: Db, tags: readonly InForce[], now: Date): Promise<readonly Outdated[]> {
  const rows = await rowsOf(
    db,
    sql<{
      tag: number
      day: string
    }>`select c.tag, max(r.day)::text as day from tags.count c join tags.run r on r.id = c.run
      where c.computed and c.tag = any(${tags.map(({ number }) => number)}) group by c.tag`,
  )
  const days = new Map(rows.map(({ tag, day }) => [tag, day]))
  return tags.flatMap((tag) => {
    const day = days.get(tag.number) ?? null
    return isOutdated(tag, day, now) ? [{ tag, since: day && endOf(tag, day) }] : []
  })
}

export const outdatedInWords = ({ tag: { title }, since }: Outdated): Words =>
  since === null
    ? words(`标签“${title.zh}”尚未计算`, `The tag "${title.en}" was not computed yet`)
    : words(`标签“${title.zh}”自 ${since} 起已过有效期`, `The tag "${title.en}" has been out of date since ${since}`)
