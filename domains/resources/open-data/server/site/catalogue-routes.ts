import { Type } from 'typebox'
import { documents } from '#platform/documents'
import {
  type App,
  NOTHING_PERSONAL,
  NotFound,
  PUBLIC,
  publicAddress,
  type Route,
  route,
  type Work,
  words,
} from '#runtime'
import { findEntry, PUBLISHED_PAGE, publishedVersions } from '../store.ts'
import { freshnessOf } from '../terms.ts'
import { keptJson } from './cacheable.ts'
import { citationOf } from './citation.ts'
import { facetsOf, search } from './search.ts'
import type { Shelf, Shelved } from './shelf.ts'
import { Card, cardOf, EntryParams, EXAMPLE_CARD, licenceView, versionView } from './views.ts'

/** Calls a minute that one address of readers may make of each. */
export const READS_A_MINUTE = 300
const open = { right: PUBLIC, audit: NOTHING_PERSONAL, perMinute: READS_A_MINUTE, method: 'GET' } as const
const NEWEST = 6
const PAGE = 20

export const catalogueRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    ...open,
    path: '/api/open-data/site',
    title: words('开放网站首页（公开）', 'Home of the open-data site, for everybody'),
    response: Type.Object({
      datasets: Type.Number(),
      rows: Type.Number(),
      themes: Type.Record(Type.String(), Type.Number()),
      owners: Type.Array(Type.Object({ id: Type.String(), name: Type.Unknown(), datasets: Type.Number() })),
      newest: Type.Array(Card),
    }),
    example: { datasets: 6, rows: 4800, themes: { ENVI: 3 }, owners: [], newest: [EXAMPLE_CARD] },
    handler: async ({ work, request, reply }) => {
      const all = await shelf.all()
      const facets = facetsOf(app, all, work.at)
      const names = new Map(all.map(({ owner }) => [owner.id, owner.name]))
      return keptJson(request, reply, {
        datasets: all.length,
        rows: all.reduce((sum, { version }) => sum + version.rows, 0),
        themes: facets.theme,
        owners: Object.entries(facets.owner).map(([id, datasets]) => ({ id, name: names.get(id), datasets })),
        newest: all.slice(0, NEWEST).map((each) => cardOf(app, each, work.at)),
      })
    },
  }),
  route({
    ...open,
    path: '/api/open-data/datasets',
    title: words('查找开放数据集（公开）', 'Find open datasets, for everybody'),
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 200 })),
      theme: Type.Optional(Type.String({ maxLength: 10 })),
      owner: Type.Optional(Type.String({ maxLength: 100 })),
      format: Type.Optional(Type.String({ maxLength: 20 })),
      licence: Type.Optional(Type.String({ maxLength: 40 })),
      access: Type.Optional(Type.String({ maxLength: 20 })),
      freshness: Type.Optional(Type.String({ maxLength: 10 })),
      /** Id of the last dataset of the page before. */
      after: Type.Optional(Type.String({ maxLength: 60 })),
    }),
    response: Type.Object({
      rows: Type.Array(Card),
      next: Type.Union([Type.String(), Type.Null()]),
      total: Type.Number(),
      facets: Type.Unknown(),
    }),
    example: { rows: [EXAMPLE_CARD], next: null, total: 1, facets: { theme: { ENVI: 1 } } },
    handler: async ({ query, work, request, reply }) => {
      const found = search(app, await shelf.all(), query, work.at)
      const from = query.after ? found.findIndex(({ entry }) => entry.id === query.after) + 1 : 0
      const shown = found.slice(from, from + PAGE)
      return keptJson(request, reply, {
        rows: shown.map((each) => cardOf(app, each, work.at)),
        next: from + PAGE < found.length ? (shown.at(-1)?.entry.id ?? null) : null,
        total: found.length,
        facets: facetsOf(app, found, work.at),
      })
    },
  }),
  route({
    ...open,
    path: '/api/open-data/datasets/:id',
    title: words('一个开放数据集（公开）', 'One open dataset, for everybody'),
    params: EntryParams,
    response: Type.Unknown(),
    example: { ...EXAMPLE_CARD, keywords: ['空气'] },
    handler: async ({ params, work, request, reply }) => {
      const shelved = await getShelved(app, work, shelf, params.id)
      return keptJson(request, reply, detailOf(app, shelved, publicAddress(app, request), work.at))
    },
  }),
  route({
    ...open,
    path: '/api/open-data/datasets/:id/versions',
    title: words('一个开放数据集的历次版本（公开）', 'Versions of one open dataset, for everybody'),
    params: EntryParams,
    query: Type.Object({
      /** Number of the last version of the page before. */
      after: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [{ number: 1, rows: 86, publishedAt: '2026-11-29T02:00:00.000Z', files: [] }], next: null },
    handler: async ({ params, query, work, request, reply }) => {
      const { entry } = await getShelved(app, work, shelf, params.id)
      const versions = await publishedVersions(app, work, entry.id, query.after)
      const last = versions.length === PUBLISHED_PAGE ? versions.at(-1)?.number : undefined
      return keptJson(request, reply, { rows: versions.map(versionView), next: last ? String(last) : null })
    },
  }),
]

/** @throws NotFound, which says so where it was withdrawn */
export async function getShelved(app: App, work: Work, shelf: Shelf, id: string): Promise<Shelved> {
  const shelved = await shelf.find(id)
  if (shelved) return shelved
  const entry = await findEntry(app, work, id)
  if (entry?.state === 'withdrawn')
    throw new NotFound(
      'withdrawn',
      words(`该数据集已撤回：${entry.reason ?? ''}`, `This dataset was withdrawn: ${entry.reason ?? ''}`),
    )
  throw new NotFound('no-open-dataset', words(`没有开放数据集“${id}”`, `There is no open dataset "${id}"`))
}

function detailOf(app: App, shelved: Shelved, base: string, at: Date) {
  const { entry, version } = shelved
  const { meta } = entry
  return {
    ...cardOf(app, shelved, at),
    source: entry.source,
    keywords: meta.keywords,
    contact: meta.contact,
    licence: licenceView(meta.licence),
    spatial: meta.spatial,
    temporal: meta.temporal,
    time: meta.time,
    promised: freshnessOf(app, entry, at),
    publishedAt: entry.publishedAt,
    checkedAt: entry.checkedAt,
    address: `${base}/open-data/datasets/${entry.id}`,
    citation: citationOf(shelved, base),
    current: versionView(version),
  }
}

/** Whether the bytes of a file are where they should be. */
export const isThere = async (app: App, document: string): Promise<boolean> =>
  (await app.use(documents).find(document)) !== undefined
