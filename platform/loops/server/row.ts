import { sql } from 'kysely'
import type { LoopInstance } from '../contract.ts'
import { lightAt } from '../light.ts'
import type { Clocks } from './clocks.ts'

/** Who has a matter: `post:<id>` or `account:<id>`, and the account that signed for it. */
export interface Holder {
  readonly who: string
  readonly signed?: string
}

/** What an instance must know of its past without reading its log. */
export interface Memory {
  /** Who did which action: how often, accounts and posts. */
  readonly done: Readonly<Record<string, { readonly n: number; readonly by: readonly string[] }>>
  /** Who held which place last. */
  readonly held: Readonly<Record<string, readonly Holder[]>>
  /** Who follows it until its end: the opener, those who supervise. */
  readonly watchers: readonly string[]
  /** Signals that came before a place waited for them. */
  readonly signals?: readonly string[]
  /** Somebody said "not mine" and a ruling is awaited: who had it. */
  readonly dispute?: { readonly holders: readonly Holder[] }
  /** Who had it when it was merged into another. */
  readonly merged?: readonly Holder[]
  /** The unit meant has no post with the right that the place asks for: others stand in until it is transferred. */
  readonly caretaken?: true
  /** Of a share: the unit that it is of. */
  readonly unit?: string
  /** Where a return would lead. */
  readonly back?: { readonly place: string; readonly holders: readonly Holder[] }
}

/** A row of `loops.instance` as the program holds it. */
export interface Row {
  readonly id: number
  readonly definition: string
  readonly version: number
  readonly key: string
  readonly place: string
  readonly place_since: Date
  readonly revision: number
  readonly moved: number
  readonly headline_zh: string
  readonly headline_en: string
  readonly data: Readonly<Record<string, unknown>>
  readonly division: string | null
  readonly origin_kind: string | null
  readonly origin_id: string | null
  readonly parent: number | null
  readonly parent_revision: number | null
  /** Matter into which this one was merged. */
  readonly lead: number | null
  readonly opened_at: Date
  readonly opened_by: string
  readonly opened_post: string | null
  readonly ended_at: Date | null
  readonly outcome: LoopInstance['outcome']
  readonly holders: readonly Holder[]
  readonly memory: Memory
  readonly clocks: Clocks
  readonly due: Date | null
  readonly warn: Date | null
  readonly supervised_at: Date | null
  /** Time of the last action; the next one is never earlier, whatever the machine's clock says. */
  readonly acted_at: Date
  /** It ended when a clock was over. */
  readonly late: boolean
}

/** Every column of a matter by name, for statements whose plan is kept while a newer version may add columns. */
export const COLUMNS = sql.raw(
  `id definition version key place place_since revision moved headline_zh headline_en data division origin_kind origin_id
  parent parent_revision lead opened_at opened_by opened_post ended_at outcome holders memory clocks due warn supervised_at
  acted_at late`
    .split(/\s+/)
    .map((name) => `i.${name}`)
    .join(', '),
)

/** The row as others see it, with the light of this instant. */
export const toInstance = (row: Row, now: Date): LoopInstance => ({
  id: String(row.id),
  definition: row.definition,
  version: row.version,
  headline: { zh: row.headline_zh, en: row.headline_en },
  place: row.place,
  data: row.data,
  division: row.division,
  openedAt: row.opened_at,
  openedBy: row.opened_by,
  endedAt: row.ended_at,
  outcome: row.outcome,
  due: row.due,
  light: lightAt(row.due, row.warn, now),
  revision: row.revision,
  origin: row.origin_kind && row.origin_id ? { kind: row.origin_kind, id: row.origin_id } : null,
  parent: row.parent === null ? null : String(row.parent),
  lead: row.lead === null ? null : String(row.lead),
  holders: row.holders.map(({ who }) => who),
})
