import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { ROWS_CHANGED } from '#platform/registry'
import type { App } from '#runtime'

const KEEP_MS = 5_000

/** When rows of each dataset were last written: heard from the registry, kept every few seconds. */
export class Freshness {
  readonly #app: App
  readonly #changed = new Map<string, Date>()
  readonly #unkept = new Set<string>()
  #loop: Promise<void> = Promise.resolve()
  readonly #stopped = new AbortController()

  constructor(app: App) {
    this.#app = app
    app.hear(({ topic, key, at }) => {
      if (topic === ROWS_CHANGED) this.#note(key, at)
    })
  }

  #note(dataset: string, at: Date): void {
    const known = this.#changed.get(dataset)
    if (known && known >= at) return
    this.#changed.set(dataset, at)
    this.#unkept.add(dataset)
  }

  of(dataset: string): Date | undefined {
    return this.#changed.get(dataset)
  }

  async start(): Promise<void> {
    const { rows } = await sql<{ dataset: string; changed_at: Date }>`select * from exchange.freshness`.execute(
      this.#app.db,
    )
    for (const { dataset, changed_at } of rows) this.#note(dataset, changed_at)
    this.#loop = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#loop
    await this.#keep()
  }

  /** What was written while no process listened, such as what modules bring along at the first start. */
  async #catchUp(): Promise<void> {
    const { rows } = await sql<{ key: string; at: Date }>`
      select key, max(at) as at from runtime.event where topic = ${ROWS_CHANGED}
        and at > coalesce((select max(changed_at) from exchange.freshness), '-infinity') group by key`
      .execute(this.#app.db)
      .catch(() => ({ rows: [] }))
    for (const { key, at } of rows) this.#note(key, at)
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    await sleep(KEEP_MS, undefined, { signal }).catch(() => undefined)
    await this.#catchUp()
    while (!signal.aborted) {
      await sleep(KEEP_MS, undefined, { signal }).catch(() => undefined)
      await this.#keep()
    }
  }

  async #keep(): Promise<void> {
    const names = [...this.#unkept].sort()
    if (names.length === 0) return
    this.#unkept.clear()
    const times = names.map((name) => this.#changed.get(name) ?? this.#app.now())
    try {
      await sql`insert into exchange.freshness (dataset, changed_at)
        select * from unnest(${names}::text[], ${times}::timestamptz[])
        on conflict (dataset) do update set changed_at = greatest(freshness.changed_at, excluded.changed_at)`.execute(
        this.#app.db,
      )
    } catch (error) {
      for (const name of names) this.#unkept.add(name)
      this.#app.log.warn({ err: error }, 'freshness of datasets cannot be kept at the moment')
    }
  }
}
