import { sql } from 'kysely'
import { type Db, InvalidInput, words } from '#runtime'
import type { Storage, StoredField } from '../storage.ts'
import { searchableFields } from './searchable.ts'

const TIMED_OUT = '57014'

/** Every screen and every call answers within so many milliseconds, or says what would help. */
export const PATIENCE_MS = 200

/** Those of the named fields that no index finds. */
export async function slowFields(tx: Db, storage: Storage, names: readonly string[]): Promise<readonly StoredField[]> {
  const quick = await searchableFields(tx, storage)
  return storage.fields.filter(({ name }) => names.includes(name) && !quick.has(name))
}

/** Reads in a transaction, and stops when it takes long. @throws InvalidInput naming the fields that would need an index */
export async function searchQuickly<T>(
  tx: Db,
  slow: readonly StoredField[],
  milliseconds: number,
  read: () => Promise<T>,
): Promise<T> {
  return within(tx, milliseconds, read, () => tooManyToSearch(slow))
}

/** Runs statements of a transaction, each of which may take so long. @throws what `late` makes when one takes longer */
export async function within<T>(
  tx: Db,
  milliseconds: number,
  run: () => Promise<T>,
  late: () => InvalidInput,
): Promise<T> {
  await sql.raw(`set local statement_timeout = ${milliseconds}`).execute(tx)
  const done = await run().catch((error: unknown) => {
    throw (error as { code?: string }).code === TIMED_OUT ? late() : error
  })
  await sql`reset statement_timeout`.execute(tx)
  return done
}

function tooManyToSearch(fields: readonly StoredField[]): InvalidInput {
  const named = (language: 'zh' | 'en') => fields.map(({ meta }) => meta.title[language])
  return new InvalidInput(
    'too-many-to-search',
    words(
      `数据太多，按“${named('zh').join('、')}”查找太慢。请再加可查找字段的条件，或请数据管理员在“字段”页把它设为可查找`,
      `Too many rows to search by ${named('en').join(', ')}. Add a condition on a searchable field, or ask a data steward to make it searchable on the tab "Fields"`,
    ),
  )
}
