import { sql } from 'kysely'
import { datasetExtracts } from '#platform/registry'
import type { App, Db } from '#runtime'
import { type Reading, readings } from '../../declarations/readings.ts'
import type { Ref } from '../refs.ts'

/** How much differs between the tables and the files. */
export interface Changes {
  /** Rows whose version the file does not know yet, and records whose rows are gone. */
  readonly count: number
  /** All rows of the sources. */
  readonly of: number
}

const BATCH = 50_000

const tableOf = (app: App, { dataset }: Reading) => sql.raw(app.use(datasetExtracts).get(dataset).table)
const unknown = ({ dataset }: Reading) => sql`not exists (
  select 1 from one_file.record r where r.dataset = ${dataset} and r.row = t._id and r.version = t._version)`
const ended = (app: App, reading: Reading) => sql`r.dataset = ${reading.dataset}
  and not exists (select 1 from ${tableOf(app, reading)} t where t._id = r.row)`

/** Compares tables, not events: what a killed run left undone is found again by the next. */
export async function findChanges(app: App, db: Db): Promise<Changes> {
  let [count, of] = [0, 0]
  for (const reading of readings) {
    const { rows } = await sql<{ changed: number; gone: number; total: number }>`select
      (select count(*) from ${tableOf(app, reading)} t where ${unknown(reading)}) as changed,
      (select count(*) from one_file.record r where ${ended(app, reading)}) as gone,
      (select count(*) from ${tableOf(app, reading)}) as total`.execute(db)
    const { changed = 0, gone = 0, total = 0 } = rows[0] ?? {}
    count += changed + gone
    of += total
  }
  return { count, of }
}

/** Numbers of the rows that the files do not know, in parts. */
export async function* changedRows(app: App, db: Db): AsyncGenerator<readonly [Reading, readonly number[]]> {
  for (const reading of readings)
    for (let last = 0; ; ) {
      const { rows } = await sql<{ id: number }>`select t._id as id from ${tableOf(app, reading)} t
        where t._id > ${last} and ${unknown(reading)} order by t._id limit ${BATCH}`.execute(db)
      if (rows.length > 0) yield [reading, rows.map(({ id }) => id)]
      if (rows.length < BATCH) break
      last = rows.at(-1)?.id ?? last
    }
}

/** Some of the records whose rows are gone, of one source at a time; none when all have been ended. */
export async function goneRecords(app: App, db: Db): Promise<readonly Ref[]> {
  for (const reading of readings) {
    const { rows } = await sql<Ref>`select r.dataset, r.row, r.part from one_file.record r
      where ${ended(app, reading)} limit ${BATCH}`.execute(db)
    if (rows.length > 0) return rows
  }
  return []
}
