import { type RawBuilder, sql } from 'kysely'
import type { SharedRow } from '../../contract.ts'
import { quotedList, type Storage, type StoredField } from '../storage.ts'

/** Columns of a row, with its number. */
export type Stored = Readonly<Record<string, unknown>> & { readonly _id: number }

/** A selection with what its statements need, worked out once. */
export interface Selected {
  readonly storage: Storage
  readonly fields: readonly StoredField[]
  readonly whole: ReadonlySet<string>
  /** Conditions of the selection; made at each use, since the keys of blind indexes may change. */
  readonly within: () => RawBuilder<unknown>[]
  /** A number that nobody outside can know, of the dataset and for one use. */
  readonly secret: (use: string) => bigint
  readonly view: (rows: readonly Stored[], fields?: readonly StoredField[]) => SharedRow[]
}

/** All of some conditions. */
export const both = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)

/** Columns of some fields, as SQL. */
export const columnsOf = (fields: readonly StoredField[]): string =>
  quotedList([
    '_id',
    ...fields.flatMap(({ columns, meta }) => columns.slice(0, meta.sealed ? 1 : 2)).map((c) => c.name),
  ])
