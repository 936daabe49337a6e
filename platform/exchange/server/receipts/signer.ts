import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { GrowingTree, keys, signHead } from '#platform/crypto'
import { type App, type Db, system } from '#runtime'
import type { Entry } from './receipt-book.ts'
import { RECEIPTS } from './receipt-file.ts'

const EVERY_MS = 900
/** A run of which nothing was heard for so long belongs to a process that is gone; others sign what it left. */
const SILENT_SECONDS = 30
const RECENT_DAYS = 7
const BATCH = 5_000

/** Receipts of a run that one head signs: numbers `first` to `last`, without a gap. */
interface Batch {
  readonly first: number
  last: number
  readonly tree: GrowingTree
}

/** Gathers the receipts of up to a second into a hash tree whose head is signed once. */
export class Signer {
  readonly #app: App
  readonly #stopped = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #runs = new Map<string, Batch[]>()

  constructor(app: App) {
    this.#app = app
  }

  /** Takes up what was stored, in the order of its numbers. */
  readonly take = (run: string, entries: readonly Entry[]): void => {
    const batches = this.#runs.get(run) ?? []
    this.#runs.set(run, batches)
    gather(batches, entries)
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
    for (const [run, batches] of this.#runs) {
      const batch = batches.shift()
      if (!batch) continue
      const isOurs = await signBatch(this.#app, run, batch).catch((error) => {
        batches.unshift(batch)
        throw error
      })
      if (!isOurs) this.#runs.delete(run)
    }
  }
}

/** Adds records to the last batch, or to new ones when it is full. */
function gather(batches: Batch[], records: readonly Numbered[]): void {
  for (const { n, record } of records) {
    let batch = batches.at(-1)
    if (!batch || batch.tree.size === BATCH) {
      batch = { first: n, last: n, tree: new GrowingTree() }
      batches.push(batch)
    }
    batch.tree.append(Buffer.from(record))
    batch.last = n
  }
}

/** @returns false when somebody else signed from there, taking this process for dead: he then signs the rest too */
async function signBatch(app: App, run: string, { first, last, tree }: Batch): Promise<boolean> {
  const { id, pair } = app.use(keys).signer(RECEIPTS)
  const head = signHead(RECEIPTS, tree, pair, app.now())
  return app.work(system('exchange.sign'), async (work) => {
    const { rows } = await sql<{ sealed: number }>`update exchange.stream set sealed = ${last}, seen = ${work.at}
      where id = ${run} and sealed = ${first - 1} returning sealed`.execute(work.tx)
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
    const batches: Batch[] = []
    gather(batches, await recordsOf(app.db, stream, sealed + 1, sealed + BATCH))
    for (const batch of batches) await signBatch(app, stream, batch)
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
