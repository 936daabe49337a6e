import { sql } from 'kysely'
import { type App, alone, type Work } from '#runtime'

/**
 * Nobody else publishes, withdraws or proposes this entry until the unit of work ends: what is read of it after this is
 * how things are, and what is written is not undone by somebody who read before.
 */
export async function lockEntry(work: Work, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open-data.entry ${id}`}, 0))`.execute(work.tx)
}

const WAIT_MS = 10_000

/**
 * Makes versions of what rests on a source one after the other, whatever process: two at a time would take the same number,
 * and the test of one would not see the other.
 * @returns false if somebody else is at it; nothing was done then
 */
export async function aloneOnSource(app: App, source: string, run: () => Promise<void>): Promise<boolean> {
  const whole = async () => {
    await run()
    return true
  }
  return (await alone(app, 'open-data.source', source, whole, WAIT_MS)) ?? false
}
