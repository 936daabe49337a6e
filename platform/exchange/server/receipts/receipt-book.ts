import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { canonicalJson, sm3Hex } from '#platform/crypto'
import { type App, dayAt, formatDay, ProductError, Unavailable, words } from '#runtime'
import { quotaUsed, replayed } from '../calls/refusals.ts'
import { beginRun, meter, storeEntries } from './store-receipts.ts'
import type { ReceiptRecord } from './record.ts'

/** What a call tells of itself; number, time and digest of the answer are added here. */
export interface Draft {
  readonly grant: string
  readonly dataset: string | null
  readonly consumer: string | null
  readonly caller: string
  readonly way: string
  readonly fields: readonly string[]
  readonly condition: string | null
  readonly rows: number
  readonly outcome: string
  readonly times?: number
  /** Number that the consumer gave the call; the same one again is refused. */
  readonly request?: string
  /** Most calls of the grant a day; absent: not counted. */
  readonly quota?: number
}

/** A receipt on its way to the disk. */
export interface Entry {
  readonly n: number
  readonly at: Date
  readonly draft: Draft
  readonly answer: string | null
  record: string
  /** Why it became a refusal when it was stored. */
  refusal?: ProductError
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

export interface Left {
  readonly id: string
  /** The answer, as `answerOf` made it. */
  readonly text: string
}

const MOST = 1_000

/**
 * Receipts of this process. Those of calls that come within the same few milliseconds are stored in one transaction,
 * which also counts the calls against the quota; each call waits for its own.
 */
export class ReceiptBook {
  readonly #app: App
  readonly #stored: (run: string, entries: readonly Entry[]) => void
  #run = newRun()
  #n = 0
  #isNew = true
  #waiting: Entry[] = []
  #isFlushing = false
  /** Grants that used up their quota, by day: refused without asking the database. */
  #used = new Map<string, string>()

  /** @param stored hears what is confirmed, in order, to sign it */
  constructor(app: App, stored: (run: string, entries: readonly Entry[]) => void) {
    this.#app = app
    this.#stored = stored
  }

  /** Whether the grant's quota of today is known to be used up. */
  isUsedUp(grant: string): boolean {
    return this.#used.get(grant) === this.#today()
  }

  /**
   * Leaves a receipt and resolves when it is on the disk. @param answerOf makes the bytes to answer from the number
   * @throws ProductError `quota-used` or `replayed` when it turned out that the call may not be answered; the receipt
   * then says so
   */
  async leave(draft: Draft, answerOf?: (id: string) => string): Promise<Left> {
    const id = `${this.#run}-${++this.#n}`
    const text = answerOf?.(id) ?? ''
    const answer = answerOf ? sm3Hex(text) : null
    const entry = await new Promise<Entry>((done, fail) => {
      const at = this.#app.now()
      const entry: Entry = {
        n: this.#n,
        at,
        draft,
        answer,
        record: recordOf(id, at, draft, answer),
        done: () => done(entry),
        fail,
      }
      this.#waiting.push(entry)
      if (!this.#isFlushing) setImmediate(() => void this.#flush())
      this.#isFlushing = true
    })
    if (entry.refusal) throw entry.refusal
    return { id, text }
  }

  /** Leaves a receipt of a file whose digest is known. */
  async leaveOf(draft: Draft, digest: string): Promise<string> {
    return (await this.leave({ ...draft }, () => digest)).id
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const entries = this.#waiting.splice(0, MOST)
      const run = this.#run
      try {
        await this.#store(run, entries)
        this.#stored(run, entries)
        for (const entry of entries) entry.done()
      } catch (error) {
        this.#begin()
        const why = error instanceof ProductError ? error : notStored(error)
        for (const entry of [...entries, ...this.#waiting.splice(0)]) entry.fail(why)
      }
    }
    this.#isFlushing = false
  }

  /** A number that was not stored would be a gap, so the next receipts are of another run. */
  #begin(): void {
    this.#run = newRun()
    this.#n = 0
    this.#isNew = true
  }

  async #store(run: string, entries: readonly Entry[]): Promise<void> {
    const client: pg.PoolClient = await this.#app.pool.connect()
    let isBroken = false
    try {
      await client.query('begin')
      if (this.#isNew) await beginRun(client, run, this.#app.now())
      const day = this.#today()
      const used = await meter(client, day, entries)
      for (const grant of used.full) this.#used.set(grant, day)
      for (const entry of used.beyond) this.#refuse(run, entry, quotaUsed())
      const again = await storeEntries(client, run, entries)
      for (const entry of again) this.#refuse(run, entry, replayed())
      if (again.length > 0) await storeEntries(client, run, again)
      await client.query('commit')
      this.#isNew = false
    } catch (error) {
      isBroken = true
      await client.query('rollback').then(
        () => {
          isBroken = false
        },
        () => undefined,
      )
      throw error
    } finally {
      client.release(isBroken)
    }
  }

  #refuse(run: string, entry: Entry, refusal: ProductError): void {
    const draft = { ...entry.draft, rows: 0, outcome: refusal.code }
    entry.record = recordOf(`${run}-${entry.n}`, entry.at, draft, null)
    entry.refusal = refusal
  }

  #today = (): string => formatDay(dayAt(this.#app.now().getTime()))
}

const newRun = (): string => randomBytes(8).toString('hex')

function recordOf(id: string, at: Date, draft: Draft, answer: string | null): string {
  const { request: _request, quota: _quota, ...said } = draft
  const record: ReceiptRecord = { ...said, id, at: at.toISOString(), answer }
  return canonicalJson(record)
}

const notStored = (cause: unknown): Unavailable =>
  Object.assign(
    new Unavailable(
      'receipt-not-stored',
      words('回执暂时无法保存，请稍后再试', 'The receipt cannot be stored at the moment; try again soon'),
    ),
    { cause },
  )
