import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, route, words } from '#runtime'
import { editionsAt, indexEditions } from '../editions.ts'
import { explainDifference } from '../index/explain-difference.ts'
import { parsePublishedPrimary } from '../index/published-primary.ts'
import { findPublished, hourlyValues, type PublishedIndex } from '../published.ts'
import { NumberOrNull, TextOrNull, Words } from './shapes.ts'

/** `GET /api/air/differences`: every published index beside ours, with the reason where they differ. */
export const differencesRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/differences',
    title: words('与发布值的核对', 'Checked against what was published'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      published: Type.Integer(),
      equal: Type.Integer(),
      rows: Type.Array(
        Type.Object({
          station: Type.String(),
          name: Type.String(),
          city: Type.String(),
          at: Type.String(),
          published: NumberOrNull,
          computed: NumberOrNull,
          publishedPrimary: TextOrNull,
          computedPrimary: Type.Array(Type.String()),
          equal: Type.Boolean(),
          reasons: Type.Array(Words),
          pack: Type.String(),
        }),
      ),
    }),
    example: {
      published: 143,
      equal: 143,
      rows: [
        {
          station: '1656A',
          name: '监测站',
          city: '泰安市',
          at: '2018-02-19T23:00:00.000Z',
          published: 94,
          computed: 94,
          publishedPrimary: '细颗粒物(PM2.5)',
          computedPrimary: ['pm25'],
          equal: true,
          reasons: [],
          pack: 'hj633-2012',
        },
      ],
    },
    handler: async () => {
      const rows = (await findPublished(app.db)).flatMap((row) => compare(app, row))
      const published = rows.filter((row) => row.published !== null)
      return { published: published.length, equal: published.filter((row) => row.equal).length, rows }
    },
  })

function compare(app: App, row: PublishedIndex) {
  const pack = editionsAt(app, row.at).index
  if (!pack) return []
  const others = indexEditions(app).filter(({ id }) => id !== pack.id)
  const otherColumns = { o3: { o3_1h_max_24h: row.values.o3_1h_max_24h ?? null, o3_8h: row.values.o3_8h ?? null } }
  const values = hourlyValues(row)
  const found = explainDifference(pack, { values, aqi: row.aqi ?? -1, otherColumns }, others)
  const samePrimary = sameSet(parsePublishedPrimary(row.primary ?? ''), found.index.primary)
  const equal = row.aqi === null ? found.computed === null : found.equal && samePrimary
  return [
    {
      station: row.station,
      name: row.name,
      city: row.city,
      at: row.at.toISOString(),
      published: row.aqi,
      computed: found.computed,
      publishedPrimary: row.primary,
      computedPrimary: found.index.primary,
      equal,
      reasons: reasonsOf(row, found.causes, equal, samePrimary),
      pack: pack.id,
    },
  ]
}

function reasonsOf(
  row: PublishedIndex,
  causes: readonly { readonly text: { readonly zh: string; readonly en: string } }[],
  equal: boolean,
  samePrimary: boolean,
) {
  if (row.aqi === null)
    return [words('站点离线，没有数据，也没有发布', 'The station was off line: nothing to compute, nothing published')]
  if (equal) return []
  if (!samePrimary && causes.length === 0) return [words('首要污染物不同', 'The primary pollutant differs')]
  return causes.length > 0 ? causes.map(({ text }) => text) : [words('未能解释', 'Not explained')]
}

const sameSet = (a: readonly string[] | null, b: readonly string[]): boolean =>
  a !== null && a.toSorted().join() === b.toSorted().join()
