import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { literal, name } from '../engine/protocol.ts'
import { copiedColumns, copyOut, copySql, readCsv } from './copy-out.ts'
import type { Manifest } from './manifest.ts'
import { type Parts, storeSql } from './parts.ts'
import { script } from './script.ts'

export interface Delta {
  /** Absent when nothing has changed since the base. */
  readonly file?: string
  /** Rows in it, gone ones with them. */
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
  const listed = columns.map((column) => name(column.name)).join(', ')
  const before = last.delta
    ? `union all select ${listed}, _removed from read_parquet(${literal(folders.path(table, last.delta))})
       where _id not in (select _id from fresh)`
    : ''
  await script(
    folders,
    table,
    [
      `create table fresh as select * from ${readCsv(csv, columns)}`,
      storeSql(`select ${listed}, false as _removed from fresh ${before}`, folders.path(table, file)),
    ],
    signal,
  )
  await rm(csv)
  return counted(parts, { ...last, delta: file })
}

async function counted(
  { folders, table, signal }: Parts,
  state: Manifest,
): Promise<Delta & { readonly merged: number }> {
  const { delta: file } = state
  const inDelta = file ? `select count(*) from read_parquet(${literal(folders.path(table, file))})` : 'select 0'
  const question = `select (${inDelta}), (select count(*) from (${folders.rowsSql(state)}))`
  const [rows, merged] = await script(folders, table, [question], signal)
  return { ...(file ? { file } : {}), rows: Number(rows), merged: Number(merged) }
}

/** The delta with the numbers of the rows that the database has no longer. */
async function without(parts: Parts, last: Manifest, ids: string): Promise<Delta> {
  const { folders, table, signal } = parts
  const delta = last.delta
    ? `select * from read_parquet(${literal(folders.path(table, last.delta))})`
    : `select *, false as _removed from (${folders.rowsSql(last)}) limit 0`
  const file = `delta-${randomUUID()}.parquet`
  const present = readCsv(ids, [{ name: '_id', type: 'BIGINT' }])
  const [rows] = await script(
    folders,
    table,
    [
      `create table delta as ${delta}`,
      `create table present as select * from ${present}`,
      `create table gone as select _id from (${folders.rowsSql(last)}) where _id not in (select _id from present)`,
      'delete from delta where _id in (select _id from gone)',
      'insert into delta (_id, _removed) select _id, true from gone',
      storeSql('select * from delta', folders.path(table, file)),
      'select count(*) from delta',
    ],
    signal,
  )
  await rm(ids)
  return { file, rows: Number(rows) }
}
