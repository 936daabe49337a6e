import type { RawBuilder } from 'kysely'
import type { Actor } from './actor.ts'
import type { Db } from './app.ts'
import { service } from './services.ts'
import type { Words } from './words.ts'

/** A unit of work: one actor, one transaction, one set of audit records, events and jobs. */
export interface Work {
  readonly actor: Actor
  readonly tx: Db
  /** Start of the unit; use it for every time stamp that is written. */
  readonly at: Date
  /** Why personal data is read, as the person stated. */
  readonly purpose?: string
  /**
   * Asks the database together with the other units of work that ask the same at this moment. Before any statement of
   * its own the unit may so share its transaction with them; it begins again by itself when it then needs more.
   */
  ask<Q, A>(asker: Asker<Q, A>, about: Q): Promise<A>
  /** Writes, at the latest when the unit ends, together with those that share its transaction. */
  put<T>(writer: Writer<T>, item: T): Promise<void>
  /** Leaves an audit record in this transaction. */
  audit(record: AuditRecord): void
  /** Tells subscribers and browsers, once this transaction is confirmed. */
  emit(event: Event): void
  /** Starts a job once this transaction is confirmed. */
  enqueue(job: string, data: object, options?: EnqueueOptions): void
  /** Runs after the commit in this process; lost if the process dies, so only for what can be lost. */
  afterCommit(run: () => void): void
}

/**
 * One statement that answers many questions, in their order. Where units of work share the transaction it may neither
 * wait for anybody's lock nor give two of them the same row: `undefined` sends the unit that asked to run by itself,
 * where it is asked again. One function is one kind of question, so it is made once.
 */
export type Asker<Q, A> = (tx: Db, questions: readonly Q[], isShared: boolean) => Promise<readonly (A | undefined)[]>

/** One statement that writes many items. */
export type Writer<T> = (tx: Db, items: readonly T[]) => Promise<void>

/** Shape of an audit record before it is stored; never holds the personal data itself. */
export interface AuditRecord {
  /** Id of a declared audit event. */
  readonly event: string
  /** What it happened to: kind and key, e.g. `{ kind: 'air.station', id: '1656A' }`. */
  readonly subject?: { readonly kind: string; readonly id: string }
  /** Small, canonical JSON; identifiers and field names, not values of personal fields. */
  readonly details?: Readonly<Record<string, unknown>>
}

export interface Event {
  /** `<module>.<noun>.<past participle>`, e.g. `loops.instance.moved`. */
  readonly topic: string
  readonly key: string
  readonly data?: Readonly<Record<string, unknown>>
  /** Which browsers may hear of it (only topic and key are sent); none if absent. */
  readonly audience?: Audience | readonly Audience[]
}

export type Audience = { readonly right: string } | { readonly account: string } | { readonly post: string }

/** An event as a subscriber receives it. */
export interface StoredEvent extends Event {
  readonly id: string
  readonly at: Date
}

export interface Subscriber {
  /** Unique name; its place in the stream is kept under it. */
  readonly id: string
  readonly topics: readonly string[]
  /** Runs inside a unit of work that also moves the place forward, so its effects happen once. */
  handle(work: Work, event: StoredEvent): Promise<void>
}

export interface EnqueueOptions {
  readonly startAfter?: Date
  /** At most one waiting job of this key. */
  readonly key?: string
  /** Goes before other waiting jobs of its name. */
  readonly isUrgent?: boolean
}

/** A background job; runs on one of the processes, again after a crash: make it idempotent. */
export interface Job<D extends object = object> {
  readonly id: string
  readonly title: Words
  /** Cron expression in Asia/Shanghai, if it runs by the clock. */
  readonly schedule?: string
  /** How many at a time in one process; 1 unless said. */
  readonly concurrency?: number
  /** Seconds after which a silent run counts as dead and is started again; 900 unless said. */
  readonly expireSeconds?: number
  run(data: D, signal: AbortSignal): Promise<void>
}

/** Where the runtime puts audit records; provided by the audit capability. */
export interface AuditSink {
  /**
   * The statement that stores the records of units of work inside the transaction that they share. Its parameters are
   * texts. @throws Defect for an event that nobody declares
   */
  statement(
    tx: Db,
    units: readonly { readonly work: Work; readonly records: readonly AuditRecord[] }[],
  ): Promise<RawBuilder<unknown>>
}
export const auditSink = service<AuditSink>('runtime.audit-sink')
