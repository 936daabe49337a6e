import { sql } from 'kysely'
import { datasetExtracts } from '#platform/registry'
import type { App, Db } from '#runtime'
import { type Reading, readings } from '../../declarations/readings.ts'
import type { Ref } from '../refs.ts'
import { type Changed, writtenSince } from './sources-now.ts'

const BATCH = 50_000

const tableOf = (app: App, { dataset }: Reading) => sql.raw(app.use(datasetExtracts).get(dataset).table)
const unknown = ({ dataset }: Reading) => sql`not exists (
  select 1 from one_file.record r where r.dataset = ${dataset} and r.row = t._id and r.version = t._version)`
const again = ({ dataset }: Reading) => sql`t._id in (
  select r.row from one_file.record r where r.dataset = ${dataset} and r.version = -1)`
const ended = (app: App, reading: Reading) => sql`r.dataset = ${reading.dataset}
  and not exists (select 1 from ${tableOf(app, reading)} t where t._id = r.row)`

/** Of a source that has not changed, only rows that are to be looked at again. */
function wanted(reading: Reading, changed: Changed) {
  const since = changed.get(reading)
  if (since === undefined) return again(reading)
  return since === null ? unknown(reading) : sql`(${writtenSince(since)} or ${again(reading)}) and ${unknown(reading)}`
}

/**
 * How many rows the files do not know as they are, and records have lost their rows. Compares tables, not events: what a
 * killed run left undone is found again by the next.
 */
export async function countChanges(app: App, db: Db, changed: Changed): Promise<number> {
  let count = 0
  for (const reading of readings) {
    const gone = changed.has(reading) ? ended(app, reading) : sql`false`
    const { rows } = await sql<{ count: number }>`select
      (select count(*) from ${tableOf(app, reading)} t where ${wanted(reading, changed)})
      + (select count(*) from one_file.record r where ${gone}) as count`.execute(db)
    count += rows[0]?.count ?? 0
  }
  return count
}

/** Numbers of the rows that the files do not know, in parts. */
export async function* changedRows(
  app: App,
  db: Db,
  changed: Changed,
): AsyncGenerator<readonly [Reading, readonly number[]]> {
  for (const reading of readings)
    for (let last = 0; ; ) {
      const { rows } = await sql<{ id: number }>`select t._id as id from ${tableOf(app, reading)} t
        where t._id > ${last} and ${wanted(reading, changed)} order by t._id limit ${BATCH}`.execute(db)
      if (rows.length > 0) yield [reading, rows.map(({ id }) => id)]
      if (rows.length < BATCH) break
      last = rows.at(-1)?.id ?? last
    }
}

/** Some of the records whose rows are gone, of one source at a time; none when all have been ended. */
export async function goneRecords(app: App, db: Db, changed: Changed): Promise<readonly Ref[]> {
  for (const reading of changed.keys()) {
    const { rows } = await sql<Ref>`select r.dataset, r.row, r.part from one_file.record r
      where ${ended(app, reading)} limit ${BATCH}`.execute(db)
    if (rows.length > 0) return rows
  }
  return []
}
