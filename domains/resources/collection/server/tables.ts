import type { Generated, JSONColumnType, Kysely, Selectable } from 'kysely'
import type { QualityCheck } from '#platform/registry'
import { type Db, tables, type Words } from '#runtime'
import type { Dimension, Severity } from '../declarations/dimensions.ts'

/** Of a system, that people used it or programs called it; of a table, that it was read. */
export type UseKind = 'used' | 'called' | 'read'

interface Tables {
  'collection.rule': {
    id: Generated<number>
    dataset: string
    title: JSONColumnType<Words>
    dimension: Dimension
    severity: Severity
    check: JSONColumnType<QualityCheck>
    least: number
    state: 'draft' | 'published' | 'withdrawn'
    replaces: number | null
    by: string
    at: Date
    decided_by: string | null
    decided_at: Date | null
  }
  'collection.result': {
    id: Generated<number>
    dataset: string
    rule: string
    at: Date
    rows: number
    bad: number
    least: number
    sample: number[]
    problem: JSONColumnType<Words> | null
  }
  'collection.score': {
    dataset: string
    day: string
    source: string
    total: number | null
    dimensions: JSONColumnType<Readonly<Record<string, number>>>
    rows: number
    pack: string
  }
  'collection.correction': {
    loop: string
    dataset: string
    rule: string
    load: number | null
    source: string
    opened_at: Date
    due: Date | null
    ended_at: Date | null
    outcome: 'closed' | 'waived' | 'lapsed' | null
    opened_again: Generated<number>
    first_bad: number
    last_bad: number
  }
  'collection.system_source': {
    source: string
    system: string
    by: string
    at: Date
  }
  'collection.declared_use': {
    system: string
    table: string
    kind: UseKind
    on: string
    by: string
    at: Date
  }
  'collection.objection': {
    loop: string
    dataset: string
    row: number | null
    version: number | null
    source: string
    by: string
    opened_at: Date
    ended_at: Date | null
  }
}

export const collectionTables = (db: Db): Kysely<Tables> => tables<Tables>(db)
export type CollectionRow<T extends keyof Tables> = Selectable<Tables[T]>
