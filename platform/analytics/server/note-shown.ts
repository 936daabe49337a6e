import { randomUUID } from 'node:crypto'
import { datasetExtracts, type Handout, handouts, RowNumbers } from '#platform/registry'
import { type Actor, type App, type Db, ProductError } from '#runtime'
import type { Batch, Snapshot } from '../contract.ts'
import { wordsIn } from '../words-in.ts'
import { isOneRowEach } from './one-row-each.ts'
import type { Noted } from './open-question.ts'

/** A dataset of which an answer shows something personal. */
interface Shown {
  readonly dataset: string
  /** Its copy's instant. */
  readonly at: Date
  /** Fields on which the answer depends; absent when that is not known, or too many to name. */
  readonly fields?: readonly string[]
  readonly handout: string
}

/** More fields than an audit record has room for are not named. */
const MOST_NAMED = 60

/**
 * Notes for those whom rows are about what an answer shows, before it is shown: the very rows where each row of the answer
 * is one of the table's with its number, or else all that the table held, since nobody can tell whom an answer speaks of.
 */
export class ShownRows {
  readonly #app: App
  readonly #actor: Actor
  readonly #question: Noted & { readonly sql: string }
  readonly #rows = new RowNumbers()
  #words: ReadonlySet<string> | undefined
  #isPlanned = false
  #isWhole = false
  #shown: readonly Shown[] | undefined
  /** When the audit record was left. */
  #given: Date | undefined

  constructor(app: App, actor: Actor, question: Noted & { readonly sql: string }) {
    this.#app = app
    this.#actor = actor
    this.#question = question
  }

  /** What the answer depends on: the plan's words, and those of the text. Without them everything counts. */
  planned = (words: readonly string[] | undefined): void => {
    this.#isPlanned = true
    this.#words = words && new Set([...words, ...wordsIn(this.#question.sql)])
  }

  /** To be called before these rows are shown. */
  async note({ columns, rows }: Batch): Promise<void> {
    if (rows.length === 0 || this.#isWhole) return
    const { sql, named } = this.#question
    const id = columns.findIndex(({ name }) => name === '_id')
    if (id < 0 || !isOneRowEach(sql, named)) return this.#noteWhole()
    for (const row of rows) this.#rows.add(Number(row[id]))
    await this.#store((db, handout) => this.#app.use(handouts).note(db, handout, this.#rows))
  }

  /** To be called before a problem is told: what is wrong with a value names it. */
  async noteProblem(error: unknown): Promise<void> {
    const isOfValues = error instanceof ProductError && error.code === 'wrong-question'
    if (isOfValues && this.#isPlanned) await this.#noteWhole()
  }

  #noteWhole(): Promise<void> {
    this.#isWhole = true
    return this.#store((db, handout, at) => this.#app.use(handouts).noteWhole(db, handout, at))
  }

  async #store(keep: (db: Db, handout: Handout, at: Date) => Promise<void>): Promise<void> {
    const { named, noted } = this.#question
    const isFirst = this.#shown === undefined
    this.#shown ??= named.flatMap((table) => shownOf(this.#app, table, this.#words))
    const shown = this.#shown
    if (shown.length === 0) return
    await this.#app.work(this.#actor, async (work) => {
      this.#given ??= work.at
      const given = this.#given
      for (const { dataset, handout, at } of shown) await keep(work.tx, { dataset, handout, given }, at)
      for (const { dataset, handout, fields } of isFirst ? shown : []) {
        const details = { ...noted.details, dataset, handout, ...(fields ? { fields } : {}) }
        work.audit({ event: 'analytics.question.shown', ...noted, details })
      }
    })
  }
}

/** Datasets in a table of which the answer shows something personal; of a kept answer any column may say something of any. */
function shownOf(app: App, { dataset: own, sources, columns, at }: Snapshot, words?: ReadonlySet<string>): Shown[] {
  const isRead = ({ name }: { readonly name: string }) => words?.has(name.toLowerCase()) ?? true
  return sources.flatMap((dataset) => {
    const known = app.use(datasetExtracts).get(dataset).columns
    const isShown = own ? known.some((column) => column.personal && isRead(column)) : columns.some(isRead)
    if (!isShown || !known.some(({ personal }) => personal)) return []
    const fields = own && words ? [...new Set(known.filter(isRead).map(({ field }) => field))] : []
    const isNamed = fields.length > 0 && fields.length <= MOST_NAMED
    return [{ dataset, at: new Date(at), handout: randomUUID(), ...(isNamed ? { fields } : {}) }]
  })
}
