import type { Readable } from 'node:stream'
import type { Static, TObject } from 'typebox'
import { type LocalDate, service, type Words, type Work } from '#runtime'
import type { AnyDataset, CodeList, Dataset } from './dataset.ts'
import type { DatasetDefinition } from './server/datasets/definition.ts'
import type { ColumnType } from './server/storage.ts'

export { type AnyDataset, type CodeList, type Dataset, dataset, type QualityRule } from './dataset.ts'
export { type FieldKind, type FieldMeta, field, fieldMeta } from './fields.ts'
export type { DatasetDefinition, FieldDefinition } from './server/datasets/definition.ts'
export { type Mismatch, mismatches } from './server/datasets/mismatches.ts'
export { type TableFormat, writeTable } from './server/export/write-table.ts'
export { checkCitizenNumber, citizenCheckDigit } from './server/identifiers/citizen.ts'
export { checkCreditCode, creditCheckDigit } from './server/identifiers/credit-code.ts'
export { type Suggestion, suggestFields } from './server/reading/suggest-fields.ts'
export { CopyIn } from './server/store/copy-in.ts'

/** A stored row: its fields and what the registry knows of it. */
export interface Row<T> {
  /** Number of the row within its dataset; stays the same through all versions. */
  readonly id: number
  readonly version: number
  /** Since when this version holds. */
  readonly since: Date
  /** Account or system actor that wrote this version. */
  readonly by: string
  /** Import and line of the file that this version came from. */
  readonly lineage: { readonly load: number; readonly line: number } | undefined
  readonly value: T
}

/** A condition on one field. Sealed fields know `is` only. */
export type Condition =
  | { readonly is: string | number | boolean }
  | { readonly in: readonly (string | number)[] }
  | { readonly prefix: string }
  | { readonly from?: string | number; readonly to?: string | number }
  | { readonly blank: boolean }

export interface ListOptions<T> {
  readonly where?: { readonly [K in keyof T]?: Condition }
  /** Field to order by, `-` before it for descending; the order of arrival unless said. */
  readonly sort?: (keyof T & string) | `-${keyof T & string}`
  /** Cursor of the page before. */
  readonly after?: string
  /** 1 to 10,000; 100 unless said. */
  readonly limit?: number
}

export interface Page<T> {
  readonly rows: readonly Row<T>[]
  /** Cursor of the next page; absent on the last one. */
  readonly next?: string
}

/** What writing did. `same` rows were equal already and got no new version. */
export interface Written {
  readonly inserted: number
  readonly changed: number
  readonly same: number
}

/**
 * Rows of datasets for modules, with validation, sealing, history and lineage, so that no system writes its own
 * statements for them. Rights are the caller's affair: nothing here asks for any.
 */
export interface Registry {
  /** The row with this key, as it is or as it was at an instant. */
  find<S extends TObject>(
    work: Work,
    dataset: Dataset<S>,
    key: Partial<Static<S>>,
    at?: Date,
  ): Promise<Row<Static<S>> | undefined>
  list<S extends TObject>(work: Work, dataset: Dataset<S>, options?: ListOptions<Static<S>>): Promise<Page<Static<S>>>
  /**
   * Inserts new rows and gives changed ones a new version; equal rows stay untouched.
   * @throws InvalidInput with an issue for each wrong value (`/3/phone`); nothing is written then
   */
  write<S extends TObject>(work: Work, dataset: Dataset<S>, rows: readonly Static<S>[]): Promise<Written>
  /** Deletes the rows with these keys; their last versions stay in the history. Returns how many there were. */
  remove<S extends TObject>(work: Work, dataset: Dataset<S>, keys: readonly Partial<Static<S>>[]): Promise<number>
}
export const registry = service<Registry>('registry')

/** How far an import is. */
export interface LoadProgress {
  readonly id: number
  readonly state: 'loading' | 'done' | 'cancelled' | 'failed'
  readonly inserted: number
  readonly changed: number
  readonly same: number
  /** Rows in the correction list. */
  readonly refused: number
}

/** What a steward does at the portal, for modules and tools that bring data along. */
export interface DataDesk {
  /** Makes a dataset, or its next version; returns its id. @throws InvalidInput naming each fault */
  define(work: Work, definition: DatasetDefinition): Promise<string>
  /** Starts the import of a file with the mapping remembered or guessed; returns its number. @throws InvalidInput */
  load(
    work: Work,
    file: { readonly dataset: string; readonly name: string; readonly content: Readable },
  ): Promise<number>
  /** @throws NotFound */
  progress(load: number): Promise<LoadProgress>
}
export const dataDesk = service<DataDesk>('registry.data-desk')

/**
 * What may leave the registry as a copy of a dataset: its table and columns. Of what is sealed only the blind index is
 * in it, by which rows of one person are found to be of one person and nothing else is told.
 */
export interface DatasetExtract {
  readonly dataset: AnyDataset
  /** Right to read the rows. */
  readonly readRight: string
  /** `schema.table`, as SQL with its quotes. */
  readonly table: string
  /** Columns of fields, of sealed ones the blind index; `_id`, `_version` and `_since` are there besides. */
  readonly columns: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly title: Words
    readonly personal: boolean
  }[]
}

/** Datasets with a table, declared or defined by stewards, for what copies them as a whole. */
export interface DatasetExtracts {
  all(): readonly DatasetExtract[]
  /** @throws NotFound also for a dataset of the series store */
  get(id: string): DatasetExtract
}
export const datasetExtracts = service<DatasetExtracts>('registry.dataset-extracts')

/** One edition of a code list and the day it begins; what the product ships is edition 0. */
export interface CodeListEdition extends CodeList {
  readonly edition: number
  readonly validFrom: LocalDate
  /** What changed, in a sentence. */
  readonly note: string
}

/** Code lists and their editions. Data are checked against the edition in force on the day. */
export interface CodeLists {
  /** Every list as it is in force today. */
  all(): readonly CodeListEdition[]
  /** All editions of a list, oldest first; none for a list that is not there. */
  editions(id: string): readonly CodeListEdition[]
  /** @throws InvalidInput for a day gone by, or an edition that begins before the last one */
  add(work: Work, edition: Omit<CodeListEdition, 'edition'>): Promise<CodeListEdition>
}
export const codeLists = service<CodeLists>('registry.code-lists')

/**
 * Topic of the event that follows every write, deletion, correction and stored part of an import that changed rows; its
 * key is the dataset's id. Heard by `app.hear`; it has no audience in the portal.
 */
export const ROWS_CHANGED = 'registry.rows-changed'
