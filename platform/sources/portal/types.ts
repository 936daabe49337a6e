import type { LoadProgress, ValueKind } from '#platform/registry'
import type { Words } from '../../runtime/words.ts'
import type { FeedView, RunReport, SourceTable, SourceView } from '../contract.ts'

/** What JSON makes of instants. */
export type AsJson<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? readonly AsJson<E>[]
    : T extends object
      ? { readonly [K in keyof T]: AsJson<T[K]> }
      : T

export type Source = AsJson<SourceView>
export type Feed = AsJson<FeedView>
export type Table = AsJson<SourceTable>
export type Run = AsJson<RunReport>

export interface SourceDetail extends Source {
  readonly feedList: readonly Feed[]
  /** Runs that hold files or batches which are not stored, latest first. */
  readonly stopped: readonly { readonly id: number; readonly feedTitle: Words; readonly startedAt: string }[]
}

export interface SourceList {
  readonly rows: readonly Source[]
  /** Folder of this machine under which folders of files lie. */
  readonly inbox: string
  readonly hosts: readonly string[]
}

export interface ColumnBrief {
  readonly filled: number
  readonly blank: number
  readonly distinct: number
  readonly kind: ValueKind
  readonly min: string | null
  readonly max: string | null
  readonly codes: Readonly<Record<string, number>> | null
}

export interface ColumnComparison {
  readonly name: string
  readonly field: string | null
  readonly fieldBefore: string | null
  readonly before: ColumnBrief | null
  readonly now: ColumnBrief | null
}

export interface RunDetail extends Run {
  readonly source: { readonly id: string; readonly title: Words; readonly organisation: string }
  readonly parts: readonly {
    readonly ordinal: number
    readonly kind: 'rows' | 'increment' | 'deletes' | 'unreadable'
    readonly name: string
    readonly bytes: number
    readonly rows: number | null
    readonly file: string
    /** What of a pushed batch could not be read. */
    readonly problem: Words | null
    /** Since when its bytes are not kept any more. */
    readonly goneAt: string | null
    /** The later run whose part is stored once more behind those of this one. */
    readonly fromRun: number | null
    readonly load: LoadProgress | null
  }[]
  /** Pushed batches that could be read and are not stored yet: all of them are accepted or refused together. */
  readonly waitingBatches: number
  readonly columns: readonly ColumnComparison[]
}
