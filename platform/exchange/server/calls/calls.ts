import { randomBytes } from 'node:crypto'
import { type Mark, type RowMarks, rowMarks, type SharedRow, type TotalsQuestion, type Where } from '#platform/registry'
import { type Actor, type App, Conflict, dayAt, formatDay, InvalidInput, ProductError, TooMany } from '#runtime'
import type { Way } from '../../contract.ts'
import type { GrantStore, KnownGrant } from '../grants/grant-store.ts'
import type { Draft, ReceiptBook } from '../receipts/receipt-book.ts'
import { conditionDigest } from '../receipts/record.ts'
import { beyondGrant } from './beyond-grant.ts'
import { disclosureNow } from './disclosure.ts'
import { FloodGate } from './flood-gate.ts'
import {
  busy,
  ended,
  flooding,
  isBusy,
  noGrant,
  noRequestId,
  notThisWay,
  outOfScope,
  quotaUsed,
  underWay,
} from './refusals.ts'

/** One call as it was asked. */
export interface Asked {
  readonly grant: string
  readonly way: Way
  readonly actor: Actor
  readonly fields?: readonly string[]
  readonly where?: Where
  readonly match?: Where
  /** Header `x-request-id`. */
  readonly request?: string | undefined
}

/** What a way answers, with how many rows were handed out, and which it is about. */
interface Found {
  readonly rows: number
  readonly about: readonly number[]
  readonly body: Readonly<Record<string, unknown>>
}

const RIGHT = 'exchange.call'
const MOST_ROWS = 100
/** Totals may read a whole table; so many are computed at a time in a process. */
const COMPUTED_AT_ONCE = 4

/** What the caller can put right; anything else that fails is no answer of his call. */
const isRefusal = (error: unknown): error is ProductError =>
  error instanceof InvalidInput || error instanceof Conflict || error instanceof TooMany

/** Calls under grants: checked in memory, answered by one statement, receipted before the answer is sent. */
export class Calls {
  readonly #app: App
  readonly #grants: GrantStore
  readonly #book: ReceiptBook
  readonly #gate = new FloodGate()
  readonly #marks: RowMarks
  /** Grants for which totals are being computed: one question each at a time. */
  readonly #computing = new Set<string>()

  constructor(app: App, grants: GrantStore, book: ReceiptBook) {
    this.#app = app
    this.#grants = grants
    this.#book = book
    this.#marks = app.use(rowMarks)
  }

