import { sql } from 'kysely'
import type { Disclosure, Disclosures } from '../../contract.ts'

/** Calls that are about given rows, found by the index over the rows of receipts. */
export const findDisclosures: Disclosures['about'] = async (db, rows, { before, limit }) => {
  const byDataset = [...Map.groupBy(rows, ({ dataset }) => dataset)]
  if (byDataset.length === 0) return []
  const [at, id] = before?.split('~') ?? []
  // Each dataset by itself, the index of rows first: whatever the planner thinks, no list of receipts is walked.
  const parts = byDataset.map(([dataset, list]) => {
    const numbers = list.map(({ row }) => row)
    return sql`select r.* from (select * from exchange.receipt where about is not null and about && ${numbers}::bigint[] offset 0) r
      where r.dataset = ${dataset} ${at && id ? sql`and (r.at, r.stream || '-' || r.n) < (${at}::timestamptz, ${id})` : sql``}`
  })
  const found = await sql<Omit<Disclosure, 'at'> & { at: Date }>`
    select r.stream || '-' || r.n as id, r.at, r.dataset, r.consumer, r.way, g.purpose
    from (${sql.join(parts, sql` union all `)}) r left join exchange."grant" g on g.id = r.grant_id
    order by r.at desc, r.stream || '-' || r.n desc limit ${limit}`.execute(db)
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
