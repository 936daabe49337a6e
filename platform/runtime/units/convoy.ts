import { setTimeout as sleep } from 'node:timers/promises'
import { Transaction } from '../database/transaction.ts'
import { Defect } from '../errors.ts'
import type { Asker, Writer } from '../work.ts'
import { confirm, type Told } from './confirm.ts'
import type { WorkParts } from './work-parts.ts'

/** This unit of work cannot go with others; it has left no trace and begins again by itself. */
export class Apart extends Defect {
  constructor() {
    super('This unit of work must run by itself.')
  }
}

/** Something that a unit writes at its end. */
// biome-ignore lint/suspicious/noExplicitAny: a writer gets its own items only
export type Put = { readonly writer: Writer<any>; readonly item: unknown }

/** A unit of work as its convoy sees it when it has done all but write. */
export interface Ready extends Told {
  readonly puts: readonly Put[]
}

interface Question {
  readonly about: unknown
  readonly answer: (answer: unknown) => void
  readonly refuse: (error: unknown) => void
}

/** Milliseconds for which a convoy waits for a unit that waits for something else than the database. */
const PATIENCE_MS = 40

/**
 * Units of work that share a transaction. They ask at the same time, each kind of question with one statement, and write
 * at the end, each kind of row with one statement; so one that fails before leaves no trace, and when a statement fails,
 * all of them begin again, each by itself.
 */
export class Convoy {
  readonly #parts: WorkParts
  readonly #transaction: Transaction
  // biome-ignore lint/suspicious/noExplicitAny: an asker gets its own questions only
  readonly #asked = new Map<Asker<any, any>, Question[]>()
  readonly #ready: { readonly unit: Ready; readonly done: () => void; readonly failed: (error: unknown) => void }[] = []
  #going: number
  #isClosed = false
  #isBroken = false
  /** Resolves when its locks are gone. */
  over: Promise<void> = Promise.resolve()

  constructor(parts: WorkParts, size: number) {
    this.#parts = parts
    this.#transaction = new Transaction(parts.pool)
    this.#going = size
  }

  start(): Promise<void> {
    this.over = this.#run()
    return this.over
  }

  /** @throws Apart, and nothing else */
  async ask<Q, A>(asker: Asker<Q, A>, about: Q): Promise<A> {
    if (this.#isClosed) throw new Apart()
    return new Promise((answer, refuse) => {
      const questions = this.#asked.get(asker) ?? []
      questions.push({ about, answer: answer as Question['answer'], refuse })
      this.#asked.set(asker, questions)
    })
  }

  /** A unit has done all but write. Resolves when that is confirmed. */
  async finish(unit: Ready): Promise<void> {
    if (this.#isClosed) throw new Apart()
    this.#going--
    return new Promise((done, failed) => this.#ready.push({ unit, done, failed }))
  }

  /** A unit goes no further. */
  leave(): void {
    this.#going--
  }

  async #run(): Promise<void> {
    await this.#gather()
    this.#isClosed = true
    for (const questions of this.#asked.values()) for (const { refuse } of questions) refuse(new Apart())
    const error = this.#isBroken || this.#ready.length === 0 ? new Apart() : await this.#write()
    await this.#transaction.rollback()
    for (const { done, failed } of this.#ready) error ? failed(error) : done()
  }

  /** Answers questions until every unit has done all but write. */
  async #gather(): Promise<void> {
    for (let waited = 0; this.#going > 0 && !this.#isBroken && waited < PATIENCE_MS; ) {
      await turn()
      if (this.#asked.size > 0) {
        await this.#answer()
        waited = 0
      } else if (this.#going > 0) waited += await pause()
    }
  }

  async #answer(): Promise<void> {
    const asked = [...this.#asked]
    this.#asked.clear()
    await Promise.all(
      asked.map(async ([asker, questions]) => {
        try {
          const answers = await asker(
            this.#transaction.db,
            questions.map(({ about }) => about),
            true,
          )
          for (const [n, { answer, refuse }] of questions.entries()) {
            if (answers[n] === undefined) refuse(new Apart())
            else answer(answers[n])
          }
        } catch {
          this.#isBroken = true
          for (const { refuse } of questions) refuse(new Apart())
        }
      }),
    )
  }

  /** @returns why it is not known to be written, if it is not */
  async #write(): Promise<unknown> {
    const units = this.#ready.map(({ unit }) => unit)
    try {
      const puts = units.flatMap((unit) => unit.puts)
      for (const [writer, some] of Map.groupBy(puts, ({ writer }) => writer))
        await writer(
          this.#transaction.db,
          some.map(({ item }) => item),
        )
      await confirm(this.#parts, this.#transaction, units)
      return undefined
    } catch (error) {
      return this.#transaction.isUncertain ? error : new Apart()
    }
  }
}

/** Lets everybody who was answered go on until he asks again. */
const turn = () => new Promise<void>((done) => setImmediate(done))

async function pause(): Promise<number> {
  const start = performance.now()
  await sleep(1)
  return performance.now() - start
}
