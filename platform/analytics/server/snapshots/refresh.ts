import { randomUUID } from 'node:crypto'
import { datasetExtracts } from '#platform/registry'
import type { App } from '#runtime'
import type { Snapshot } from '../../contract.ts'
import { name } from '../engine/protocol.ts'
import { copiedColumns, copyOut, copySql, readCsv } from './copy-out.ts'
import { writeDelta } from './delta.ts'
import type { Manifest, TableFolders } from './manifest.ts'
import { type Parts, type RefreshRun, storeSql } from './parts.ts'
import { script } from './script.ts'

/** `school-entry.place-of` → `school_entry_place_of` */
export const tableName = (dataset: string): string => dataset.replace(/[.-]/g, '_')

const FOLD = 10

/** Brings the copy of a dataset up to now; only one run at a time for each, in whatever process. */
export async function refresh(app: App, folders: TableFolders, dataset: string, run: RefreshRun): Promise<Snapshot> {
  const extract = app.use(datasetExtracts).get(dataset)
  const table = tableName(dataset)
  await folders.make(table)
  const client = await app.pool.connect()
  try {
    // The lock is had before the transaction begins, which so sees what the run before saw.
    await client.query("select pg_advisory_lock(hashtext('analytics.refresh'), hashtext($1))", [table])
    const last = await folders.find(table)
    await folders.sweep(table, last)
    await client.query("begin isolation level repeatable read read only; set local timezone = 'UTC'")
    const next = await copy({ ...run, client, folders, extract, table, rows: 0 }, last)
    await client.query('commit')
    return await folders.snapshotOf(await folders.exchange(next, last))
  } finally {
    // Whatever state it is in: with the connection go transaction and lock.
    client.release(true)
  }
}

async function copy(opened: Parts, last: Manifest | undefined): Promise<Omit<Manifest, 'before'>> {
  const { client, extract, table } = opened
  const { rows: found } = await client.query<{ relation: string; xmin: string; at: Date; rows: number }>(
    `select concat_ws('/', (select oid from pg_database where datname = current_database()), $1::regclass::oid,
       pg_relation_filenode($1::regclass)) as relation,
       pg_snapshot_xmin(pg_current_snapshot())::text as xmin, now() as at, (select count(*) from ${extract.table}) as rows`,
    [extract.table],
  )
  const [state] = found
  const { relation = '', xmin = '', at = new Date(), rows = 0 } = state ?? {}
  const titles = new Map(extract.columns.map((column) => [column.name, column.title]))
  const columns = copiedColumns(extract).map((column) => {
    const title = titles.get(column.name)
    return { ...column, ...(title ? { title } : {}) }
  })
  const { id } = extract.dataset
  const next = { table, dataset: id, sources: [id], rows, at: at.toISOString(), columns, source: { relation, xmin } }
  const parts = { ...opened, rows }
  if (!last?.source || last.source.relation !== relation || !sameColumns(last, columns))
    return { ...next, ...(await writeBase(parts)) }
  const delta = await writeDelta(parts, last, last.source.xmin)
  const { base, baseRows, sorted } = last
  if (delta.rows * FOLD <= baseRows && sorted === parts.sorted)
    return { ...next, base, baseRows, ...(sorted ? { sorted } : {}), ...(delta.file ? { delta: delta.file } : {}) }
  return { ...next, ...(await fold(parts, { ...last, delta: delta.file })) }
}

const sameColumns = (last: Manifest, columns: Manifest['columns']): boolean =>
  JSON.stringify(last.columns.map(({ name, type }) => [name, type])) ===
  JSON.stringify(columns.map(({ name, type }) => [name, type]))

type Base = Pick<Manifest, 'base' | 'baseRows' | 'sorted'>

async function writeBase(parts: Parts): Promise<Base> {
  const { client, folders, extract, table, rows, progress, signal } = parts
  const csv = folders.path(table, `${randomUUID()}.csv`)
  await copyOut(client, copySql(extract), csv, {
    ...(signal ? { signal } : {}),
    ...(progress ? { progress: (lines) => progress(Math.min(lines, rows), rows) } : {}),
  })
  return storeBase(parts, `select * from ${readCsv(csv, copiedColumns(extract))}`)
}

/** The base with its delta becomes the new base; the database need not send it again. */
const fold = (parts: Parts, last: Omit<Manifest, 'delta'> & { readonly delta: string | undefined }): Promise<Base> => {
  const { delta, ...rest } = last
  return storeBase(parts, parts.folders.rowsSql({ ...rest, ...(delta ? { delta } : {}) }))
}

async function storeBase({ folders, table, rows, sorted, signal }: Parts, select: string): Promise<Base> {
  const base = `base-${randomUUID()}.parquet`
  const inOrder = sorted ? `select * from (${select}) order by ${name(sorted)}` : select
  await script(folders, table, [storeSql(inOrder, folders.path(table, base))], signal)
  return { base, baseRows: rows, ...(sorted ? { sorted } : {}) }
}
