import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { keys, signBatch } from '#platform/crypto'
import { type App, type Db, system } from '#runtime'
import type { Entry } from './receipt-book.ts'
import { RECEIPTS } from './receipt-file.ts'

const EVERY_MS = 900
/** A run of which nothing was heard for so long belongs to a process that is gone; others sign what it left. */
const SILENT_SECONDS = 30
const RECENT_DAYS = 7
const BATCH = 5_000

/** Gathers the receipts of up to a second into a hash tree whose head is signed once. */
export class Signer {
  readonly #app: App
  readonly #stopped = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #runs = new Map<string, { sealed: number; records: Numbered[] }>()

  constructor(app: App) {
    this.#app = app
  }

  /** Takes up what was stored, in the order of its numbers. */
  readonly take = (run: string, entries: readonly Entry[]): void => {
    const known = this.#runs.get(run) ?? { sealed: (entries[0]?.n ?? 1) - 1, records: [] as Numbered[] }
    for (const { n, record } of entries) known.records.push({ n, record })
    this.#runs.set(run, known)
  }

  start(): void {
    this.#loop = this.#work()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#loop
    await this.#try()
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined)
      await this.#try()
    }
  }

  /** What cannot be signed now is tried again, here or by another process. */
  #try = (): Promise<void> =>
    this.sign().catch((error) => this.#app.log.error({ err: error }, 'receipts cannot be signed at the moment'))

  /** Signs what was stored before the call. */
  async sign(): Promise<void> {
    for (const [run, known] of this.#runs) {
      const records = known.records.slice(0, BATCH)
      if (records.length === 0) continue
      const isOurs = await signRecords(this.#app, run, known.sealed, records)
      if (isOurs) {
        known.records.splice(0, records.length)
        known.sealed = records.at(-1)?.n ?? known.sealed
      } else this.#runs.delete(run)
    }
  }
}

/** @returns false when somebody else signed from there, taking this process for dead: he then signs the rest too */
async function signRecords(app: App, run: string, sealed: number, records: readonly Numbered[]): Promise<boolean> {
  const { id, pair } = app.use(keys).signer(RECEIPTS)
  const bytes = records.map(({ record }) => Buffer.from(record))
  const { head } = signBatch(RECEIPTS, bytes, pair, app.now())
  const first = records[0]?.n ?? 0
  const last = records.at(-1)?.n ?? 0
  return app.work(system('exchange.sign'), async (work) => {
    const { rows } = await sql<{ sealed: number }>`update exchange.stream set sealed = ${last}, seen = ${work.at}
      where id = ${run} and sealed = ${sealed} returning sealed`.execute(work.tx)
    if (rows.length === 0) return false
    await sql`insert into exchange.head (stream, first, last, at, root, key_id, signature)
      values (${run}, ${first}, ${last}, ${head.at}, ${Buffer.from(head.root, 'hex')}, ${id},
        ${Buffer.from(head.signature, 'hex')})`.execute(work.tx)
    work.audit({
      event: 'exchange.receipts.signed',
      subject: { kind: 'exchange.head', id: `${run}-${first}` },
      details: { last, root: head.root },
    })
    return true
  })
}

/** Signs what killed processes left: receipts that are stored, older than a while, and in no head. */
export async function signLeft(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - SILENT_SECONDS * 1000)
  const since = new Date(app.now().getTime() - RECENT_DAYS * 86_400_000)
  const { rows: runs } = await sql<{ stream: string; sealed: number }>`
    select id as stream, sealed from exchange.stream s where seen between ${since} and ${before}
      and exists (select from exchange.receipt r where r.stream = s.id and r.n > s.sealed)`.execute(app.db)
  for (const { stream, sealed } of runs) {
    const records = await recordsOf(app.db, stream, sealed + 1, sealed + BATCH)
    if (records.length > 0) await signRecords(app, stream, sealed, records)
  }
  return runs.length
}

/** A record with its number in its run. */
interface Numbered {
  readonly n: number
  readonly record: string
}

/** Records of a run with numbers from `first` to `last`, in order. */
export async function recordsOf(db: Db, stream: string, first: number, last: number): Promise<Numbered[]> {
  const { rows } = await sql<Numbered>`select n, record from exchange.receipt
    where stream = ${stream} and n between ${first} and ${last} order by n`.execute(db)
  return rows
}
