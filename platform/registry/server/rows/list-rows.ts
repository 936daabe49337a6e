import { sql } from 'kysely'
import { type Db, InvalidInput, words } from '#runtime'
import type { Condition } from '../../contract.ts'
import type { Storage } from '../storage.ts'
import { type PageRequest, pageSql, readPage, type StoredPage } from './read-page.ts'
import { searchableFields } from './searchable.ts'

export interface Patience {
  /** Cost, as the planner counts it, from which on a question is stopped when it takes long. */
  readonly dear: number
  readonly milliseconds: number
}

/** Some hundred thousand rows to read through; every screen answers within 200 ms. */
const PATIENCE: Patience = { dear: 25_000, milliseconds: 200 }
const TIMED_OUT = '57014'

/**
 * A page of a list for a person. Conditions on fields without an index are answered as long as that is quick: common
 * values are found at once, and only a rare one would have the whole dataset read through.
 * @throws InvalidInput naming the fields that would need an index
 */
export async function listRows(
  tx: Db,
  storage: Storage,
  conditions: Readonly<Record<string, Condition | undefined>>,
  request: PageRequest,
  { dear, milliseconds }: Patience = PATIENCE,
): Promise<StoredPage> {
  const slow = await slowFields(tx, storage, Object.keys(conditions))
  if (slow.length === 0 || (await costOf(tx, storage, request)) < dear) return readPage(tx, storage, request)
  await sql.raw(`set local statement_timeout = ${milliseconds}`).execute(tx)
  const page = await readPage(tx, storage, request).catch((error: unknown) => {
    throw (error as { code?: string }).code === TIMED_OUT ? tooManyToSearch(slow) : error
  })
  await sql`reset statement_timeout`.execute(tx)
  return page
}

interface Plan {
  readonly 'Total Cost': number
  readonly Plans?: readonly Plan[]
}

/** What it costs when fewer rows match than the page holds: beneath its limit, all of them. */
async function costOf(tx: Db, storage: Storage, request: PageRequest): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>`
    explain (format json) ${pageSql(storage, request)}`.execute(tx)
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  return plan?.Plans?.[0]?.['Total Cost'] ?? 0
}

async function slowFields(tx: Db, storage: Storage, names: readonly string[]) {
  const quick = await searchableFields(tx, storage)
  return storage.fields.filter(({ name }) => names.includes(name) && !quick.has(name))
}

function tooManyToSearch(fields: Awaited<ReturnType<typeof slowFields>>): InvalidInput {
  const named = (language: 'zh' | 'en') => fields.map(({ meta }) => meta.title[language])
  return new InvalidInput(
    'too-many-to-search',
    words(
      `数据太多，按“${named('zh').join('、')}”查找太慢。请再加可查找字段的条件，或请数据管理员在“字段”页把它设为可查找`,
      `Too many rows to search by ${named('en').join(', ')}. Add a condition on a searchable field, or ask a data steward to make it searchable on the tab "Fields"`,
    ),
  )
}
