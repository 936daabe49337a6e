import type { Readable } from 'node:stream'
import type { DatasetExtract } from '#platform/registry'
import { service, type Words } from '#runtime'

export { stabilityIndex } from './measures/stability-index.ts'
export { wilson } from './measures/wilson.ts'
export { wordsIn } from './words-in.ts'

export type Value = string | number | boolean | null

/** What a question may use; beyond it ends. */
export interface Limits {
  readonly seconds: number
  /** Memory of the engine, at least 64 MiB; nothing is set aside on disk. */
  readonly bytes: number
  /** Rows of the answer; the last batch says `cut` when there were more. */
  readonly rows: number
}

export interface Question {
  /** One statement that reads, in DuckDB's SQL. */
  readonly sql: string
  /** Values of `$1`, `$2`, … */
  readonly values?: readonly Value[]
  /** Tables it may see; no other file, network or setting is within its reach. */
  readonly tables: readonly string[]
  readonly limits: Limits
  /** Ends the question at once. */
  readonly signal?: AbortSignal
  /** Hears how far it is, 0 to 1, where the engine knows. */
  readonly progress?: (share: number) => void
  /**
   * Hears before the answer the words of the plan, in lower case: of the tables' columns all those that the answer can
   * depend on are among them. Undefined when the engine cannot tell.
   */
  readonly planned?: (words: readonly string[] | undefined) => void
}

/** Some rows of an answer; the first batch comes also when there are none. Long numbers, days and instants are text. */
export interface Batch {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Value[])[]
  readonly cut: boolean
}

/** A table that questions can name. */
export interface Snapshot {
  /** `registry.person` → `registry_person` */
  readonly table: string
  /** The dataset it is a copy of; absent for a kept answer. */
  readonly dataset?: string
  /** A computation keeps it for itself; nobody asked for it by a question. */
  readonly isInner?: true
  /** Datasets whose facts are in it, also through other kept answers: who may read them all may read it. */
  readonly sources: readonly string[]
  readonly rows: number
  readonly bytes: number
  /** What was confirmed in the database before this instant is in it. */
  readonly at: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly title?: Words }[]
  /**
   * Changes when it is copied anew or folded. While it stays, `<table>_base` of a computation holds the rows as they were
   * then, and `<table>_changed` every row that was changed, added or removed since, as it was and as it is.
   */
  readonly base: string
  /** Changes whenever its rows do. */
  readonly state: string
}

/** A table made on the way of a computation, which the steps after it can name. */
export interface Step {
  readonly name: string
  /** One statement that reads, in DuckDB's SQL. */
  readonly sql: string
  /** What takes its place when it is wrong, which is told; without it everything ends. */
  readonly otherwise?: string
}

/** Many questions over the same tables, answered by one engine, each after those before it that it names. */
export interface Computation {
  readonly steps: readonly Step[]
  /** Tables it may see; of a dataset's copy also `<table>_base` and `<table>_changed`. */
  readonly tables: readonly string[]
  /** Steps that become tables of their own: name of the table → step. */
  readonly keep: Readonly<Record<string, string>>
  /** Steps whose rows come back; for few rows. */
  readonly answer: readonly string[]
  /** One statement over the steps whose rows are written as CSV in its order, for another program to take in. */
  readonly text?: string
  readonly limits: Omit<Limits, 'rows'>
  readonly signal?: AbortSignal
  readonly progress?: (share: number) => void
}

export interface Computed {
  readonly kept: readonly Snapshot[]
  readonly answers: ReadonlyMap<string, readonly (readonly Value[])[]>
  /** What was wrong with steps that were answered otherwise. */
  readonly failed: ReadonlyMap<string, Words>
  /** CSV without a head; null is nothing, an empty text is quoted. To be removed by whoever has read it. */
  readonly text?: { readonly rows: number; open(): Readable; remove(): Promise<void> }
}

/**
 * Questions over copies of datasets, by an engine of its own beside the database. The engine sees no rights: whoever
 * asks answers for who may see the answer. Of sealed fields a copy has the blind index only.
 */
export interface Analytics {
  /**
   * Brings the copy of a dataset up to now: a base and a delta of what changed since, folded when the delta is large. A
   * run that is killed leaves the copy before. @throws NotFound
   */
  refresh(
    dataset: string,
    progress?: (doneRows: number, ofRows: number) => void,
    signal?: AbortSignal,
  ): Promise<Snapshot>
  /**
   * Lays the copy of a dataset down in the order of a column, from its next refresh on: what groups or joins by it reads
   * several times faster. The first who asks for a dataset is heeded.
   */
  sortBy(dataset: string, column: string): void
  /** Every table that there is. */
  tables(): Promise<readonly Snapshot[]>
  /**
   * Rows of the answer as they come. A reader that stops reading ends the question.
   * @throws InvalidInput `wrong-question` with the place `/sql/<line>/<column>`, `no-snapshot`, `question-too-long`,
   * `question-too-large`, `question-cancelled`
   */
  ask(question: Question): AsyncIterable<Batch>
  /**
   * Stores the answer as a table of its own, exchanged at once when whole; `limits.rows` is not heeded, and one run at a
   * time for a table is the caller's affair. @throws as `ask`; Conflict when a dataset has that name
   */
  keep(table: string, question: Question): Promise<Snapshot>
  /**
   * Answers many questions that build on each other, and stores what is to be kept. Kept tables are exchanged one after
   * the other when all is done. @throws as `keep`
   */
  compute(computation: Computation): Promise<Computed>
  /** Removes a kept table; none is no mistake. */
  drop(table: string): Promise<void>
  /**
   * Writes rows as one Parquet file, for what leaves the program as a file; texts of the cells as PostgreSQL would write
   * them, lists and JSON as text. The reader of the answer gets the bytes, after which the file is gone.
   */
  parquet(table: RowTable, signal?: AbortSignal): Promise<Readable>
}

/** Rows on their way into a file. */
export interface RowTable {
  readonly columns: readonly { readonly name: string; readonly type: DatasetExtract['columns'][number]['type'] }[]
  /** Cells in the order of the columns; null is missing. */
  readonly rows: AsyncIterable<readonly (string | null)[]>
}
export const analytics = service<Analytics>('analytics')
