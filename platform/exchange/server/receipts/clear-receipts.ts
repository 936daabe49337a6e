import { sql } from 'kysely'
import { handouts } from '#platform/registry'
import { rules } from '#platform/rules'
import { type App, system, type Work } from '#runtime'

/** Heads, each of at most a second, that go in one transaction. */
const PART = 200
/** Notes of rows that go in one transaction. */
const NOTES = 1_000

/**
 * Deletes receipts past their term, on record, and what is noted of rows that exports and answers held so long ago. A head
 * goes with all receipts that it signs: those of others prove themselves as before, and so does a receipt that somebody
 * has kept.
 */
export async function clearReceipts(app: App): Promise<void> {
  const before = new Date(app.now())
  before.setUTCFullYear(before.getUTCFullYear() - yearsOf(app))
  const actor = system('exchange.clear-away')
  while ((await app.work(actor, (work) => clearPart(app, work, before))) === PART);
  while ((await app.work(actor, (work) => clearNotes(app, work, before))) >= NOTES);
}

const yearsOf = (app: App): number =>
  (app.use(rules).evaluate('exchange.receipt-keeping', {}, { at: app.now() }).result as { years: number }).years

/** @returns how many heads went */
async function clearPart(app: App, work: Work, before: Date): Promise<number> {
  const { rows } = await sql<{ heads: number; receipts: number; files: string[] }>`
    select * from exchange.clear_receipts(${before}, ${PART})`.execute(work.tx)
  const { heads, receipts, files } = rows[0] ?? { heads: 0, receipts: 0, files: [] }
  if (heads === 0) return 0
  if (files.length > 0) {
    const made = await sql<{ id: string }>`select id from exchange.file where receipt = any(${files})`.execute(work.tx)
    await app.use(handouts).forget(
      work.tx,
      made.rows.map(({ id }) => id),
    )
  }
  work.audit({ event: 'exchange.receipts.cleared', details: { before: before.toISOString(), heads, receipts } })
  return heads
}

/** @returns how many notes went */
async function clearNotes(app: App, work: Work, before: Date): Promise<number> {
  const notes = await app.use(handouts).forgetBefore(work.tx, before, NOTES)
  if (notes > 0) work.audit({ event: 'exchange.handouts.cleared', details: { before: before.toISOString(), notes } })
  return notes
}
