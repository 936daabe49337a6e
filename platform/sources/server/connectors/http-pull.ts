import { Readable } from 'node:stream'
import { InvalidInput, Unavailable, words } from '#runtime'
import type { PageSettings } from '../../contract.ts'
import { type Collected, type Collecting, type Connector, noTables, type Preview } from './connector.ts'
import type { Fetch, Page } from './http-fetch.ts'

/** Pages that follow each other for ever are a mistake of the other side. */
const MOST_PAGES = 1_000_000
const SAMPLE_ROWS = 10
const ONE_PAGE: PageSettings = { rows: '', next: { by: 'nothing' } }

type Json = Readonly<Record<string, unknown>>

/** An interface of another system that hands out JSON page by page. */
export function openHttp(fetchPage: Fetch): Connector {
  return {
    tables: noTables,
    preview: async (from, pages = ONE_PAGE): Promise<Preview> => {
      const page = await fetchPage(first(from, pages, null), null)
      const rows = page === 'same' ? [] : rowsOf(page.body, pages).slice(0, SAMPLE_ROWS)
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
      return { columns, rows: rows.map((row) => columns.map((name) => cell(row[name]))) }
    },
    collect: (collecting) => collect(fetchPage, collecting),
    close: async () => {},
  }
}

const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** `data.list` of an answer. */
const at = (body: unknown, place: string): unknown =>
  place === '' ? body : place.split('.').reduce<unknown>((value, key) => (value as Json | null)?.[key], body)

function rowsOf(body: unknown, { rows }: PageSettings): Json[] {
  const found = at(body, rows)
  if (Array.isArray(found)) return found.filter((row): row is Json => typeof row === 'object' && row !== null)
  throw new InvalidInput('no-rows', words(`应答中“${rows}”处没有数组`, `The answer has no array at "${rows}"`), [
    { path: '/pages/rows', message: words('这里没有数组', 'There is no array here') },
  ])
}

/** What the answer says of how many rows there are. @throws InvalidInput if it says nothing: then nothing could be compared */
function totalOf(body: unknown, place: string): number {
  const said = at(body, place)
  if (/^\d{1,15}$/.test(String(said))) return Number(said)
  throw new InvalidInput(
    'no-total',
    words(`应答中“${place}”处没有总行数`, `The answer has no number of rows at "${place}"`),
    [{ path: '/pages/total', message: words('这里没有整数', 'There is no whole number here') }],
  )
}

/** Path of the first page; `{mark}` in it stands for the greatest value of the watermark column so far. */
function first(from: string, { next }: PageSettings, mark: string | null): string {
  const path = from.replaceAll('{mark}', encodeURIComponent(mark ?? ''))
  return next.by === 'number' ? withParameter(path, next.parameter, String(next.first)) : path
}

function withParameter(path: string, name: string, value: string): string {
  const [bare = '', query = ''] = path.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set(name, value)
  return `${bare}?${parameters}`
}

/** Path or address of the page after this one; undefined at the end. */
function after(path: string, page: Page, count: number, pageSize: number, { next }: PageSettings): string | undefined {
  if (next.by === 'nothing') return undefined
  if (next.by === 'number') {
    if (count === 0 || count < pageSize) return undefined
    const number = Number(new URLSearchParams(path.split('?', 2)[1]).get(next.parameter)) + 1
    return withParameter(path, next.parameter, String(number))
  }
  const value = at(page.body, next.place)
  if (value === null || value === undefined || value === '' || value === false) return undefined
  return next.by === 'link' ? String(value) : withParameter(path, next.parameter, String(value))
}

async function collect(fetchPage: Fetch, collecting: Collecting): Promise<Collected | undefined> {
  const { feed, keep, signal, moved } = collecting
  const pages = feed.pages ?? ONE_PAGE
  const isTagged = feed.mode === 'snapshot' && pages.next.by === 'nothing'
  const start = first(feed.from, pages, feed.mode === 'watermark' ? collecting.mark : null)
  const page = await fetchPage(start, isTagged ? collecting.mark : null, signal)
  if (page === 'same') return undefined
  const walk = new Walk(collecting, pages)
  const file = await keep(`${feed.id}.jsonl`, Readable.from(walk.lines(fetchPage, start, page)))
  moved(walk.rows, file.size)
  if (walk.rows === 0 && !walk.total && feed.mode === 'watermark') return undefined
  const header = [...walk.header]
  return {
    parts:
      header.length === 0
        ? []
        : [
            {
              kind: 'rows',
              file,
              reading: { format: 'json', encoding: 'utf-8', separator: ',', headerLine: 0, header },
            },
          ],
    mark: feed.mode === 'watermark' ? walk.mark : isTagged ? page.tag : null,
    isWhole: feed.mode === 'snapshot',
    totals: { rows: walk.total ?? walk.rows, columns: {} },
  }
}

/** The way through all pages, row by row. */
class Walk {
  rows = 0
  total: number | undefined
  mark: string | null
  readonly header = new Set<string>()
  readonly #collecting: Collecting
  readonly #pages: PageSettings

  constructor(collecting: Collecting, pages: PageSettings) {
    this.#collecting = collecting
    this.#pages = pages
    this.mark = collecting.mark
  }

  async *lines(fetchPage: Fetch, start: string, firstPage: Page): AsyncGenerator<string> {
    const seen = new Set<string>()
    let [path, page, pageSize]: [string, Page, number] = [start, firstPage, 0]
    for (let number = 0; number < MOST_PAGES; number++) {
      seen.add(path)
      const rows = rowsOf(page.body, this.#pages)
      pageSize ||= rows.length
      yield this.#add(rows, page)
      const next = after(path, page, rows.length, pageSize, this.#pages)
      if (next === undefined) break
      if (seen.has(next))
        throw new Unavailable(
          'pages-in-circle',
          words('来源的翻页回到了同一页', 'The pages of the source lead in a circle'),
        )
      path = next
      const answer = await fetchPage(path, null, this.#collecting.signal)
      if (answer === 'same') break
      page = answer
    }
  }

  #add(rows: readonly Json[], page: Page): string {
    const { watermark } = this.#collecting.feed
    const { total } = this.#pages
    if (total) this.total = totalOf(page.body, total)
    for (const row of rows) {
      for (const name of Object.keys(row)) this.header.add(name)
      const mark = watermark && cell(row[watermark.column])
      if (mark && (this.mark === null || mark > this.mark)) this.mark = mark
    }
    this.rows += rows.length
    this.#collecting.moved(this.rows, 0)
    return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  }
}
