import type { Readable } from 'node:stream'
import type { Static, TObject } from 'typebox'
import { type Actor, type Db, type LocalDate, service, type Words, type Work } from '#runtime'
import type { AnyDataset, CodeList, Dataset } from './dataset.ts'
import type { FieldMeta } from './fields.ts'
import type { CellHash, FileProfile } from './profile.ts'
import type { DatasetDefinition } from './server/datasets/definition.ts'
import type { KeptFile } from './server/file-store.ts'
import type { RowNumbers } from './server/handouts/row-numbers.ts'
import type { Inspection } from './server/loading/inspect-file.ts'
import type { Reading } from './server/reading/reading.ts'
import type { ColumnType } from './server/storage.ts'

export { type AnyDataset, type CodeList, type Dataset, dataset, type QualityRule } from './dataset.ts'
export { type FieldKind, type FieldMeta, field, fieldMeta } from './fields.ts'
export type { CellHash, ColumnProfile, FileProfile, ValueKind } from './profile.ts'
export { instantOf } from './server/cells/dates.ts'
export type { DatasetDefinition, FieldDefinition } from './server/datasets/definition.ts'
export { type Mismatch, mismatches } from './server/datasets/mismatches.ts'
export { csvCell, neutral } from './server/export/neutral.ts'
export { type TableFormat, tableFile, writeTable } from './server/export/write-table.ts'
export type { KeptFile } from './server/file-store.ts'
export { RowNumbers } from './server/handouts/row-numbers.ts'
export { checkCitizenNumber, citizenCheckDigit, upgradeCitizenNumber } from './server/identifiers/citizen.ts'
export { checkCreditCode, creditCheckDigit } from './server/identifiers/credit-code.ts'
export type { Inspection } from './server/loading/inspect-file.ts'
export { canonicalDecimal } from './server/profile/decimal-sum.ts'
export { QualityCheck } from './server/quality/check.ts'
export { type CheckContext, type PlannedCheck, planCheck } from './server/quality/plan-check.ts'
export { encodingOfFile } from './server/reading/encoding.ts'
export type { Reading } from './server/reading/reading.ts'
export { type Suggestion, suggestFields } from './server/reading/suggest-fields.ts'
export { masked } from './server/rows/mask.ts'
export { noteShown } from './server/rows/note-read.ts'
export type { UnsealedPurpose } from './unsealed-purpose.ts'

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
  /** Fields to give; sealed ones that are not among them are not opened. All unless said. */
  readonly fields?: readonly (keyof T & string)[]
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
  readonly rowsRead: number
  readonly bytesRead: number
  readonly inserted: number
  readonly changed: number
  readonly same: number
  /** Rows in the correction list. */
  readonly refused: number
  /** Why it failed. */
  readonly problem: Words | null
}

/** Kept bytes as rows of a dataset. */
export interface FileOfRows {
  readonly file: KeptFile
  readonly reading: Reading
  /** Field of each column of the file (`phone`, `site.lng`), null to leave it out. */
  readonly columns: readonly (string | null)[]
}

