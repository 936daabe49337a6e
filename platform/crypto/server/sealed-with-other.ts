import { type RawBuilder, sql } from 'kysely'
import type { DataKey } from './data-key.ts'
import { writeUint32 } from './sealed-format.ts'

/** Whether the sealed value in a column lies under another key than this one, as SQL; null for no value. */
export function sealedWithOther(column: RawBuilder<unknown>, { id }: Pick<DataKey, 'id'>): RawBuilder<boolean> {
  const key = Buffer.alloc(4)
  writeUint32(key, 0, id)
  return sql<boolean>`substring(${column} from 2 for 4) <> ${key}`
}
