import { sql } from 'kysely'
import type { App, Work } from '#runtime'

/**
 * Nobody else publishes, withdraws or proposes this entry until the unit of work ends: what is read of it after this is
 * how things are, and what is written is not undone by somebody who read before.
 */
export async function lockEntry(work: Work, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open-data.entry ${id}`}, 0))`.execute(work.tx)
}

const WAIT = '10s'
const BUSY = '55P03'

/**
 * Makes versions of what rests on a source one after the other, whatever process: two at a time would take the same number,
 * and the test of one would not see the other. Holds a connection, not a transaction, because it may take hours.
 * @returns false if somebody else is at it; nothing was done then
 */
export async function alone(app: App, source: string, run: () => Promise<void>): Promise<boolean> {
  const client = await app.pool.connect()
  try {
    await client.query(`set lock_timeout = '${WAIT}'`)
    await client.query("select pg_advisory_lock(hashtext('open-data.source'), hashtext($1))", [source])
  } catch (error) {
    client.release(true)
    if ((error as { code?: string }).code === BUSY) return false
    throw error
  }
  try {
    await run()
    return true
  } finally {
    client.release(true)
  }
}
