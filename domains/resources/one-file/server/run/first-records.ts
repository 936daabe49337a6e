import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { bulkCopy } from '#platform/registry'
import { type App, system, type Work } from '#runtime'
import { MATCHING } from '../../declarations/readings.ts'
import { type Gathered, NOBODY, type Taken } from './gathered.ts'
import { KEYS } from './keys.ts'
import type { Progress, Records, Sets } from './records.ts'

/** Records of one transaction: events wait for those under way. */
const BATCH = 200_000
/** Records of which the text is made at a time. */
const LINES = 2000

/**
 * The records of the very first run. They are copied into a table without indexes that nobody reads, which in the end takes
 * the place of the empty one: a whole city is stored several times as fast as with indexes, and until then a page shows
 * nobody rather than half of a person. What a run leaves that is cut short, the next one throws away.
 */
export class FirstRecords implements Records {
  readonly #app: App
  /** Number of the next entity. */
  #next: number

  private constructor(app: App, next: number) {
    this.#app = app
    this.#next = next
  }

  /** @returns undefined if records are known already */
  static async begin(app: App): Promise<FirstRecords | undefined> {
    const next = await app.work(system(MATCHING), async (work) => {
      const { rows } = await sql<{ next: number | null }>`select one_file.first_begin() as next`.execute(work.tx)
      return rows[0]?.next ?? null
    })
    return next === null ? undefined : new FirstRecords(app, next)
  }

  async nobody(rows: Taken['nobody']): Promise<void> {
    await this.#copy(rows.length, (at) => {
      const { dataset, row, version } = rows[at] ?? { dataset: '', row: 0, version: 0 }
      return [dataset, row, NOBODY, 'nobody', version, null, ...KEYS.map(() => null)]
    })
  }

  async write(gathered: Gathered, { root }: Sets, progress: Progress, signal: AbortSignal): Promise<number> {
    const entity = new Float64Array(root.length)
    for (const [record, set] of root.entries()) entity[record] = record === set ? this.#next++ : (entity[set] ?? 0)
    const cells = (record: number): Cell[] => {
      const { dataset, row, part } = gathered.ref(record)
      const keys = KEYS.map((_, key) => gathered.key(key, record))
      return [dataset, row, part, gathered.kind, gathered.version(record), entity[record] ?? 0, ...keys]
    }
    await this.#copy(root.length, cells, progress, signal)
    return root.length
  }

  async end(progress: (done: number, of: number) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { rows } = await sql<{ name: string }>`select indexname as name from pg_indexes
      where schemaname = 'one_file' and tablename = 'record' order by 1`.execute(this.#app.db)
    const steps = [
      sql`select one_file.first_entities()`,
      ...rows.map(({ name }) => sql`select one_file.first_index(${name})`),
      sql`select one_file.first_end()`,
    ]
    for (const [at, step] of steps.entries()) {
      signal.throwIfAborted()
      await progress(at, steps.length)
      await this.#work((work) => step.execute(work.tx))
    }
  }

  #work(what: (work: Work) => Promise<unknown>): Promise<unknown> {
    return this.#app.work(system(MATCHING), what)
  }

  async #copy(count: number, cells: (at: number) => Cell[], progress?: Progress, signal?: AbortSignal): Promise<void> {
    for (let from = 0; from < count; from += BATCH) {
      signal?.throwIfAborted()
      const until = Math.min(from + BATCH, count)
      await this.#work((work) =>
        this.#app
          .use(bulkCopy)
          .stream(
            work.tx,
            `copy one_file.first_record (known_from, dataset, row, part, kind, version, entity, ${KEYS.map((key) => `${key}_key`).join()}) from stdin`,
            Readable.from(text(work.at.toISOString(), from, until, cells), { objectMode: false }),
          ),
      )
      await progress?.(until)
    }
  }
}

type Cell = string | number | null

/** PostgreSQL's text format; no cell needs an escape: names of datasets and kinds, numbers. */
function* text(knownFrom: string, from: number, until: number, cells: (at: number) => Cell[]): Generator<Buffer> {
  for (let at = from; at < until; at += LINES) {
    let lines = ''
    for (let record = at; record < Math.min(at + LINES, until); record++) {
      lines += knownFrom
      for (const cell of cells(record)) lines += `\t${cell ?? '\\N'}`
      lines += '\n'
    }
    yield Buffer.from(lines)
  }
}
