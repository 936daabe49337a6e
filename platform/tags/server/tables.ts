import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#runtime'

/** Rows of a statement. */
export const rowsOf = async <T>(db: Db, statement: RawBuilder<T>): Promise<readonly T[]> =>
  (await statement.execute(db)).rows

/** The first row, if there is one. */
export const firstOf = async <T>(db: Db, statement: RawBuilder<T>): Promise<T | undefined> =>
  (await statement.execute(db)).rows[0]

export { sql }
