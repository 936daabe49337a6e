import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { literal } from '../engine/protocol.ts'
import { copiedColumns, copyOut, copySql, readCsv } from './copy-out.ts'
import type { Manifest } from './manifest.ts'
import { type Parts, storeSql } from './parts.ts'
import { script } from './script.ts'

export interface Delta {
  /** Absent when nothing has changed since the base. */
  readonly file?: string
  /** How many rows changed, gone ones with them. */
  readonly rows: number
}

/**
 * What changed since the base: the delta before, and the rows written since. Those are found by the transaction that
 * wrote them, not by `_since`: a transaction that began before the last run and was confirmed after it is not missed.
 * With them the copy holds every row of the database; so only if it holds more have rows gone, and their numbers are
 * compared.
 */
export async function writeDelta(parts: Parts, last: Manifest, xmin: string): Promise<Delta> {
  const { client, folders, extract, table, signal, progress } = parts
  const wraps = BigInt(xmin) % 2n ** 32n
  const csv = folders.path(table, `${randomUUID()}.csv`)
  await copyOut(client, copySql(extract, `where age(t.xmin) <= age('${wraps}'::xid)`), csv, signal ? { signal } : {})
  const next = await merge(parts, last, csv)
  progress?.(parts.rows, parts.rows)
  if (next.merged === parts.rows) return next.rows === 0 ? { rows: 0 } : next
  const { delta: _before, ...base } = last
  const merged = { ...base, ...(next.file ? { delta: next.file } : {}) }
  const ids = folders.path(table, `${randomUUID()}.ids`)
  await copyOut(client, `select _id from ${extract.table}`, ids, signal ? { signal } : {})
  return without(parts, merged, ids)
}

/** The delta before with the fresh rows over it, the same file if there are none; and how many rows the copy has with it. */
async function merge(parts: Parts, last: Manifest, csv: string): Promise<Delta & { readonly merged: number }> {
  const { folders, extract, table, signal } = parts
  if ((await stat(csv)).size === 0) {
    await rm(csv)
    return counted(parts, last)
  }
  const file = `delta-${randomUUID()}.parquet`
  const columns = copiedColumns(extract)
  await script(
    folders,
    table,
    [
      `create table before as ${deltaSql(parts, last)}`,
      `create table fresh as select * from ${readCsv(csv, columns)}`,
      storeSql(
        `select *, false as _removed from fresh
          union all select * from before where _removed or _id not in (select _id from fresh)
          union all ${wereSql(parts, last, 'fresh')}`,
        folders.path(table, file),
      ),
    ],
    signal,
  )
  await rm(csv)
  return counted(parts, { ...last, delta: file })
}

/** The rows of a delta, none when there is none. */
const deltaSql = ({ folders, table }: Parts, last: Manifest): string =>
  last.delta
    ? `select * from read_parquet(${literal(folders.path(table, last.delta))})`
    : `select *, true as _removed from (${folders.baseSql(last)}) limit 0`

/** The rows of the base that some numbers change for the first time, as they were. */
const wereSql = ({ folders }: Parts, last: Manifest, changed: 'fresh' | 'gone'): string =>
  `select *, true as _removed from (${folders.baseSql(last)})
    where _id in (select _id from ${changed} except select _id from before where _removed)`

async function counted(
  { folders, table, signal }: Parts,
  state: Manifest,
): Promise<Delta & { readonly merged: number }> {
  const { delta: file } = state
  const inDelta = file
    ? `select count(distinct _id) from read_parquet(${literal(folders.path(table, file))})`
    : 'select 0'
  const question = `select (${inDelta}), (select count(*) from (${folders.rowsSql(state)}))`
  const [rows, merged] = await script(folders, table, [question], signal)
  return { ...(file ? { file } : {}), rows: Number(rows), merged: Number(merged) }
}

/** The delta with the rows that the database has no longer. */
async function without(parts: Parts, last: Manifest, ids: string): Promise<Delta> {
  const { folders, table, signal } = parts
  const file = `delta-${randomUUID()}.parquet`
  const present = readCsv(ids, [{ name: '_id', type: 'BIGINT' }])
  const [rows] = await script(
    folders,
    table,
    [
      `create table before as ${deltaSql(parts, last)}`,
      `create table present as select * from ${present}`,
      `create table gone as select _id from (${folders.rowsSql(last)}) where _id not in (select _id from present)`,
      storeSql(
        `select * from before where _removed or _id not in (select _id from gone) union all ${wereSql(parts, last, 'gone')}`,
        folders.path(table, file),
      ),
      `select count(distinct _id) from read_parquet(${literal(folders.path(table, file))})`,
    ],
    signal,
  )
  await rm(ids)
  return { file, rows: Number(rows) }
}
