import type { Readable } from 'node:stream'
import type { KeptFile, Reading } from '#platform/registry'
import type { Words, Work } from '#runtime'
import type { FeedDefinition, SourceTable } from '../../contract.ts'
import type { ColumnCheck } from '../../run.ts'

/** What the source itself says of the rows that it handed over. */
export interface Totals {
  /** Null where it does not say. */
  readonly rows: number | null
  /** Where a table was taken whole to compare it: so many of its rows may be new without having been missed. */
  readonly fresh?: number
  /** `<column>` → figure → value, as the source's own text. */
  readonly columns: Readonly<Record<string, Partial<Record<ColumnCheck['what'], string | null>>>>
}

/** Bytes that were kept, to be stored in their order. */
export interface CollectedPart {
  /** `increment`: rows that are among those of the `rows` behind it as well, and are stored before them. */
  readonly kind: 'rows' | 'increment' | 'deletes'
  readonly file: KeptFile
  /** Where the connector knows how to read what it wrote; found out otherwise. */
  readonly reading?: Reading
  /** What was handed over with this part; of a run that is one table see `Collected`. */
  readonly totals?: Totals
  /** The pushed batch that it is. */
  readonly batch?: number
}

export interface Collected {
  readonly parts: readonly CollectedPart[]
  /** How far the source has been collected; kept when all is confirmed. */
  readonly mark: string | null
  /** Whether these are all rows of the source. */
  readonly isWhole: boolean
  readonly totals?: Totals
  /** There is more to collect at once. */
  readonly hasMore?: boolean
  /** Why it cannot be all, although nothing failed. */
  readonly incomplete?: Words
  /** Takes notes in the transaction that stores the parts, e.g. which files were taken. */
  readonly note?: (work: Work, run: number) => Promise<void>
}

/** What a connector is given for one run. */
export interface Collecting {
  readonly feed: FeedDefinition
  /** Of the last confirmed run; null at first. */
  readonly mark: string | null
  /** A feed that is collected by increments takes its table whole this time. */
  readonly takesWhole: boolean
  /** Columns that have a field, by the last accepted run; empty at first. */
  readonly columns: readonly string[]
  readonly signal: AbortSignal
  keep(name: string, content: Readable): Promise<KeptFile>
  moved(rows: number, bytes: number): void
  /** Notes a replication slot before it is made, so that it is dropped when nobody wants it any more. */
  noteSlot(name: string): Promise<void>
}

/** Places in the log of a source that it keeps for feeds. */
export interface Slots {
  /** Bytes of log that are kept for a slot; null if there is none of this name. */
  lag(name: string): Promise<number | null>
  /** Drops a slot with its publication; nothing happens if they are not there. */
  drop(name: string): Promise<void>
}

/** First rows of a table for the person who sets a feed up; cells are masked before anybody sees them. */
export interface Preview {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export type FoundTable = Pick<SourceTable, 'name' | 'rows' | 'columns'>

/** Tables of a database that are read at once. */
export const TABLE_PAGE = 500

/** One kind of source, open for a while. */
export interface Connector {
  /** Everything that can be collected, page by page, because a database may have tens of thousands of tables. @throws Unavailable, InvalidInput */
  tables(): AsyncIterable<readonly FoundTable[]>
  preview(from: string, pages?: FeedDefinition['pages']): Promise<Preview>
  /** Undefined when there is nothing new. @throws Unavailable when the source is away or breaks off */
  collect(collecting: Collecting): Promise<Collected | undefined>
  /** Only of sources with a log of changes. */
  readonly slots?: Slots
  close(): Promise<void>
}

/** Of sources that do not say what they have. */
export async function* noTables(): AsyncGenerator<readonly FoundTable[]> {}
