import { Type } from 'typebox'
import { type App, Forbidden, InvalidInput, NOTHING_PERSONAL, PUBLIC, type Route, route, words } from '#runtime'
import type { Version } from '../store.ts'
import { CATALOGUE_SECONDS, cacheable, tagOf } from './cacheable.ts'
import { getShelved, READS_A_MINUTE } from './catalogue-routes.ts'
import { queryRows, type RowQuery } from './rows.ts'
import type { Shelf } from './shelf.ts'
import { EntryParams } from './views.ts'

const MOST_ROWS = 1_000
/** Further into an answer nobody looks; whoever wants all takes the file. */
export const DEEPEST = 100_000
const AT_ONCE = 8

/** `GET /api/open-data/datasets/:id/rows`: the query API of a released table. */
export const rowRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    method: 'GET',
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    perMinute: READS_A_MINUTE,
    atOnce: AT_ONCE,
    path: '/api/open-data/datasets/:id/rows',
    title: words('查询开放数据（公开）', 'Query open data, for everybody'),
    params: EntryParams,
    query: Type.Object({
      /** `field:value`; several of one field are alternatives, of different fields conditions. */
      filter: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 20 })),
      q: Type.Optional(Type.String({ maxLength: 200 })),
      /** Field, `-` before it for descending. */
      sort: Type.Optional(Type.String({ maxLength: 60 })),
      offset: Type.Integer({ minimum: 0, maximum: DEEPEST, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: MOST_ROWS, default: 20 }),
    }),
    response: Type.Object({
      version: Type.Number(),
      rows: Type.Array(Type.Unknown()),
      total: Type.Number(),
      isEstimate: Type.Boolean(),
    }),
    example: { version: 1, rows: [{ code: '1656A', name: '泰安监测站' }], total: 1, isEstimate: false },
    handler: async ({ params, query, work, request, reply }) => {
      const version = openOnly((await getShelved(app, work, shelf, params.id)).version)
      const tag = tagOf(`${version.entry} ${version.number} ${JSON.stringify(query)}`)
      if (cacheable(request, reply.type('application/json; charset=utf-8'), { tag, seconds: CATALOGUE_SECONDS }))
        return ''
      const { rows, total, isEstimate } = await queryRows(app, version, {
        filters: filtersOf(query.filter ?? []),
        q: query.q,
        sort: sortOf(query.sort),
        offset: query.offset,
        limit: query.limit,
      })
      return { version: version.number, rows: rows.map(({ data }) => data), total, isEstimate }
    },
  }),
]

/** @throws Forbidden for data that are given on application */
export function openOnly(version: Version): Version {
  if (version.meta.access === 'open') return version
  throw new Forbidden(
    'on-application',
    words('该数据集有条件开放，请先提出申请', 'This dataset is opened on application; apply for it first'),
  )
}

function filtersOf(texts: readonly string[]): RowQuery['filters'] {
  const filters: Record<string, string[]> = {}
  for (const text of texts) {
    const cut = text.indexOf(':')
    if (cut < 1)
      throw new InvalidInput(
        'wrong-filter',
        words(`筛选条件应写作 字段:值，不是“${text}”`, `Write a filter as field:value, not "${text}"`),
      )
    const name = text.slice(0, cut)
    filters[name] = [...(filters[name] ?? []), text.slice(cut + 1)]
  }
  return filters
}

const sortOf = (text: string | undefined): RowQuery['sort'] =>
  text ? [{ field: text.replace(/^-/, ''), descending: text.startsWith('-') }] : []
