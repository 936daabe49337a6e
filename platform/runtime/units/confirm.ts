import type { Transaction } from '../database/transaction.ts'
import { eventsStatement } from '../events.ts'
import { type AuditRecord, auditSink, type Event, type Work } from '../work.ts'
import type { Wanted, WorkParts } from './work-parts.ts'

/** What a unit of work leaves besides its own statements. */
export interface Told {
  readonly work: Work
  readonly records: readonly AuditRecord[]
  readonly events: readonly Event[]
  readonly jobs: readonly Wanted[]
}

/** Writes the audit records, events and jobs of units of work that share a transaction, and confirms it. */
export async function confirm(parts: WorkParts, transaction: Transaction, units: readonly Told[]): Promise<void> {
  const jobs = units.flatMap((unit) => unit.jobs)
  if (jobs.length > 0) await parts.enqueue(transaction.db, jobs)
  const last = []
  const recorded = units.filter(({ records }) => records.length > 0)
  if (recorded.length > 0) last.push(await parts.services.get(auditSink).statement(transaction.db, recorded))
  const events = units.flatMap(({ work, events }) => events.map((event) => ({ ...event, at: work.at })))
  if (events.length > 0) last.push(eventsStatement(events))
  await transaction.commit(last)
}
