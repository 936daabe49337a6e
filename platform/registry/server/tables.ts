import type { Generated, JSONColumnType, Kysely } from 'kysely'
import { type Db, type LocalDate, tables, type Words } from '#runtime'
import type { CellReason } from './loading/prepare-chunk.ts'
import type { Reading } from './reading/reading.ts'

type Json<T extends object> = JSONColumnType<T>

interface Tables {
  'registry.history': {
    dataset: string
    row: number
    key: string
    version: number
    since: Date
    until: Date
    data: Json<Record<string, unknown>>
    by: string
    ended_by: string
    deleted: boolean
    load: number | null
    line: number | null
  }
  'registry.definition': { id: string; version: number; declaration: Json<object>; by: string; at: Date }
  'registry.code_list': {
    id: string
    edition: number
    title: Json<Words>
    source: string
    codes: Json<Record<string, Words>>
    valid_from: LocalDate
    note: string
    by: string
    at: Date
  }
  'registry.searchable': { dataset: string; field: string; by: string; at: Date }
  'registry.file': {
    sm3: string
    name: string
    size: number
    by: string
    organisation: string
    at: Date
    gone_at: Date | null
  }
  'registry.mapping': {
    dataset: string
    organisation: string
    header: string
    columns: Json<Record<string, string>>
    by: string
    at: Date
  }
  'registry.load': {
    id: Generated<number>
    dataset: string
    file: string
    file_name: string
    reading: Json<Reading>
    columns: Json<(string | null)[]>
    state: 'loading' | 'done' | 'cancelled' | 'failed'
    rows_read: Generated<number>
    bytes_read: Generated<number>
    bytes: number
    inserted: Generated<number>
    changed: Generated<number>
    same: Generated<number>
    refused: Generated<number>
    problem: Json<Words> | null
    by: string
    organisation: string
    started_at: Date
    moved_at: Date
    ended_at: Date | null
  }
  'registry.correction': {
    id: Generated<number>
    dataset: string
    deliverer: string
    file: string
    line: number
    load: number
    cells: Buffer
    reasons: Json<CellReason[]>
    key: Buffer | null
    content: Buffer | null
    came: number | null
    state: Generated<'open' | 'corrected' | 'dropped' | 'waived' | 'superseded'>
    by: string | null
    at: Date | null
  }
  'registry.view': { account: string; dataset: string; name: string; query: Json<object>; at: Date }
}

export const registryTables = (db: Db): Kysely<Tables> => tables<Tables>(db)

/** Rows as they are read. */
export type RegistryRow<T extends keyof Tables> = import('kysely').Selectable<Tables[T]>
