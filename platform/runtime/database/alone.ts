import type { Pool, PoolClient } from 'pg'

const BUSY = '55P03'

/**
 * Runs what may be done by one at a time, in whatever process. The lock is a connection's, not a transaction's, since this
 * may take hours; it falls with the process, so that another one can go on at once.
 * @param what module and kind of work, e.g. `exchange.push` @param key which one of the kind
 * @param waitMs how long to wait for whoever is at it; not at all unless said
 * @returns undefined if somebody else is still at it; nothing was run then
 */
export async function alone<T>(
  { pool }: { readonly pool: Pool },
  what: string,
  key: string,
  run: () => Promise<T>,
  waitMs = 0,
): Promise<T | undefined> {
  const client = await pool.connect()
  try {
    return (await lock(client, what, key, waitMs)) ? await run() : undefined
  } finally {
    await giveBack(client)
  }
}

/** With the lock given up before the next one asks; a connection that cannot say so takes it along. */
async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query('select pg_advisory_unlock_all(); reset lock_timeout')
    client.release()
  } catch {
    client.release(true)
  }
}

async function lock(client: PoolClient, what: string, key: string, waitMs: number): Promise<boolean> {
  if (waitMs === 0) {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1), hashtext($2)) as got', [what, key])
    return rows[0]?.got === true
  }
  // Zero is no limit at all to PostgreSQL.
  await client.query(`set lock_timeout = ${Number.isFinite(waitMs) ? Math.ceil(waitMs) : 0}`)
  try {
    await client.query('select pg_advisory_lock(hashtext($1), hashtext($2))', [what, key])
    return true
  } catch (error) {
    if ((error as { code?: string }).code === BUSY) return false
    throw error
  }
}
