import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AnyDataset } from '#platform/registry'
import type { App } from '#runtime'
import type { Meta } from '../../declarations/meta.ts'
import { MAKER } from '../store.ts'
import { type Data, readSource } from './source.ts'

export interface Staged {
  readonly rows: number
  /** SM3 of the rows as JSON lines. */
  readonly digest: string
}

/** Rows of a version in the making, in one state of the database from beginning to end. */
export async function stage(
  app: App,
  entry: string,
  number: number,
  { source, meta }: { readonly source: AnyDataset; readonly meta: Meta },
): Promise<Staged> {
  return app.work(MAKER, async (work) => {
    await sql`set transaction isolation level repeatable read`.execute(work.tx)
    await dropRows(work.tx, entry, number)
    const hash = createHash('sm3')
    let rows = 0
    for await (const part of readSource(app, work, source, meta)) {
      const lines = part.map((data) => JSON.stringify(inOrder(data, meta.fields)))
      for (const line of lines) hash.update(line).update('\n')
      await sql`insert into open_data.row (entry, version, no, data)
        select ${entry}, ${number}, ${rows} + place, line::jsonb
        from unnest(${lines}::text[]) with ordinality as t (line, place)`.execute(work.tx)
      rows += part.length
    }
    return { rows, digest: hash.digest('hex') }
  })
}

/** The same row is the same text, whatever order the database gives its fields in. */
const inOrder = (data: Data, fields: readonly string[]): Data =>
  Object.fromEntries(fields.flatMap((name) => (name in data ? [[name, data[name]]] : [])))

export async function dropRows(db: Parameters<ReturnType<typeof sql>['execute']>[0], entry: string, number: number) {
  await sql`delete from open_data.row where entry = ${entry} and version = ${number}`.execute(db)
}

const PART = 2_000

/** Rows of a version in their order, read by key. */
export async function* rowsOf(app: App, entry: string, number: number): AsyncGenerator<Data> {
  let last = 0
  for (;;) {
    const { rows } = await sql<{ no: number; data: Data }>`
      select no, data from open_data.row where entry = ${entry} and version = ${number} and no > ${last}
      order by no limit ${PART}`.execute(app.db)
    for (const { data } of rows) yield data
    if (rows.length < PART) return
    last = Number(rows.at(-1)?.no ?? 0)
  }
}
