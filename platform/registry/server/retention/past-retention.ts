import { type RawBuilder, sql } from 'kysely'
import { type App, type Db, system } from '#runtime'
import type { AnyDataset } from '../../dataset.ts'
import type { Catalogue } from '../datasets/catalogue.ts'
import { quoted, storageOf } from '../storage.ts'

/** Since before when nobody may have touched a row that is past the retention of its dataset; none is past a permanent one. */
function pastSince({ retention }: AnyDataset, now: Date): Date | undefined {
  if (retention === 'permanent') return undefined
  const day = new Date(now)
  day.setUTCFullYear(day.getUTCFullYear() - retention.years)
  return day
}

/** The condition of rows past the retention of their dataset. */
export function pastRetentionSql(dataset: AnyDataset, now: Date): RawBuilder<unknown> {
  const since = pastSince(dataset, now)
  return since ? sql`_since < ${since}` : sql`false`
}

/**
 * Counts, once a day, what is kept longer than its dataset says: rows that have not changed since, and earlier versions
 * that ended before. Nothing is deleted: that is for the organisation that answers for the data to decide.
 */
export async function countPastRetention(app: App, catalogue: Catalogue): Promise<void> {
  const now = app.now()
  const bound = catalogue.all().flatMap(({ dataset }) => {
    const [since, storage] = [pastSince(dataset, now), storageOf(dataset)]
    return since && storage ? [{ id: dataset.id, since, table: storage.table }] : []
  })
  await app.work(system('registry.retention'), async ({ tx }) => {
    await sql`delete from registry.past_retention`.execute(tx)
    for (const { id, since, table } of bound)
      await sql`insert into registry.past_retention (dataset, rows, versions, counted_at) values (${id},
        (select count(*) from ${sql.raw(quoted(table))} where _since < ${since}),
        (select count(*) from registry.history where dataset = ${id} and until < ${since}), ${now})`.execute(tx)
  })
}

export interface PastRetention {
  readonly dataset: string
  readonly rows: number
  readonly versions: number
  readonly countedAt: Date
}

/** The last counts of datasets of which something is past its retention. */
export async function pastRetention(db: Db): Promise<readonly PastRetention[]> {
  const { rows } = await sql<PastRetention>`
    select dataset, rows, versions, counted_at as "countedAt" from registry.past_retention
    where rows + versions > 0 order by rows + versions desc`.execute(db)
  return rows
}
