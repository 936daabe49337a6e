import { randomBytes } from 'node:crypto'
import { canonicalJson, sm3Hex } from '#platform/crypto'
import { type App, dayAt, formatDay, ProductError, Unavailable, words } from '#runtime'
import { quotaUsed, replayed } from '../calls/refusals.ts'
import type { ReceiptRecord } from './record.ts'
import { beginRun, offer } from './store-receipts.ts'

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
  /** Rows that the answer holds or rests on; kept beside what is signed. */
  readonly about?: readonly number[]
  /** Most calls of the grant a day; absent: not counted. */
  readonly quota?: number
}

/** A receipt on its way to the disk. */
export interface Entry {
  readonly n: number
  readonly at: Date
  draft: Draft
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
    const n = ++this.#n
    const id = `${this.#run}-${n}`
    const text = answerOf?.(id) ?? ''
    await this.#put(n, id, draft, answerOf ? sm3Hex(text) : null)
    return { id, text }
  }

  /** Leaves the receipt of an answer whose SM3 is known, such as that of a file. @returns its id */
  async leaveOf(draft: Draft, answer: string): Promise<string> {
    const n = ++this.#n
    const id = `${this.#run}-${n}`
    await this.#put(n, id, draft, answer)
    return id
  }

  async #put(n: number, id: string, draft: Draft, answer: string | null): Promise<void> {
    const at = this.#app.now()
    const record = recordOf(id, at, draft, answer)
    const entry = await new Promise<Entry>((done, fail) => {
      const entry: Entry = { n, at, draft, answer, record, done: () => done(entry), fail }
      this.#waiting.push(entry)
      if (!this.#isFlushing) setImmediate(() => void this.#flush())
      this.#isFlushing = true
    })
    if (entry.refusal) throw entry.refusal
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

  /** All at once where that goes; what may not be answered is stored as the refusal that it has become. */
  async #store(run: string, entries: readonly Entry[]): Promise<void> {
    const { pool } = this.#app
    if (this.#isNew) await beginRun(pool, run, this.#app.now())
    this.#isNew = false
    const day = this.#today()
    const { stored, counted } = await offer(pool, run, day, entries)
    for (const { draft } of entries)
      if (draft.quota !== undefined && counted.get(draft.grant) === draft.quota) this.#used.set(draft.grant, day)
    if (stored.size === entries.length) return
    const refused: Entry[] = []
    for (const entry of entries.filter(({ n }) => !stored.has(n))) {
      const { grant, quota } = entry.draft
      const isAgain = quota === undefined || counted.has(grant)
      if (!isAgain && (await this.#fits(run, day, entry))) continue
      refuse(run, entry, isAgain || !this.isUsedUp(grant) ? replayed() : quotaUsed())
      refused.push(entry)
    }
    if (refused.length > 0) await offer(pool, run, day, refused)
  }

  /** Whether a call alone goes within what is left of the quota; notes when nothing is. */
  async #fits(run: string, day: string, entry: Entry): Promise<boolean> {
    const { grant } = entry.draft
    if (this.isUsedUp(grant)) return false
    const { stored, counted } = await offer(this.#app.pool, run, day, [entry])
    if (!counted.has(grant)) this.#used.set(grant, day)
    return stored.size > 0
  }

  #today = (): string => formatDay(dayAt(this.#app.now().getTime()))
}

/** From now on the receipt is one of a refusal, which is not counted. */
function refuse(run: string, entry: Entry, refusal: ProductError): void {
  const { quota: _quota, request: _request, about: _about, ...draft } = entry.draft
  entry.draft = { ...draft, rows: 0, outcome: refusal.code }
  entry.record = recordOf(`${run}-${entry.n}`, entry.at, entry.draft, null)
  entry.refusal = refusal
}

const newRun = (): string => randomBytes(8).toString('hex')

function recordOf(id: string, at: Date, draft: Draft, answer: string | null): string {
  const { request: _request, quota: _quota, about: _about, ...said } = draft
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
