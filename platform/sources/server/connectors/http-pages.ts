import { InvalidInput, words } from '#runtime'
import type { FeedDefinition, PageSettings } from '../../contract.ts'
import type { Page } from './http-fetch.ts'

export const ONE_PAGE: PageSettings = { rows: '', next: { by: 'nothing' } }

export type Json = Readonly<Record<string, unknown>>

export const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** `data.list` of an answer. */
const at = (body: unknown, place: string): unknown =>
  place === '' ? body : place.split('.').reduce<unknown>((value, key) => (value as Json | null)?.[key], body)

export function rowsOf(body: unknown, { rows }: PageSettings): Json[] {
  const found = at(body, rows)
  if (Array.isArray(found)) return found.filter((row): row is Json => typeof row === 'object' && row !== null)
  throw new InvalidInput('no-rows', words(`应答中“${rows}”处没有数组`, `The answer has no array at "${rows}"`), [
    { path: '/pages/rows', message: words('这里没有数组', 'There is no array here') },
  ])
}

/** What the answer says of how many rows there are. @throws InvalidInput if it says nothing: then nothing could be compared */
export function totalOf(body: unknown, place: string): number {
  const said = at(body, place)
  if (/^\d{1,15}$/.test(String(said))) return Number(said)
  throw new InvalidInput(
    'no-total',
    words(`应答中“${place}”处没有总行数`, `The answer has no number of rows at "${place}"`),
    [{ path: '/pages/total', message: words('这里没有整数', 'There is no whole number here') }],
  )
}

/** Path of the first page; `{mark}` in it stands for the value of the watermark column from which rows are wanted. */
export function first({ from, pages = ONE_PAGE }: Pick<FeedDefinition, 'from' | 'pages'>, mark: string | null): string {
  const path = from.replaceAll('{mark}', encodeURIComponent(mark ?? ''))
  const { next } = pages
  return next.by === 'number' ? withParameter(path, next.parameter, String(next.first)) : path
}

function withParameter(path: string, name: string, value: string): string {
  const [bare = '', query = ''] = path.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set(name, value)
  return `${bare}?${parameters}`
}

/** Path or address of the page after this one; undefined at the end. */
export function after(
  path: string,
  page: Page,
  count: number,
  pageSize: number,
  { next }: PageSettings,
): string | undefined {
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
