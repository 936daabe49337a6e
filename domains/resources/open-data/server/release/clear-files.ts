import { sql } from 'kysely'
import { documents } from '#platform/documents'
import { rules } from '#platform/rules'
import { type App, DAY, type Work } from '#runtime'
import type { Keeping } from '../../rules/file-keeping.ts'
import { getVersion, MAKER, saveVersion } from '../store.ts'

/** Versions cleared in one unit of work. */
const AT_ONCE = 100

/**
 * Clears the files of versions that refreshes made, as far as the rule does not keep them; never of the version in force.
 * What the version was (columns, digest, test, difference, how it is cited) stays.
 */
export async function clearFiles(app: App, signal: AbortSignal): Promise<void> {
  const { rows } = await sql<{ entry: string }>`
    select distinct entry from open_data.version where state = 'published' and cleared_at is null and refreshed
    order by entry`.execute(app.db)
  for (const { entry } of rows)
    for (let cleared = AT_ONCE; cleared === AT_ONCE; ) {
      signal.throwIfAborted()
      cleared = await app.work(MAKER, (work) => clearSome(app, work, entry))
    }
}

async function clearSome(app: App, work: Work, entry: string): Promise<number> {
  const numbers = (await dueOf(app, work, entry)).slice(0, AT_ONCE)
  if (numbers.length === 0) return 0
  for (const number of numbers) {
    const version = await getVersion(app, work, entry, number)
    await saveVersion(app, work, { ...version, clearedAt: work.at.toISOString() })
    await app.use(documents).detach(work, { kind: 'open-data.version', id: `${entry}/${number}` })
  }
  work.audit({
    event: 'open-data.files.cleared',
    subject: { kind: 'open-data.entry', id: entry },
    details: { versions: numbers },
  })
  return numbers.length
}

/** Numbers of the versions whose files are not to be kept any longer; days and months are those of the city. */
async function dueOf(app: App, work: Work, entry: string): Promise<readonly number[]> {
  const last = (unit: 'day' | 'month') => sql`row_number() over (
    partition by date_trunc(${sql.lit(unit)}, v.published_at at time zone 'Asia/Shanghai')
    order by v.published_at desc, v.number desc) = 1`
  const { rows } = await sql<{
    number: number
    published: Date
    refreshed: boolean
    inForce: boolean
    newestOfDay: boolean
    newestOfMonth: boolean
  }>`
    select v.number::int as number, v.published_at as published, v.refreshed, v.number = e.version as "inForce",
      ${last('day')} as "newestOfDay", ${last('month')} as "newestOfMonth"
    from open_data.version v join open_data.entry e on e.id = v.entry
    where v.entry = ${entry} and v.state = 'published' and v.cleared_at is null order by v.number`.execute(work.tx)
  const isKept = ({ published, refreshed, newestOfDay, newestOfMonth }: (typeof rows)[number]): boolean => {
    const ageDays = Math.max(0, Math.floor((work.at.getTime() - published.getTime()) / DAY))
    const facts = { refreshed, ageDays, newestOfDay, newestOfMonth }
    return (app.use(rules).evaluate('open-data.file-keeping', facts, { at: work.at }).result as Keeping).kept
  }
  return rows.filter((row) => !row.inForce && !isKept(row)).map(({ number }) => number)
}
