import { sql } from 'kysely'
import { datasetExtracts } from '#platform/registry'
import type { App, Db } from '#runtime'
import { type Reading, readings } from '../../declarations/readings.ts'
import type { Ref } from '../refs.ts'

/** Rows whose version the file does not know yet, and records whose rows are gone. */
export interface Changes {
  readonly rows: ReadonlyMap<Reading, readonly number[]>
  readonly gone: readonly Ref[]
  readonly count: number
  /** All rows of the sources, about. */
  readonly of: number
}

/** Compares tables, not events: what a killed run left undone is found again by the next. */
export async function findChanges(app: App, db: Db): Promise<Changes> {
  const rows = new Map<Reading, readonly number[]>()
  const gone: Ref[] = []
  let [count, of] = [0, 0]
  for (const reading of readings) {
    const table = sql.raw(app.use(datasetExtracts).get(reading.dataset).table)
    const { dataset } = reading
    const changed = await sql<{ id: number }>`
      select t._id as id from ${table} t where not exists (
        select 1 from one_file.record r where r.dataset = ${dataset} and r.row = t._id and r.version = t._version)`.execute(
      db,
    )
    const ended = await sql<Ref>`
      select r.dataset, r.row, r.part from one_file.record r where r.dataset = ${dataset}
        and not exists (select 1 from ${table} t where t._id = r.row)`.execute(db)
    const total = await sql<{ n: number }>`select count(*) as n from ${table}`.execute(db)
    if (changed.rows.length > 0)
      rows.set(
        reading,
        changed.rows.map(({ id }) => id),
      )
    gone.push(...ended.rows)
    count += changed.rows.length + ended.rows.length
    of += total.rows[0]?.n ?? 0
  }
  return { rows, gone, count, of }
}