/** What a steward does at the portal, for modules and tools that bring data along. */
export interface DataDesk {
  /** Makes a dataset, or its next version; returns its id. @throws InvalidInput naming each fault */
  define(work: Work, definition: DatasetDefinition): Promise<string>
  /**
   * Keeps bytes until they are discarded, once by their content; outside any transaction, because bytes come slowly. What
   * is not noted, inspected or imported is deleted after a week. @throws InvalidInput (type, virus), TooLarge
   */
  keep(name: string, content: Readable): Promise<KeptFile>
  /** Says that kept bytes are counted on, so that they stay until they are discarded. @param owner who offers them */
  note(work: Work, file: KeptFile, owner: Actor): Promise<void>
  /** Where kept bytes lie, to be read only. */
  pathOf(sm3: string): string
  /**
   * How a kept file can be read, unless the caller knows, and which column is which field, remembered or guessed.
   * @throws InvalidInput
   */
  inspect(work: Work, dataset: string, file: KeptFile, reading?: Reading): Promise<Inspection>
  /** What its columns look like, by reading it whole. @throws InvalidInput if it cannot be read to its end */
  profile(sm3: string, reading: Reading, hash: CellHash, signal: AbortSignal): Promise<FileProfile>
  /** Starts the import of a kept file and remembers its mapping; returns its number. @throws InvalidInput, NotFound */
  start(work: Work, request: FileOfRows & { readonly dataset: string }): Promise<number>
  /** `keep`, `inspect` and `start` at once. @throws InvalidInput */
  load(
    work: Work,
    file: { readonly dataset: string; readonly name: string; readonly content: Readable },
  ): Promise<number>
  /** @throws NotFound */
  progress(load: number): Promise<LoadProgress>
  /** Of several at once; those that are not there are left out. */
  progressOf(loads: readonly number[]): Promise<ReadonlyMap<number, LoadProgress>>
  /** Datasets into which an import is on its way. */
  loading(): Promise<ReadonlySet<string>>
  /** Ends an import; what is stored stays. @returns false if it had ended */
  cancel(work: Work, load: number): Promise<boolean>
  /** Lets a cancelled or failed import go on where it stood. @returns false if it was not stopped */
  resume(work: Work, load: number): Promise<boolean>
  /**
   * Deletes, all or nothing, the rows whose keys stand in these files (`listed`), or those of one writer whose keys stand
   * in none of them (`missing`); last versions stay in the history. Deletes none if there would be more than `most`.
   * @throws InvalidInput `key-unmapped`
   */
  removeByKeys(actor: Actor, request: RemoveByKeys, signal: AbortSignal): Promise<Removal>
  /**
   * Whoever acts has handed over all there is: rows of it that earlier imports refused and that are not in these files
   * again are past, unless they were waived.
   */
  settleRefused(work: Work, whole: WholeFiles): Promise<void>
  /**
   * Deletes kept bytes, in a unit of work of its own, unless somebody else offered or imported them, an import still reads
   * them, or they were offered within a day. May be asked again. @returns those that are gone
   */
  discard(actor: Actor, request: DiscardFiles): Promise<readonly string[]>
}

export interface DiscardFiles {
  /** SM3 of each. */
  readonly files: readonly string[]
  /** Accounts and system actors whose files they are. */
  readonly importedBy: readonly string[]
}

export interface WholeFiles {
  readonly dataset: string
  /** SM3 of each; all have been imported. */
  readonly files: readonly string[]
}

export interface RemoveByKeys {
  readonly dataset: string
  readonly files: readonly FileOfRows[]
  /** `missing`: of the rows whose present version this account or system actor wrote. */
  readonly which: 'listed' | { readonly missing: { readonly writtenBy: string } }
  /** More than this share of the rows, and more than so many, are not deleted. */
  readonly most?: { readonly share: number; readonly rows: number }
}

