import type { Batch, Step, Value } from '../../contract.ts'

/** What an engine process is asked to do. */
export interface Task {
  /** Trusted statements, run before the engine is locked. */
  readonly prepare: readonly string[]
  /** The only files within reach once it is locked. */
  readonly files: readonly string[]
  /** Somebody's statement; must be a single one that reads. Without it the answer is that of the last trusted one. */
  readonly sql?: string
  readonly values: readonly Value[]
  /** Tells the words of the statement's plan before its answer. */
  readonly tellsPlan?: boolean
  /** File to store the answer in, instead of answering. */
  readonly into?: string
  readonly rows: number
  readonly bytes: number
  readonly threads: number
  /** Folder for what does not fit into memory; none for questions. */
  readonly spill?: string
  /** Somebody's statements, each stored as a table for the next. */
  readonly steps?: readonly Step[]
  /** Steps to store in files of their own, which are within reach besides. */
  readonly stores?: readonly { readonly step: string; readonly file: string }[]
  /** A statement whose rows are written as CSV. */
  readonly text?: { readonly sql: string; readonly file: string }
  /** Steps whose rows are told. */
  readonly answers?: readonly string[]
}

export type Report =
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'plan'; readonly words: readonly string[] | undefined }
  | { readonly kind: 'step-failed'; readonly step: string; readonly text: string }
  | { readonly kind: 'stored'; readonly step: string; readonly rows: number; readonly columns: Batch['columns'] }
  | { readonly kind: 'written'; readonly rows: number }
  | { readonly kind: 'answered'; readonly step: string; readonly rows: Batch['rows'] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly text: string }

/** Text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
/** A name of table or column. */
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`
