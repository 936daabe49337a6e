import type { Generated, JSONColumnType, Selectable, Updateable } from 'kysely'
import type { ColumnProfile, Reading } from '#platform/registry'
import { type Db, tables, type Words } from '#runtime'
import type { Connection, FeedDefinition, SourceTable } from '../contract.ts'
import type { Drift, Reconciliation, RunState } from '../run.ts'
import type { Totals } from './connectors/connector.ts'
import type { Usual } from './drift/usual.ts'

type Json<T extends object> = JSONColumnType<T>

interface Tables {
  'sources.source': {
    id: string
    title: Json<Words>
    organisation: string
    connection: Json<Connection>
    secret: Buffer | null
    is_on: boolean
    problem: Json<Words> | null
    checked_at: Date | null
    by: string
    at: Date
  }
  'sources.feed': {
    id: string
    source: string
    dataset: string
    definition: Json<FeedDefinition>
    is_on: boolean
    mark: string | null
    baseline: Json<Baseline> | null
    next_at: Date | null
    last_good_at: Date | null
    late_told_at: Date | null
    by: string
    at: Date
  }
  'sources.run': {
    id: Generated<number>
    feed: string
    state: RunState
    replay_of: number | null
    attempts: Generated<number>
    rows: Generated<number>
    bytes: Generated<number>
    new_mark: string | null
    is_whole: Generated<boolean>
    takes_whole: Generated<boolean>
    has_more: Generated<boolean>
    totals: Json<Totals> | null
    removed: Generated<number>
    problem: Json<Words> | null
    remark: Json<Words> | null
    drift: Json<Drift> | null
    reconciliation: Json<Reconciliation> | null
    by: string
    started_at: Date
    moved_at: Date
    ended_at: Date | null
  }
  'sources.part': {
    run: number
    ordinal: number
    kind: 'rows' | 'increment' | 'deletes' | 'unreadable'
    batch: number | null
    totals: Json<Totals> | null
    file: string
    name: string
    bytes: number
    rows: number | null
    reading: Json<Reading> | null
    columns: Json<(string | null)[]> | null
    profile: Json<ColumnProfile[]> | null
    load: number | null
    is_done: Generated<boolean>
    problem: Json<Words> | null
    gone_at: Date | null
    from_run: number | null
    from_ordinal: number | null
  }
  'sources.seen_file': {
    feed: string
    name: string
    size: number
    changed_at: Date
    file: string
    run: number
  }
  'sources.batch': {
    id: Generated<number>
    feed: string
    key: string
    file: string
    name: string
    bytes: number
    totals: Json<Totals> | null
    run: number | null
    by: string
    at: Date
  }
  'sources.slot': {
    name: string
    place: string
    source: string
    feed: string
    made_at: Date
    lag_bytes: number | null
    looked_at: Date | null
    warned_at: Date | null
    problem: Json<Words> | null
  }
  'sources.found_table': {
    source: string
    name: string
    rows: number | null
    columns: Json<SourceTable['columns'][number][]>
    seen_at: Date
    gone_at: Date | null
  }
}

/** What accepted runs looked like: the columns that are known, and what values are usual. */
export interface Baseline {
  readonly run: number
  readonly columns: readonly ColumnProfile[]
  /** Column title → field. */
  readonly fields: Readonly<Record<string, string>>
  /** The last whole run, and the last increments that were enough to be compared with. */
  readonly whole?: Usual
  readonly increment?: Usual
  /** The increments since, together. */
  readonly recent?: Usual
}

export const sourcesTables = (db: Db) => tables<Tables>(db)

export type SourceRow = Selectable<Tables['sources.source']>
export type FeedRow = Selectable<Tables['sources.feed']>
export type FoundTableRow = Selectable<Tables['sources.found_table']>
export type RunRow = Selectable<Tables['sources.run']>
export type SlotRow = Selectable<Tables['sources.slot']>
export type PartRow = Selectable<Tables['sources.part']>
export type RunChange = Omit<Updateable<Tables['sources.run']>, 'state'>
