import { Unavailable, words } from '#runtime'
import type { Collecting, Totals } from './connector.ts'
import type { Fetch, Page } from './http-fetch.ts'
import { after, cell, type Json, ONE_PAGE, rowsOf, totalOf } from './http-pages.ts'
import { Watermark } from './watermark.ts'

/** Pages that follow each other for ever are a mistake of the other side. */
const MOST_PAGES = 1_000_000

/** The way through all pages, row by row. */
export class Walk {
  rows = 0
  /** Rows that have come to the source since the increment was taken. */
  fresh = 0
  readonly header = new Set<string>()
  readonly collecting: Collecting
  readonly #column: string | undefined
  readonly #greatest: Watermark
  readonly #before: Watermark
  #total: number | undefined

  /** @param from the mark it begins at @param before the mark of an increment that was taken before */
  constructor(collecting: Collecting, from: string | null, before: string | null = null) {
    const { mode, watermark } = collecting.feed
    this.collecting = collecting
    this.#column = mode === 'watermark' ? watermark?.column : undefined
    this.#greatest = new Watermark(this.#column ?? '', from)
    this.#before = new Watermark(this.#column ?? '', before)
  }

  get mark(): string | null {
    return this.#greatest.text
  }

  /** The mark from which the source is asked before anything came. */
  get from(): string | null {
    const { watermark } = this.collecting.feed
    return watermark ? (this.#greatest.before(watermark) ?? watermark.first ?? null) : null
  }

  /** Nothing came, and the source does not say that something should have. */
  get isEmpty(): boolean {
    return this.rows === 0 && !this.#total
  }

  /** What came is no figure of the source. */
  get totals(): Totals {
    return { rows: this.#total ?? null, columns: {} }
  }

  async *lines(fetchPage: Fetch, start: string, firstPage: Page): AsyncGenerator<string> {
    const { feed, signal } = this.collecting
    const { pages = ONE_PAGE } = feed
    const seen = new Set<string>()
    let [path, page, pageSize]: [string, Page, number] = [start, firstPage, 0]
    for (let number = 0; number < MOST_PAGES; number++) {
      seen.add(path)
      const rows = rowsOf(page.body, pages)
      pageSize ||= rows.length
      yield this.#add(rows, page, pages.total)
      const next = after(path, page, rows.length, pageSize, pages)
      if (next === undefined) break
      if (seen.has(next))
        throw new Unavailable(
          'pages-in-circle',
          words('来源的翻页回到了同一页', 'The pages of the source lead in a circle'),
        )
      path = next
      const answer = await fetchPage(path, null, signal)
      if (answer === 'same') break
      page = answer
    }
  }

  #add(rows: readonly Json[], page: Page, total: string | undefined): string {
    if (total) this.#total = totalOf(page.body, total)
    for (const row of rows) {
      for (const name of Object.keys(row)) this.header.add(name)
      const mark = this.#column && cell(row[this.#column])
      if (!mark) continue
      if (this.#before.text !== null && this.#before.isPassedBy(mark)) this.fresh++
      this.#greatest.add(mark)
    }
    this.rows += rows.length
    this.collecting.moved(this.rows, 0)
    return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  }
}
