import { sql } from 'kysely'
import { type App, system } from '#runtime'
import { MATCHING } from '../../declarations/readings.ts'
import { RUN_MOVED } from '../../topics.ts'
import type { EntityKind } from './gathered.ts'

type Step = 'gather' | 'match' | 'store' | 'index'
/** Browsers hear at most so often. */
const TELL_MS = 500

const files = (kind: EntityKind) =>
  sql`(select count(*) from one_file.entity where kind = ${kind} and retired_at is null)`

/** The row of `one_file.run` that says how far a run is. */
export class RunLog {
  readonly id: number
  readonly #app: App
  #told = 0

  private constructor(app: App, id: number) {
    this.#app = app
    this.id = id
  }

  /** Whether the last run did not come to its end. */
  static async wasCut(app: App): Promise<boolean> {
    const { rows } = await sql<{ state: string }>`select state from one_file.run order by id desc limit 1`.execute(
      app.db,
    )
    return rows[0] !== undefined && rows[0].state !== 'done'
  }

  static async begin(app: App, isWhole: boolean, pack: string): Promise<RunLog> {
    const id = await app.work(system(MATCHING), async (work) => {
      await sql`update one_file.run set state = 'failed', ended_at = ${work.at} where state = 'running'`.execute(
        work.tx,
      )
      const { rows } = await sql<{ id: number }>`insert into one_file.run (state, is_whole, step, started_at, pack)
        values ('running', ${isWhole}, 'gather', ${work.at}, ${pack}) returning id`.execute(work.tx)
      work.audit({ event: 'one-file.run.started', subject: { kind: 'one-file.run', id: String(rows[0]?.id) } })
      return rows[0]?.id ?? 0
    })
    return new RunLog(app, id)
  }

  async at(step: Step, done: number, of: number): Promise<void> {
    if (Date.now() - this.#told < TELL_MS && done < of) return
    this.#told = Date.now()
    await this.#app.work(system(MATCHING), async (work) => {
      await sql`update one_file.run set step = ${step}, done = ${done}, of = ${of} where id = ${this.id}`.execute(
        work.tx,
      )
      work.emit({ topic: RUN_MOVED, key: String(this.id), audience: { right: 'one-file.steward' } })
    })
  }

  async end({ records, changed, review }: { records: number; changed: number; review: number }): Promise<void> {
    await this.#app.work(system(MATCHING), async (work) => {
      await sql`update one_file.run set state = 'done', ended_at = ${work.at}, records = ${records}, changed = ${changed},
        review = ${review}, done = ${records}, of = ${records}, people = ${files('person')}, firms = ${files('firm')}
        where id = ${this.id}`.execute(work.tx)
      work.audit({
        event: 'one-file.run.ended',
        subject: { kind: 'one-file.run', id: String(this.id) },
        details: { records, changed, review },
      })
      work.emit({ topic: RUN_MOVED, key: String(this.id), audience: { right: 'one-file.steward' } })
    })
  }

  async fail(): Promise<void> {
    await sql`update one_file.run set state = 'failed', ended_at = now() where id = ${this.id}`.execute(this.#app.db)
  }
}
