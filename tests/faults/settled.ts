import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const LONGEST_MS = 120_000
const LEFT = {
  'imports under way': `select id::text as what from registry.load where state = 'loading'`,
  // A job that was cut off waits a while before it is tried again; only one ordered for later may stay.
  'jobs waiting or failed': `select name || ' ' || state as what from jobs.job
    where name not like '\\_\\_%' and (state in ('failed', 'retry', 'active') or state = 'created' and start_after <= now())`,
  'events not heard': `select e.id::text as what from runtime.event e
    where topic = 'loops.instance.moved' and not exists (select from faults.heard h where h.event = e.id)`,
  'subscribers that fail': `select id || ' ' || last_error as what from runtime.subscriber where failures > 0`,
}

/** Waits until everything that was ordered has been done. @throws TypeError that names what is left */
export async function settled(pool: pg.Pool): Promise<void> {
  const deadline = Date.now() + LONGEST_MS
  for (;;) {
    const left: string[] = []
    for (const [title, text] of Object.entries(LEFT)) {
      const { rows } = await pool.query<{ what: string }>(text)
      if (rows.length > 0) left.push(`${title}: ${rows.slice(0, 5).map(({ what }) => what)} (${rows.length})`)
    }
    if (left.length === 0) return
    if (Date.now() > deadline) throw new TypeError(`Not done after ${LONGEST_MS / 1000} s: ${left.join('; ')}`)
    await sleep(300)
  }
}