  /** Rows as the grant shows them, at most 100; `after` goes on behind a row. @returns JSON */
  query(asked: Asked, page: { readonly after?: number; readonly limit?: number }): Promise<string> {
    const limit = Math.min(page.limit ?? MOST_ROWS, MOST_ROWS)
    return this.#answer(asked, async ({ plan, dataset }) => {
      const rows = await plan.rows(this.#app.db, {
        ...(asked.where ? { where: asked.where } : {}),
        ...(asked.fields ? { fields: asked.fields } : {}),
        ...(page.after === undefined ? {} : { after: page.after }),
        limit: limit + 1,
      })
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null
      const marks = await this.#marksOf(dataset, shown)
      const about = shown.map(({ id }) => id)
      return { rows: shown.length, about, body: { rows: shown.map(({ value }) => value), ...marks, next } }
    })
  }

  /** Says whether the row that `where` means matches, and what one has to know of it; shows nothing of it. */
  compare(asked: Asked & { readonly where: Where; readonly match: Where }): Promise<string> {
    return this.#answer(asked, async ({ plan, dataset }) => {
      const { answer, rows } = await plan.compare(this.#app.db, asked.where, asked.match)
      return { rows: 0, about: rows, body: { answer, ...(await this.#marksTogether(dataset, rows)) } }
    })
  }

  /** Totals of groups of rows, computed where they lie: nothing is shown of a single one. */
  async compute(asked: Asked, question: Pick<TotalsQuestion, 'by' | 'measures'>): Promise<string> {
    const fields = [...question.by, ...question.measures.flatMap((each) => (each.of === 'count' ? [] : [each.field]))]
    const used = { ...asked, fields: [...new Set(fields)] }
    return this.#answer(used, async ({ id, plan }) => {
      if (this.#computing.has(id)) throw underWay()
      if (this.#computing.size >= COMPUTED_AT_ONCE) throw busy()
      this.#computing.add(id)
      try {
        const totals = { ...question, ...(asked.where ? { where: asked.where } : {}) }
        const { groups } = await plan.totals(this.#app.db, totals, disclosureNow(this.#app))
        return { rows: 0, about: [], body: { groups } }
      } finally {
        this.#computing.delete(id)
      }
    })
  }

  /** Checks a call that is answered in another way, such as the fetching of a file. @throws ProductError, with a receipt */
  async admit(asked: Asked): Promise<KnownGrant> {
    const checked = this.#check(asked)
    if (checked instanceof ProductError) throw await this.#refuse(asked, checked)
    return checked
  }

  /** Answers a call by what `find` finds or does; what it refuses is receipted as a refusal. @throws ProductError */
  async answer(asked: Asked, find: (grant: KnownGrant) => Promise<Found>): Promise<string> {
    return this.#answer(asked, find)
  }

  async #answer(asked: Asked, find: (grant: KnownGrant) => Promise<Found>): Promise<string> {
    const grant = await this.admit(asked)
    let found: Found
    try {
      found = await find(grant)
    } catch (error) {
      if (isRefusal(error)) throw await this.#refuse(asked, error)
      throw error
    }
    const nonce = randomBytes(12).toString('base64url')
    const { where = {}, match } = asked
    const draft: Draft = {
      ...this.#draft(asked, grant),
      condition: conditionDigest({ nonce, where, ...(match ? { match } : {}) }),
      rows: found.rows,
      about: found.about,
      outcome: 'answered',
      quota: grant.quota,
      ...(asked.request ? { request: asked.request } : {}),
    }
    try {
      const { text } = await this.#book.leave(draft, (receipt) => JSON.stringify({ ...found.body, receipt, nonce }))
      return text
    } catch (error) {
      if (error instanceof ProductError) this.#gate.refused(asked.actor.id, this.#app.now().getTime())
      throw error
    }
  }

  /** The grant, or why the call is refused. Reads memory alone. */
  #check(asked: Asked): KnownGrant | ProductError {
    const { actor, way, request } = asked
    const grant = this.#grants.find(asked.grant)
    const scope = actor.rights.get(RIGHT)
    if (!grant || !scope?.path.startsWith(grant.path)) return noGrant()
    if (grant.state !== 'active') return ended(grant.state)
    if (grant.until < formatDay(dayAt(this.#app.now().getTime()))) return ended('expired')
    if (!grant.ways.includes(way)) return notThisWay(way)
    if (actor.kind === 'machine' && !/^[\w-]{8,64}$/.test(request ?? '')) return noRequestId()
    const issues = beyondGrant(grant, asked)
    if (issues.length > 0) return outOfScope(issues)
    return this.#book.isUsedUp(grant.id) ? quotaUsed() : grant
  }

  /** Leaves the receipt of a refusal; of a flood only the one that says so. */
  async #refuse(asked: Asked, why: ProductError): Promise<ProductError> {
    const now = this.#app.now().getTime()
    const caller = asked.actor.id
    if (this.#gate.isShut(caller, now)) return flooding()
    const isLast = !isBusy(why) && this.#gate.refused(caller, now)
    const grant = this.#grants.find(asked.grant)
    const outcome = isLast ? 'flooding' : why.code
    await this.#book.leave({ ...this.#draft(asked, grant), condition: null, rows: 0, outcome })
    return why
  }

  /** What one has to know of some of the rows, such as that their subject objects to them; `at` is the place in `rows`. */
  async #marksOf(dataset: string, shown: readonly SharedRow[]): Promise<{ readonly marks?: readonly object[] }> {
    const ids = shown.map(({ id }) => id)
    const found = await this.#findMarks(dataset, ids)
    const marks = ids.flatMap((id, at) =>
      (found.get(id) ?? []).map(({ code, title, since }) => ({ at, code, title, since })),
    )
    return marks.length > 0 ? { marks } : {}
  }

  /** Each mark once: how many rows there are, and since when, is not told to who may only compare. */
  async #marksTogether(dataset: string, rows: readonly number[]): Promise<{ readonly marks?: readonly object[] }> {
    const found = await this.#findMarks(dataset, rows)
    const byCode = new Map([...found.values()].flat().map(({ code, title }) => [code, { code, title }]))
    return byCode.size > 0 ? { marks: [...byCode.values()] } : {}
  }

  async #findMarks(dataset: string, rows: readonly number[]): Promise<ReadonlyMap<number, readonly Mark[]>> {
    const { db } = this.#app
    const isMarked = rows.length > 0 && (await this.#marks.any(db, dataset))
    return isMarked ? this.#marks.of(db, dataset, rows) : new Map()
  }

  #draft({ actor, way, fields, grant: id }: Asked, grant: KnownGrant | undefined) {
    return {
      grant: id.slice(0, 100),
      dataset: grant?.dataset ?? null,
      consumer: actor.organisation ?? null,
      caller: actor.id,
      way,
      fields: fields ?? (grant && way !== 'compare' ? grant.fields : []),
    }
  }
}
