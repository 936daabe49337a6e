import { sql } from 'kysely'
import { dayAt, formatDay, startOfDay, type Work } from '#runtime'

/** The month partitions of the store, as far as this process knows them to exist. */
export class Months {
  readonly #known = new Set<string>()

  /** Makes the partitions that these instants (milliseconds) need. */
  async make(work: Work, at: readonly number[]): Promise<void> {
    const missing = new Map<string, number>()
    for (const day of new Set(at.map(dayAt))) {
      const month = formatDay(day).slice(0, 7)
      if (!this.#known.has(month)) missing.set(month, startOfDay(day))
    }
    for (const [month, instant] of [...missing].sort()) {
      await sql`select sensing.make_month(${new Date(instant)})`.execute(work.tx)
      work.afterCommit(() => this.#known.add(month))
    }
  }
}
