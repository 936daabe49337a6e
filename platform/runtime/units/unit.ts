import type { DatabaseConnection } from 'kysely'
import type { Actor } from '../actor.ts'
import { handleOver, RolledBack, Transaction } from '../database/transaction.ts'
import { Defect } from '../errors.ts'
import type { Asker, AuditRecord, Event, Work, Writer } from '../work.ts'
import { confirm } from './confirm.ts'
import { Apart, Convoy, type Put, type Ready } from './convoy.ts'
import type { Convoys } from './convoys.ts'
import type { Wanted, WorkParts } from './work-parts.ts'

/** Where a unit's statements go: its own transaction, or one that it shares. */
type Way = Transaction | Convoy

/** One run of a unit of work. */
export class Unit implements Ready {
  readonly work: Work
  readonly records: AuditRecord[] = []
  readonly events: Event[] = []
  readonly jobs: Wanted[] = []
  readonly puts: Put[] = []
  readonly #after: (() => void)[] = []
  readonly #parts: WorkParts
  /** Absent when it must run by itself. */
  readonly #convoys: Convoys | undefined
  #way: Promise<Way> | undefined
  #leaveLane = () => {}
  #mustBeApart = false
  #hasFinished = false
  #isOver = false

  constructor(parts: WorkParts, convoys: Convoys | undefined, actor: Actor, purpose?: string) {
    this.#parts = parts
    this.#convoys = convoys
    this.work = {
      actor,
      tx: handleOver(() => this.#connection()),
      at: parts.now(),
      ...(purpose === undefined ? {} : { purpose }),
      ask: (asker, about) => this.#ask(asker, about),
      put: (writer, item) => this.#put(writer, item),
      audit: (record) => void this.records.push(record),
      emit: (event) => void this.events.push(event),
      enqueue: (job, data, options = {}) => void this.jobs.push({ job, data, options }),
      afterCommit: (effect) => void this.#after.push(effect),
    }
  }

  /** @throws Apart when it must begin again by itself */
  async run<T>(run: (work: Work) => Promise<T>): Promise<T> {
    try {
      const value = await run(this.work)
      if (this.#mustBeApart) throw new Apart()
      await this.#confirm()
      this.#parts.wake(this.jobs.filter(({ options }) => !options.startAfter).map(({ job }) => job))
      for (const effect of this.#after) effect()
      return value
    } catch (error) {
      this.#mustBeApart ||= error instanceof Apart
      await this.#giveUp()
      if (this.#mustBeApart) throw new Apart()
      throw error instanceof RolledBack ? (error.cause ?? error) : error
    } finally {
      this.#isOver = true
      this.#leaveLane()
    }
  }

  /** The way on which it is; sets out with others if it may, and has not gone by itself already. */
  #join(): Promise<Way> {
    this.#refuseWhenOver()
    this.#way ??= this.#convoys ? this.#joinOthers(this.#convoys) : this.#alone()
    return this.#way
  }

  async #alone(): Promise<Way> {
    return new Transaction(this.#parts.pool)
  }

  async #joinOthers(convoys: Convoys): Promise<Way> {
    const way = await convoys.join()
    if (way instanceof Convoy) return way
    this.#leaveLane = way.leaveLane
    return this.#alone()
  }

  async #connection(): Promise<DatabaseConnection> {
    this.#refuseWhenOver()
    this.#way ??= this.#alone()
    const way = await this.#way
    if (way instanceof Convoy) throw this.#apart()
    this.#leaveLane()
    return way.connection()
  }

  async #ask<Q, A>(asker: Asker<Q, A>, about: Q): Promise<A> {
    const way = await this.#join()
    if (way instanceof Convoy) {
      // What it has put is not there yet to be asked about.
      if (this.puts.length > 0) throw this.#apart()
      return way.ask(asker, about).catch(() => {
        throw this.#apart()
      })
    }
    const [answer] = await asker(way.db, [about], false)
    return answer as A
  }

  async #put<T>(writer: Writer<T>, item: T): Promise<void> {
    const way = await this.#join()
    if (way instanceof Convoy) this.puts.push({ writer, item })
    else await writer(way.db, [item])
  }

  async #confirm(): Promise<void> {
    if (!this.#way && this.records.length + this.events.length + this.jobs.length === 0) return
    const way = await this.#join()
    if (!(way instanceof Convoy)) return confirm(this.#parts, way, [this])
    this.#hasFinished = true
    await way.finish(this)
  }

  async #giveUp(): Promise<void> {
    const way = await this.#way?.catch(() => undefined)
    if (way instanceof Transaction) return way.rollback()
    if (!way) return
    if (!this.#hasFinished) way.leave()
    if (this.#mustBeApart) await way.over
  }

  /**
   * What is still under way when its unit is over, such as a hook that was given up, must not reach a connection that
   * serves somebody else by then.
   */
  #refuseWhenOver(): void {
    if (this.#isOver) throw new Defect('A unit of work that is over was used; await everything before it ends.')
  }

  /** Also remembered, for a caller that catches what it does not know. */
  #apart(): Apart {
    this.#mustBeApart = true
    return new Apart()
  }
}
