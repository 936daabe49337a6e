import { type RawBuilder, sql } from 'kysely'
import { handouts } from '#platform/registry'
import type { App } from '#runtime'
import type { Disclosure, Disclosures } from '../../contract.ts'

/** Calls and files that are about given rows, found by the indexes over the rows of receipts and of handouts. */
export const disclosuresOf = (app: App): Disclosures => ({
  about: async (db, rows, { before, limit }) => {
    const byDataset = [...Map.groupBy(rows, ({ dataset }) => dataset)]
    if (byDataset.length === 0) return []
    const files = await app.use(handouts).ofMakers(db, rows)
    const [at, id] = before?.split('~') ?? []
    const page = at && id ? sql`and (r.at, r.stream || '-' || r.n) < (${at}::timestamptz, ${id})` : sql``
    const parts = [
      ...byDataset.map(([dataset, list]) =>
        calls(
          dataset,
          list.map(({ row }) => row),
        ),
      ),
      inFiles(files),
    ]
    const found = await sql<Omit<Disclosure, 'at'> & { at: Date }>`
      select r.stream || '-' || r.n as id, r.at, r.dataset, r.consumer, r.way, g.purpose, r.record::jsonb -> 'fields' as fields
      from (${sql.join(parts, sql` union all `)}) r left join exchange."grant" g on g.id = r.grant_id
      where true ${page} order by r.at desc, r.stream || '-' || r.n desc limit ${limit}`.execute(db)
    return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }))
  },
})

/** Each dataset by itself, the index of rows first: whatever the planner thinks, no list of receipts is walked. */
const calls = (dataset: string, rows: readonly number[]): RawBuilder<unknown> =>
  sql`select r.* from (select * from exchange.receipt where about is not null and about && ${rows}::bigint[] offset 0) r
    where r.dataset = ${dataset}`

/** Files that were made; a cancelled one nobody could fetch. */
const inFiles = (ids: readonly string[]): RawBuilder<unknown> =>
  sql`select r.* from exchange.file f join exchange.receipt r
    on r.stream = split_part(f.receipt, '-', 1) and r.n = split_part(f.receipt, '-', 2)::bigint
    where f.id = any(${ids}::text[]) and f.state = 'done'`
