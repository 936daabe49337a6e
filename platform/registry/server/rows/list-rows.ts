import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Condition } from '../../contract.ts'
import type { Storage } from '../storage.ts'
import { type PageRequest, pageSql, readPage, type StoredPage } from './read-page.ts'
import { PATIENCE_MS, searchQuickly, slowFields } from './search-quickly.ts'

export interface Patience {
  /** Cost, as the planner counts it, from which on a question is stopped when it takes long. */
  readonly dear: number
  readonly milliseconds: number
}

/** Some hundred thousand rows to read through. */
const PATIENCE: Patience = { dear: 25_000, milliseconds: PATIENCE_MS }

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
  return searchQuickly(tx, slow, milliseconds, () => readPage(tx, storage, request))
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