export interface Removal {
  /** Rows that were deleted, or would have been. */
  readonly rows: number
  /** All rows of the dataset, or of the writer. */
  readonly of: number
  readonly isDone: boolean
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
    /** Name of the field that it is of. */
    readonly field: string
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

/** For modules that write very many rows into tables of their own. */
export interface BulkCopy {
  /**
   * COPY inside the transaction of a unit of work.
   * @param statement `copy … from stdin`
   * @param source rows in the format that the statement names
   */
  stream(tx: Db, statement: string, source: Readable): Promise<void>
}

export const bulkCopy = service<BulkCopy>('registry.bulk-copy')

/** One edition of a code list and the day it begins; what the product ships is edition 0. */
export interface CodeListEdition extends CodeList {
  readonly edition: number
  readonly validFrom: LocalDate
  /** What changed, in a sentence. */
  readonly note: string
}

/** How many rows of a dataset hold certain codes in a field. */
export interface HeldCodes {
  readonly dataset: string
  readonly field: string
  readonly rows: number
}

/** Code lists and their editions. Data are checked against the edition in force on the day. */
export interface CodeLists {
  /** Every list as it is in force today. */
  all(): readonly CodeListEdition[]
  /** All editions of a list, oldest first; none for a list that is not there. */
  editions(id: string): readonly CodeListEdition[]
  /** @throws InvalidInput for a day gone by, or an edition that begins before the last one */
  add(work: Work, edition: Omit<CodeListEdition, 'edition'>): Promise<CodeListEdition>
  /**
   * Fields that take their values from a list and hold one of these codes now, so that somebody can say what its going
   * means. Reads whole tables, so it takes seconds where they have millions of rows; sealed values are not looked at.
   */
  held(db: Db, list: string, codes: readonly string[]): Promise<readonly HeldCodes[]>
}
export const codeLists = service<CodeLists>('registry.code-lists')

/** Rows of any dataset as their reader may see them: by right and reach, for a purpose, personal values masked. */
export interface RowSight {
  /**
   * Those of the rows with these numbers that are within reach; leaves an audit record that names the personal ones.
   * @throws Forbidden, InvalidInput purpose-needed
   */
  rows(work: Work, dataset: string, ids: readonly number[]): Promise<readonly Row<Record<string, unknown>>[]>
  /** Version of a row as it is now; undefined when there is none. */
  version(work: Work, dataset: string, row: number): Promise<number | undefined>
  /** Numbers of rows with these values, twenty at most; nothing of the rows is told, so no right is asked. */
  find(work: Work, dataset: string, equal: Readonly<Record<string, string>>): Promise<readonly number[]>
}
export const rowSight = service<RowSight>('registry.row-sight')

/** Something that a reader must know of a row besides its values, e.g. that its subject objects to it. */
export interface Mark {
  /** Stable and public, e.g. `under-objection`. */
  readonly code: string
  readonly title: Words
  /** Since when, ISO 8601. */
  readonly since: string
  /** Page that tells more. */
  readonly path?: string
}
export interface MarkSource {
  of(db: Db, dataset: string, rows: readonly number[]): Promise<ReadonlyMap<number, Mark>>
  /** Whether any row of the dataset is marked now. */
  any(db: Db, dataset: string): Promise<boolean>
}

/** Something that can be done about any row, shown on its page to those with the right. */
export interface RowLink {
  readonly right: string
  readonly title: Words
  readonly path: (dataset: string, row: number) => string
}

/** What modules say of rows; whoever shows a row or hands it out says it too. */
export interface RowMarks {
  /** Called while a server part is made. */
  source(source: MarkSource): void
  link(link: RowLink): void
  /** Marks of those of these rows that have any, by number. */
  of(db: Db, dataset: string, rows: readonly number[]): Promise<ReadonlyMap<number, readonly Mark[]>>
  /** Whether any row of the dataset is marked; a change may be heard some seconds later. */
  any(db: Db, dataset: string): Promise<boolean>
  /** Called by a source where it sets or lifts a mark: who follows the dataset hears of these rows again. @throws NotFound */
  changed(work: Work, dataset: string, rows: readonly number[]): Promise<void>
  linksFor(actor: Actor, dataset: string, row: number): readonly { readonly title: Words; readonly path: string }[]
}
export const rowMarks = service<RowMarks>('registry.row-marks')

/**
 * Rows that imports refused, for what sees to it that they are corrected. A dataset has one list for each that delivers to
 * it, a feed or an organisation: a row stands there once, as it came last, until a later import brings it in good order, a
 * whole snapshot has it no more, or somebody decides. Any import of the deliverer names its list. All throw NotFound.
 */
export interface CorrectionLists {
  of(work: Work, load: number): Promise<CorrectionCounts>
  /** Lists of a dataset in which rows wait or were given up. */
  all(work: Work, dataset: string): Promise<readonly CorrectionCounts[]>
  /** How many rows wait in all lists of a dataset. */
  waiting(work: Work, dataset: string): Promise<number>
  /** Puts rows that the source gave up back into the list. */
  takeBack(work: Work, load: number): Promise<void>
  /** Leaves rows out for good, also when the very same come again. */
  waive(work: Work, load: number, which: readonly ('open' | 'dropped')[]): Promise<void>
  /** Rows of the list by number, all columns that say something personal masked. @param after number of a row */
  rows(work: Work, load: number, after: number, limit: number): Promise<readonly RefusedRow[]>
}
export const correctionLists = service<CorrectionLists>('registry.correction-lists')

export interface CorrectionCounts {
  readonly dataset: string
  /** System actor of a feed, or an organisation. */
  readonly deliverer: string
  /** The last import that refused a row of it; while none waits the one by which it was asked for. */
  readonly load: number
  /** Of that import. */
  readonly fileName: string
  readonly rowsRead: number
  readonly open: number
  /** Given up by the source. */
  readonly dropped: number
}

export interface RefusedRow {
  readonly id: number
  /** Import that refused it last, and the line of its file. */
  readonly load: number
  readonly line: number
  readonly state: 'open' | 'dropped'
  readonly reasons: readonly { readonly field: string | null; readonly message: Words }[]
  readonly cells: readonly { readonly title: string; readonly value: string }[]
}

/** A field of a dataset as it is declared. */
export interface DatasetField {
  readonly name: string
  readonly meta: FieldMeta
  readonly required: boolean
}

/** An import that brought rows: which column of which file went into which field. */
export interface DatasetOrigin {
  readonly load: number
  readonly file: string
  /** Organisation that handed the file in. */
  readonly organisation: string
  readonly at: Date
  readonly rows: number
  readonly columns: readonly { readonly header: string; readonly field: string }[]
}

/** Every dataset that there is, declared or defined by stewards, for catalogues. */
export interface DatasetDirectory {
  /** The same list until one of them changes. */
  all(): readonly AnyDataset[]
  find(id: string): AnyDataset | undefined
  /** None of a dataset whose rows are in the series store. */
  fields(dataset: AnyDataset): readonly DatasetField[]
  /** About how many rows each holds, from the planner; absent where there is no table. */
  sizes(db: Db, datasets: readonly AnyDataset[]): Promise<ReadonlyMap<string, number>>
  /** Day on which somebody last read rows of each dataset, in lists, one by one, or exported. */
  lastReads(db: Db): Promise<ReadonlyMap<string, LocalDate>>
  /** Day of the first import into each dataset that has had one. */
  firstLoads(db: Db): Promise<ReadonlyMap<string, LocalDate>>
  /** The newest imports of a dataset, one for each file name. */
  origins(db: Db, dataset: string): Promise<readonly DatasetOrigin[]>
}
export const datasetDirectory = service<DatasetDirectory>('registry.dataset-directory')

/** Something that is made of fields of a dataset, e.g. a tag. */
export interface FieldUse {
  /** What kind of thing it is, in the reader's words. */
  readonly kind: Words
  readonly title: Words
  /** Page of it in the portal. */
  readonly page?: string
  /** Names of the fields, or of their columns in copies; others are passed over. */
  readonly fields: readonly string[]
}

/** Where fields go to inside the program: each module tells what it makes of them. */
export interface FieldUses {
  tell(teller: (db: Db, dataset: AnyDataset) => Promise<readonly FieldUse[]>): void
  /** With names of fields. */
  of(db: Db, dataset: AnyDataset): Promise<readonly FieldUse[]>
}
export const fieldUses = service<FieldUses>('registry.field-uses')

/** Conditions on fields, all of which hold. */
export type Where = Readonly<Record<string, Condition>>

/** What somebody else may have of a dataset. */
export interface SharedSelection {
  readonly dataset: string
  readonly fields: readonly string[]
  /** Of the fields those whose personal values are shown whole; the others are masked. */
  readonly whole: readonly string[]
  readonly rows: Where
}

export interface SharedRow {
  readonly id: number
  readonly value: Readonly<Record<string, unknown>>
}

/** A place in the stream of changes; nothing can appear before it any more. */
export interface ChangePlace {
  readonly xid: string
  readonly id: number
}

export interface SharedChange {
  readonly row: number
  /** `put`: the row as it is now; `gone`: deleted, or not within the selection any more. */
  readonly change: 'put' | 'gone'
  /** What the row is, or was when it was last within. */
  readonly value: Readonly<Record<string, unknown>>
}

export interface Comparison {
  /** Unknown when no row is meant, or none matches and of one a compared value is missing. */
  readonly answer: 'yes' | 'no' | 'unknown'
  /** Numbers of the rows that the answer rests on: those that match, or else those that are meant. */
  readonly rows: readonly number[]
}

/** What is computed of a group of rows. */
export type Measure = { readonly of: 'count' } | { readonly of: 'sum' | 'average'; readonly field: string }

export interface TotalsQuestion {
  readonly where?: Where
  /** Fields whose values make the groups; none for one group. */
  readonly by: readonly string[]
  readonly measures: readonly Measure[]
}

/** What totals may tell of single rows. */
export interface Disclosure {
  /** Rows of the smallest group that is shown. */
  readonly least: number
  /** The most that one row may make of a sum, 0 to 1. */
  readonly dominance: number
}

export interface Totals {
  readonly groups: readonly {
    readonly by: Readonly<Record<string, string | number | boolean | null>>
    /** In the order of the measures, each a little off; null where one row would show through. */
    readonly values: readonly (number | null)[]
  }[]
}

/** Reads one selection again and again: checked once, its statements planned once. */
export interface SharedPlan {
  /** Rows that the selection and the question both let through, by number. @throws InvalidInput */
  rows(
    db: Db,
    question: {
      readonly where?: Where
      readonly fields?: readonly string[]
      readonly after?: number
      readonly limit: number
    },
  ): Promise<readonly SharedRow[]>
  /**
   * Whether there is such a row. `match` is compared; `where` says which row is meant.
   * @throws InvalidInput `too-many-meant` when it means more than a hundred
   */
  compare(db: Db, where: Where, match: Where): Promise<Comparison>
  /** Totals of groups of the rows, computed where they lie. @throws InvalidInput */
  totals(db: Db, question: TotalsQuestion, disclosure: Disclosure): Promise<Totals>
  /** What changed after a place, each row once. The dataset must be followed. @throws Conflict `changes-cut` */
  changes(
    db: Db,
    after: ChangePlace,
    limit: number,
  ): Promise<{ readonly changes: readonly SharedChange[]; readonly place: ChangePlace; readonly more: boolean }>
}

/** Rows of datasets for consumers under a grant. Whether they may is the caller's affair. */
export interface SharedRows {
  /** @throws NotFound (dataset), InvalidInput naming each field or condition that does not fit the schema */
  plan(selection: SharedSelection): SharedPlan
  /** From now on every change of the dataset's rows is noted. */
  follow(work: Work, dataset: string): Promise<void>
  /** The place up to which changes have been noted now. */
  place(db: Db): Promise<ChangePlace>
  /**
   * Deletes noted changes older than so many days, of a dataset none that its slowest subscriber has not read; to be
   * called daily. Whoever comes with an earlier place is refused (`changes-cut`) and begins anew.
   */
  cutChanges(
    work: Work,
    how: { readonly days: number; readonly slowest: ReadonlyMap<string, ChangePlace> },
  ): Promise<void>
}
export const sharedRows = service<SharedRows>('registry.shared-rows')

/**
 * Rows unsealed and unmasked, for what the program itself must compare (who is the same person?) and for pages that
 * gather rows of many datasets under a right of their own. Only for purposes that a module declares (`unsealedPurposes`)
 * and the datasets named there. What is read must not be stored elsewhere.
 */
export interface UnsealedRows {
  /**
   * All rows with these fields, in batches in the order of their numbers; leaves an audit record under the purpose.
   * @throws Defect for a purpose or dataset that is not declared
   */
  stream(
    purpose: string,
    dataset: string,
    fields: readonly string[],
  ): AsyncIterable<readonly Row<Readonly<Record<string, unknown>>>[]>
  /**
   * Rows by number, as they are or as they were known at an instant; right, masking and audit are the caller's: what is
   * shown of them is told by `noteShown`.
   */
  rows(
    work: Work,
    purpose: string,
    dataset: string,
    ids: readonly number[],
    at?: Date,
  ): Promise<readonly Row<Readonly<Record<string, unknown>>>[]>
}
export const unsealedRows = service<UnsealedRows>('registry.unsealed-rows')

/** Rows that somebody was shown by a module; `noteShown` leaves it in the audit log, so that those whom they are about find it. */
export interface ShownRows {
  /** The audit event of the read. */
  readonly event: string
  readonly dataset: AnyDataset
  readonly rows: readonly number[]
  /** Names of the fields that were shown, or of their columns in copies, where that is known. */
  readonly fields?: readonly string[]
}

/** Rows of a dataset that left together. */
export interface Handout {
  readonly dataset: string
  /** As its maker named it: an audit record bears it as `details.handout`, or the maker tells of it himself. */
  readonly handout: string
  /** The instant of that audit record, its first where there are several. */
  readonly given: Date
}

/** A row, by its number in its dataset. */
export interface RowOf {
  readonly dataset: string
  readonly row: number
}

/**
 * Which rows left in files or were shown in answers, so that those whom they are about find it. Numbers of rows are never
 * given again, so it stays true when rows are changed or deleted later. Who got them, when and why is told elsewhere, under
 * the same name.
 */
export interface Handouts {
  /**
   * Notes rows, before they leave. Once more with the same name replaces what it says of the same blocks of rows.
   * `given` is null where no audit record bears it, since its maker tells of it himself.
   */
  note(db: Db, handout: Omit<Handout, 'given'> & { readonly given: Date | null }, rows: RowNumbers): Promise<void>
  /** Notes that an answer may hold any row which the dataset had at an instant: of a question nobody knows which. */
  noteWhole(db: Db, handout: Handout, at: Date): Promise<void>
  /**
   * Those of which the audit log tells and that held one of these rows, or may have, newest first; one that held rows of
   * several datasets comes once. `before` is `<given>~<handout>` of the last one seen. @throws InvalidInput for another place
   */
  of(
    db: Db,
    rows: readonly RowOf[],
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly Handout[]>
  /** Names of those of which their makers tell, each in an order of his own, and that held one of these rows. */
  ofMakers(db: Db, rows: readonly RowOf[]): Promise<readonly string[]>
  /** Deletes what was noted of rows. */
  forget(db: Db, handouts: readonly string[]): Promise<void>
  /**
   * Deletes what was noted of rows that were given before an instant, the oldest first, at most so many notes of either kind.
   * @returns how many notes went
   */
  forgetBefore(db: Db, before: Date, most: number): Promise<number>
}
export const handouts = service<Handouts>('registry.handouts')

/**
 * Topic of the event that follows every write, deletion, correction and stored part of an import that changed rows; its
 * key is the dataset's id. Heard by `app.hear`; it has no audience in the portal.
 */
export const ROWS_CHANGED = 'registry.rows-changed'

/** Topic of the event that follows when refused rows are past, by an import or without one; its key is the dataset's id. */
export const REFUSED_SETTLED = 'registry.refused-settled'

/** Topic of the event that follows when marks of rows were set or lifted; its key is the dataset's id. */
export const MARKS_CHANGED = 'registry.marks-changed'
