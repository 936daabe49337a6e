import type pg from 'pg'
import type { DatasetExtract } from '#platform/registry'
import { literal } from '../engine/protocol.ts'
import type { TableFolders } from './manifest.ts'

export interface RefreshRun {
  /** Column by which a base is to be sorted. */
  readonly sorted?: string | undefined
  readonly progress?: ((doneRows: number, ofRows: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** What one refresh stands on; the transaction sees one state of the database from beginning to end. */
export interface Parts extends RefreshRun {
  readonly client: pg.PoolClient
  readonly folders: TableFolders
  readonly extract: DatasetExtract
  readonly table: string
  /** Rows of the dataset. */
  readonly rows: number
}

/** Statement that stores the rows of a select in a file. */
export const storeSql = (select: string, file: string): string =>
  `copy (${select}) to ${literal(file)} (format parquet, compression zstd)`
