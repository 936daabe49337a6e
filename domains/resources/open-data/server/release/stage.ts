import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AnyDataset } from '#platform/registry'
import { type App, type Db, Defect } from '#runtime'
import type { Meta } from '../../declarations/meta.ts'
import { MAKER, type Version } from '../store.ts'
import { type Data, readSource } from './source.ts'
import { combined } from './values.ts'

export interface Staged {
  /** When the rows were as they are here, ISO 8601. */
  readonly at: string
  readonly rows: number
  /** SM3 of the rows as JSON lines. */
  readonly digest: string
}

/**
 * Rows of a version in the making, in one state of the database from beginning to end. Those about persons are put in an
 * order that follows from what goes out alone: in the order of the source, line n of one release would be the person of
 * line n of another.
 */
export async function stage(
  app: App,
  entry: string,
  number: number,
  { source, meta }: { readonly source: AnyDataset; readonly meta: Meta },
): Promise<Staged> {
  return app.work(MAKER, async (work) => {
    await sql`set transaction isolation level repeatable read`.execute(work.tx)
    await dropRows(work.tx, entry, number)
    if (meta.persons) await sql`create temp table arrived (data jsonb) on commit drop`.execute(work.tx)
    const hash = createHash('sm3')
    let rows = 0
    for await (const part of readSource(app, work, source, meta)) {
      const lines = part.map((data) => lineOf(data, meta.fields))
      if (meta.persons)
        await sql`insert into pg_temp.arrived select line::jsonb from unnest(${lines}::text[]) as line`.execute(work.tx)
      else {
        for (const line of lines) hash.update(line).update('\n')
        await sql`insert into open_data.row (entry, version, no, data)
          select ${entry}, ${number}, ${rows} + place, line::jsonb
          from unnest(${lines}::text[]) with ordinality as t (line, place)`.execute(work.tx)
      }
      rows += part.length
    }
    if (meta.persons) {
      await sql`insert into open_data.row (entry, version, no, data)
        select ${entry}, ${number}, row_number() over (order by ${combined(meta.fields)}), data
        from pg_temp.arrived`.execute(work.tx)
      for await (const data of rowsOf(work.tx, { entry, number, rows }))
        hash.update(lineOf(data, meta.fields)).update('\n')
    }
    return { at: work.at.toISOString(), rows, digest: hash.digest('hex') }
  })
}

/** The same row is the same text, whatever order the database gives its fields in. */
const lineOf = (data: Data, fields: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(fields.flatMap((name) => (name in data ? [[name, data[name]]] : []))))

export async function dropRows(db: Db, entry: string, number: number): Promise<void> {
  await sql`delete from open_data.row where entry = ${entry} and version = ${number}`.execute(db)
}

const PART = 2_000

/** Rows of a version in their order, read by key. @throws Defect if they were taken away meanwhile: half is worse than none */
export async function* rowsOf(
  db: Db,
  { entry, number, rows: count }: Pick<Version, 'entry' | 'number' | 'rows'>,
): AsyncGenerator<Data> {
  let last = 0
  for (let read = 0; read < count; ) {
    const { rows } = await sql<{ no: number; data: Data }>`
      select no, data from open_data.row where entry = ${entry} and version = ${number} and no > ${last}
      order by no limit ${PART}`.execute(db)
    if (rows.length === 0) throw new Defect(`Only ${read} of ${count} rows of ${entry}, version ${number}, are there.`)
    for (const { data } of rows) yield data
    last = Number(rows.at(-1)?.no)
    read += rows.length
  }
}
