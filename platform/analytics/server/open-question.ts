import { createHash } from 'node:crypto'
import { type Actor, type App, type AuditRecord, TooMany, type Work, words } from '#runtime'
import type { Analytics, Batch, Limits, Snapshot } from '../contract.ts'
import { wordsIn } from '../words-in.ts'
import { isReadable, needWholeCity } from './readable.ts'
import { analyticsTables } from './tables.ts'

/** What the console may use; shown to whoever asks. */
export const CONSOLE: Limits = { seconds: 60, bytes: 2 ** 30, rows: 1000 }
/** An export is larger and may take longer. */
export const EXPORT: Limits = { seconds: 300, bytes: 2 ** 30, rows: 1_000_000 }

export interface Asked {
  readonly sql: string
  readonly purpose: string
}

export interface Noted {
  /** Tables it may see, and their names. */
  readonly named: readonly Snapshot[]
  readonly tables: readonly string[]
  /** Which facts are in them, as they were at an instant. */
  readonly facts: readonly { readonly dataset: string; readonly at: Date }[]
  /** Subject and details of its audit records. */
  readonly noted: Omit<AuditRecord, 'event'>
}

/** Leaves the record of a question before it is answered, also of one that fails. */
export async function noteQuestion(
  app: App,
  service: Analytics,
  work: Work,
  { sql, purpose }: Asked,
  exported: boolean,
): Promise<Noted> {
  needWholeCity(work.actor, 'analytics.ask')
  const named = namedTables(app, work.actor, await service.tables(), sql)
  const tables = named.map(({ table }) => table)
  const digest = createHash('sm3').update(sql).digest('hex')
  const { id } = await analyticsTables(work.tx)
    .insertInto('analytics.question')
    .values({ account: work.actor.id, sql, digest, tables, purpose, asked_at: work.at, exported })
    .returning('id')
    .executeTakeFirstOrThrow()
  const noted = { subject: { kind: 'analytics.question', id: String(id) }, details: { digest, tables, purpose } }
  work.audit({ event: 'analytics.question.asked', ...noted })
  const facts = named.flatMap(({ sources, at }) => sources.map((dataset) => ({ dataset, at: new Date(at) })))
  return { named, tables, facts, noted }
}

/** Tables whose name stands in the text. What only looks like a name gives nothing that may not be read anyway. */
function namedTables(app: App, actor: Actor, tables: readonly Snapshot[], sql: string): Snapshot[] {
  const named = wordsIn(sql)
  return tables.filter((each) => named.has(each.table) && isReadable(app, actor, each))
}

const AT_ONCE = 3

/** Questions under way in this process: each needs memory and a processor of its own. */
export class Places {
  readonly #places = new Map<string, object>()

  /**
   * Answers within a place, which is free again at the end or when the signal says so: a file that nobody fetches
   * would hold it for good. @throws TooMany when the account asks already or all places are taken
   */
  async *taken(account: string, batches: AsyncIterable<Batch>, signal: AbortSignal): AsyncGenerator<Batch> {
    if (this.#places.has(account) || this.#places.size >= AT_ONCE)
      throw new TooMany(
        'questions-under-way',
        words('已有查询正在进行，请等它结束或先取消', 'A question is under way; wait for it to end, or cancel it'),
        5,
      )
    const place = {}
    this.#places.set(account, place)
    const free = () => {
      if (this.#places.get(account) === place) this.#places.delete(account)
    }
    signal.addEventListener('abort', free)
    try {
      yield* batches
    } finally {
      signal.removeEventListener('abort', free)
      free()
    }
  }
}
