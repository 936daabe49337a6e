import { sql } from 'kysely'
import { type Db, TooMany, words } from '#runtime'
import { from } from './tables.ts'

/**
 * GB/T 22239-2019 8.1.4.1 b) asks to end sessions and limit illegal sign-ins and leaves the numbers to the operator;
 * these are this product's. Counted per entered account, whether it exists or not, and per address.
 */
export const LOCK_AFTER = { account: 5, address: 200 }
export const LOCK_MINUTES = 15

const lockMs = LOCK_MINUTES * 60_000

/** @throws TooMany while one of the keys is locked; the row stays locked until the transaction ends */
export async function refuseLocked(tx: Db, keys: readonly string[], at: Date): Promise<void> {
  const row = await from(tx)
    .selectFrom('identity.sign_in_failure')
    .select('locked_until')
    .where('key', 'in', keys)
    .where('locked_until', '>', at)
    .orderBy('locked_until', 'desc')
    .executeTakeFirst()
  if (row?.locked_until) throw locked(row.locked_until, at)
}

export const locked = (until: Date, at: Date): TooMany =>
  new TooMany(
    'sign-in-locked',
    words(
      `登录失败次数过多，请 ${minutes(until, at)} 分钟后再试`,
      `Too many failed sign-ins; try again in ${minutes(until, at)} minutes`,
    ),
    Math.ceil((until.getTime() - at.getTime()) / 1000),
  )

const minutes = (until: Date, at: Date): number => Math.ceil((until.getTime() - at.getTime()) / 60_000)

/** Counts a failure. @returns when the lock ends, if this failure locked the key */
export async function countFailure(tx: Db, key: string, limit: number, at: Date): Promise<Date | undefined> {
  const until = new Date(at.getTime() + lockMs)
  const old = new Date(at.getTime() - lockMs)
  const { rows } = await sql<{ failures: number }>`
    insert into identity.sign_in_failure as f (key, failures, first_at) values (${key}, 1, ${at})
    on conflict (key) do update set
      failures = case when f.first_at < ${old} then 1 else f.failures + 1 end,
      first_at = case when f.first_at < ${old} then ${at} else f.first_at end,
      locked_until = case when f.first_at >= ${old} and f.failures + 1 >= ${limit} then ${until}::timestamptz end
    returning failures`.execute(tx)
  return (rows[0]?.failures ?? 0) >= limit ? until : undefined
}

export async function forgetFailures(tx: Db, key: string): Promise<void> {
  await from(tx).deleteFrom('identity.sign_in_failure').where('key', '=', key).execute()
}
