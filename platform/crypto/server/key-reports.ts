import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { App } from '#runtime'
import type { KeyStore } from './key-store.ts'

const BEAT_MS = 5_000
const SILENT = '30 seconds'
/** Topic told when a key is added, promoted or retired. */
export const KEYS_CHANGED = 'crypto.key.changed'

type Summary = ReturnType<KeyStore['summary']>

/** Keeps the ring of this process fresh and tells the others which keys it has. */
export class KeyReports {
  readonly #id = randomUUID()
  readonly #app: App
  readonly #store: KeyStore

  constructor(app: App, store: KeyStore) {
    this.#app = app
    this.#store = store
    app.hear((event) => {
      if (event.topic === KEYS_CHANGED) void this.#refreshQuietly()
    })
  }

  async start(): Promise<void> {
    await this.refresh()
    void this.#beat()
  }

  async stop(): Promise<void> {
    await sql`delete from crypto.process where id = ${this.#id}`.execute(this.#app.db)
  }

  /** Loads the keys and reports them, in this order. */
  async refresh(): Promise<void> {
    await this.#store.reload()
    await sql`insert into crypto.process (id, seen_at, keys)
      values (${this.#id}, clock_timestamp(), ${JSON.stringify(this.#store.summary())})
      on conflict (id) do update set seen_at = excluded.seen_at, keys = excluded.keys`.execute(this.#app.db)
  }

  /** Waits until every process that is alive fits; a process silent for half a minute counts as dead. */
  async untilAll(fits: (summary: Summary) => boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      await this.refresh()
      const { rows } = await sql<{ keys: Summary }>`select keys from crypto.process
        where seen_at > clock_timestamp() - ${SILENT}::interval`.execute(this.#app.db)
      if (rows.every((row) => fits(row.keys))) return
      await sleep(250, undefined, { signal })
    }
  }

  async #beat(): Promise<void> {
    while (!this.#app.stopping.aborted) {
      await sleep(BEAT_MS, undefined, { signal: this.#app.stopping }).catch(() => undefined)
      if (!this.#app.stopping.aborted) await this.#refreshQuietly()
    }
  }

  async #refreshQuietly(): Promise<void> {
    await this.refresh().catch((error: unknown) => this.#app.log.warn({ err: error }, 'keys cannot be loaded now'))
  }
}
