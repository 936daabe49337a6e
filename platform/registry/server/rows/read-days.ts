import { sql } from 'kysely'
import { type App, type Db, localDateAt } from '#runtime'

/** On which day people last read rows of a dataset: noted beside the reading, once a day by each process. */
export class ReadDays {
  readonly #app: App
  readonly #noted = new Map<string, string>()

  constructor(app: App) {
    this.#app = app
  }

  note(dataset: string): void {
    const today = localDateAt(this.#app.now())
    if (this.#noted.get(dataset) === today) return
    this.#noted.set(dataset, today)
    this.#write(dataset, today).catch((error: unknown) => {
      this.#noted.delete(dataset)
      this.#app.log.warn({ err: error, dataset }, 'the day of a reading was not noted')
    })
  }

  async #write(dataset: string, day: string): Promise<void> {
    await sql`insert into registry.last_read (dataset, day) values (${dataset}, ${day})
      on conflict (dataset) do update set day = excluded.day where last_read.day < excluded.day`.execute(this.#app.db)
  }
}

export async function lastReads(db: Db): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ dataset: string; day: string }>`
    select dataset, day::text as day from registry.last_read`.execute(db)
  return new Map(rows.map(({ dataset, day }) => [dataset, day]))
}
