import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Keys } from '#platform/crypto'
import type { App, Db } from '#runtime'
import { keepHead, readKeptHead } from './kept-head.ts'
import { BATCH, lockChain, type Place, sealBatch } from './seal.ts'
import { findSignature } from './stored.ts'

const EVERY_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
const WAIT_MS = 50
const LONGEST_WAIT_MS = 5_000

/** The file that holds the newest check point outside the database. */
export const keptHeadFile = (app: App): string => join(app.config.dataDir, 'audit', 'checkpoint.json')

/** Links and signs what has been written, every second, in whichever process gets the lock. */
export class Sealer {
  readonly #app: App
  readonly #keys: Keys
  readonly #stopped = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #place: Place = { xid: '0', entry_id: 0 }
  #isCut = false

  constructor(app: App, keys: Keys) {
    this.#app = app
    this.#keys = keys
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** Seals what is left, then ends. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#loop
    await this.sealAll(true)
  }

  /** Links what was confirmed before the call, also if older transactions are still running, for which it waits a while. */
  async sealConfirmed(): Promise<void> {
    await untilOlderAreDone(this.#app.db)
    await this.sealAll(true)
  }

  /** Links what can be linked now; without `wait` leaves it to the process that is at it. */
  async sealAll(wait: boolean): Promise<void> {
    while ((await this.#sealOnce(wait)) === BATCH) await sleep(0)
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.sealAll(false)
        failures = 0
      } catch (error) {
        failures++
        this.#app.log.error({ err: error }, 'the audit log cannot be sealed at the moment')
      }
      const pause = Math.min(EVERY_MS * 2 ** failures, LONGEST_PAUSE_MS)
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
  }

  async #sealOnce(wait: boolean): Promise<number> {
    const sealed = await this.#app.db.transaction().execute(async (tx) => {
      if (!(await lockChain(tx, wait))) return undefined
      await this.#checkEnd(async (seq) => findSignature(tx, seq))
      return sealBatch(tx, this.#keys, this.#app.now(), this.#place)
    })
    if (!sealed) return 0
    this.#place = sealed.place
    if (sealed.foreign.length > 0)
      this.#app.log.error({ entries: sealed.foreign.slice(0, 10) }, 'audit records that the program did not write')
    if (sealed.checkpoint && !this.#isCut) keepHead(keptHeadFile(this.#app), sealed.checkpoint)
    return sealed.read
  }

  /** When the kept check point is not in the database any more, it stays as it is for the verification to report. */
  async #checkEnd(signatureAt: (seq: number) => Promise<string | undefined>): Promise<void> {
    if (this.#isCut) return
    const kept = readKeptHead(keptHeadFile(this.#app))
    if (!kept || (await signatureAt(kept.to_seq)) === kept.signature) return
    this.#isCut = true
    this.#app.log.error({ seq: kept.to_seq }, 'a signed check point of the audit log is missing; run audit:verify')
  }
}

/** Nothing can be linked beyond a transaction that still runs; a long one is not waited for. */
async function untilOlderAreDone(db: Db): Promise<void> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db)
  const next = rows[0]?.next ?? '0'
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += WAIT_MS) {
    const { rows } = await sql<{ done: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as done`.execute(db)
    if (rows[0]?.done) return
    await sleep(WAIT_MS)
  }
}
