import { sql } from 'kysely'
import { grants } from '#platform/exchange'
import { datasetDirectory } from '#platform/registry'
import type { App, Db, LocalDate, Words } from '#runtime'
import { titleOf } from '../known-datasets.ts'
import { TABLES } from './in-use.ts'

const MOST = 500

interface Asked {
  /** Only what these own; all if undefined. */
  readonly units: readonly string[] | undefined
  /** Used since this day is used. */
  readonly since: LocalDate
}

/** Tables that nobody has read since a day and no dataset collects. */
export async function unusedTables(db: Db, { units, since }: Asked) {
  const only = units ? sql`and t.owner = any(${[...units]})` : sql``
  const { rows } = await sql<{ system: string; name: string; title: string; owner: string; lastReadOn: string | null }>`
    select t.system, t.name, t.title, t.owner, u."on"::text as "lastReadOn" from ${TABLES} t
    left join collection.declared_use u on u.system = t.system and u."table" = t.name and u.kind = 'read'
    where t.dataset is null and (u."on" is null or u."on" < ${since}::date) ${only}
    order by t.owner, t.system, t.name limit ${MOST}`.execute(db)
  return rows
}

export interface IdleDataset {
  readonly dataset: string
  readonly title: Words
  /** Owners of the tables that it collects. */
  readonly owners: readonly string[]
  readonly lastReadOn: LocalDate | null
  readonly lastCalledOn: LocalDate | null
}

/**
 * Data without user: datasets that collect tables, hold data since before a day, and that nobody has read here or called
 * through the exchange since then.
 */
export async function idleDatasets(app: App, db: Db, { units, since }: Asked): Promise<readonly IdleDataset[]> {
  const only = units ? sql`and owner = any(${[...units]})` : sql``
  const [{ rows }, begun, reads, calls] = await Promise.all([
    sql<{ dataset: string; owners: string[] }>`
      select dataset, array_agg(distinct owner order by owner) as owners from ${TABLES} t
      where dataset is not null ${only} group by dataset order by dataset`.execute(db),
    app.use(datasetDirectory).firstLoads(db),
    app.use(datasetDirectory).lastReads(db),
    app.use(grants).lastCalls(db),
  ])
  const isOld = (day: LocalDate | null) => day === null || day < since
  return rows
    .filter(({ dataset }) => (begun.get(dataset) ?? since) < since)
    .map(({ dataset, owners }) => ({
      dataset,
      title: titleOf(app, dataset),
      owners,
      lastReadOn: reads.get(dataset) ?? null,
      lastCalledOn: calls.get(dataset) ?? null,
    }))
    .filter(({ lastReadOn, lastCalledOn }) => isOld(lastReadOn) && isOld(lastCalledOn))
    .slice(0, MOST)
}
