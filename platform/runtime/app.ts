import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Registry as Metrics } from 'prom-client'
import type { Actor } from './actor.ts'
import type { Config } from './config.ts'
import type { Declarations, Declared, Module } from './module.ts'
import type { ServiceRef } from './services.ts'
import type { StoredEvent, Work } from './work.ts'

/** A Kysely handle without table types; give it some with `tables<AirTables>(…)`. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are known to each module, not to the runtime
export type Db = Kysely<any>

/** The running program as a module sees it. */
export interface App {
  readonly config: Config
  readonly log: Logger
  readonly metrics: Metrics
  /** Reads outside a unit of work, under the weak application role. */
  readonly db: Db
  /** The pool beneath `db`, for COPY and LISTEN. */
  readonly pool: Pool
  readonly modules: readonly Module[]
  /** Every module's entries of one list. */
  declared<K extends keyof Declarations>(list: K): readonly Declared<K>[]
  /** Makes a service known to the modules that need this one. */
  provide<T>(ref: ServiceRef<T>, value: T): void
  /** @throws Defect when no needed module provides it. */
  use<T>(ref: ServiceRef<T>): T
  find<T>(ref: ServiceRef<T>): T | undefined
  /**
   * Runs a unit of work in one transaction: what it writes, its audit records, events and jobs are confirmed together
   * or not at all. Serialisation failures and deadlocks are retried up to three times, so `run` must have no effects
   * outside the transaction; use `work.afterCommit` for those.
   */
  work<T>(actor: Actor, run: (work: Work) => Promise<T>, options?: { readonly purpose?: string }): Promise<T>
  /**
   * Hears every event from now on in this process, at most a second late and at most once: for caches and open
   * browsers. What must not be missed belongs to a subscriber.
   */
  hear(listener: (event: StoredEvent) => void): void
  /** Now; tests move it. */
  now(): Date
  /** Resolves when the program begins to stop; long work ends at the next safe point. */
  readonly stopping: AbortSignal
}

/** Types a Kysely handle: `tables<AirTables>(work.tx)`. Keys are `schema.table`. */
export const tables = <T>(db: Db): Kysely<T> => db
