import { type RawBuilder, sql } from 'kysely'
import { type Db, InvalidInput, words } from '#runtime'
import type { Comparison } from '../../contract.ts'
import { quoted, type Storage, type StoredField } from '../storage.ts'

/** Rows that a comparison may mean: its receipt names each that the answer rests on. */
const MOST_MEANT = 100

interface ComparedRows {
  readonly storage: Storage
  /** Conditions that say which rows are meant. */
  readonly meant: RawBuilder<unknown>
  /** What should be true of one of them; null of a row where a value is missing and nothing else decides. */
  readonly matches: RawBuilder<unknown>
  /** Fields that could say better which row is meant. */
  readonly better: readonly StoredField[]
}

interface Compared {
  readonly meant: readonly number[] | null
  readonly matching: readonly number[] | null
  readonly isOpen: boolean | null
}

/**
 * Compares in one statement. "No" is said only of rows that are known to differ: when no row is meant, or none matches and
 * of one a compared value is missing, the answer is "unknown".
 * @throws InvalidInput `too-many-meant` when more rows are meant than one answer may rest on
 */
export async function compareRows(db: Db, { storage, meant, matches, better }: ComparedRows): Promise<Comparison> {
  const { rows } = await sql<Compared>`/* prepared */
    select array_agg(_id order by _id) as meant, array_agg(_id order by _id) filter (where matches) as matching,
      bool_or(matches is null) as "isOpen"
    from (select _id, ${matches} as matches from ${sql.raw(quoted(storage.table))} where ${meant}
      limit ${MOST_MEANT + 1}) t`.execute(db)
  const { meant: all, matching, isOpen } = rows[0] ?? {}
  if (!all) return { answer: 'unknown', rows: [] }
  if (all.length > MOST_MEANT) throw tooManyMeant(better)
  if (matching) return { answer: 'yes', rows: matching }
  return { answer: isOpen ? 'unknown' : 'no', rows: all }
}

function tooManyMeant(better: readonly StoredField[]): InvalidInput {
  const named = (language: 'zh' | 'en') => better.map(({ meta }) => meta.title[language])
  const [zh, en] = [named('zh').join('、') || '其他字段', named('en').join(', ') || 'another field']
  return new InvalidInput(
    'too-many-meant',
    words(
      `条件所指的记录超过 ${MOST_MEANT} 条，无法核验是哪一条。请在 where 中加上“${zh}”等条件`,
      `More than ${MOST_MEANT} records are meant, so none can be compared. Say in "where" which one: add ${en}`,
    ),
    [{ path: '/where', message: words(`请加“${zh}”`, `Add ${en}`) }],
  )
}
