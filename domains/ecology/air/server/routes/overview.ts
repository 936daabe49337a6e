import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { indicators } from '#platform/indicators'
import { type App, NOTHING_PERSONAL, route, words } from '#runtime'
import { AREA, membersOf } from '../compute-periods.ts'
import { editionsAt } from '../editions.ts'
import { freshness, latestValues } from '../latest.ts'
import { ownStations } from '../stations.ts'
import { indexView } from './index-view.ts'
import { IndexShape, indexExample, LevelShape, TextOrNull, Words } from './shapes.ts'

const Latest = Type.Union([IndexShape, Type.Null()])

/** `GET /api/air/overview`: the latest hour of every station and area of the city. */
export const overviewRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/overview',
    title: words('空气质量概览', 'Air quality at a glance'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      levels: Type.Array(LevelShape),
      areas: Type.Array(Type.Object({ division: Type.String(), name: Words, latest: Latest })),
      stations: Type.Array(
        Type.Object({
          code: Type.String(),
          name: Type.String(),
          kind: Type.String(),
          division: Type.String(),
          latest: Latest,
          warning: TextOrNull,
          loop: TextOrNull,
        }),
      ),
    }),
    example: {
      levels: [
        {
          level: 1,
          upTo: 50,
          title: { zh: '优', en: 'Excellent' },
          colour: { zh: '绿色', en: 'green' },
          rgb: [0, 228, 0],
        },
      ],
      areas: [{ division: '3709', name: { zh: '泰安市', en: "Tai'an" }, latest: indexExample }],
      stations: [
        {
          code: '1656A',
          name: '监测站',
          kind: 'national',
          division: '370902',
          latest: indexExample,
          warning: null,
          loop: null,
        },
      ],
    },
    handler: async () => {
      const stations = (await ownStations(app)).filter(({ status }) => status !== 'retired')
      const latest = await latestValues(
        app,
        'air.aqi.hourly',
        stations.map(({ code }) => code),
      )
      const isFresh = freshness(app, latest.values())
      const open = await app.use(indicators).openWarnings({ rule: 'air.station-exceedance' })
      const warnings = new Map(open.map((warning) => [warning.member, warning]))
      return {
        levels: editionsAt(app, app.now()).index?.tables.levels ?? [],
        areas: await areasNow(app),
        stations: stations.map(({ code, name, kind, division }) => {
          const value = latest.get(code)
          const warning = warnings.get(code)
          return {
            code,
            name,
            kind,
            division,
            latest: value ? indexView(value, isFresh(value)) : null,
            warning: warning?.level ?? null,
            loop: warning?.loop ?? null,
          }
        }),
      }
    },
  })

async function areasNow(app: App) {
  const areas = await membersOf(app, AREA)
  const latest = await latestValues(app, 'air.area-aqi.hourly', areas)
  const names = await app.use(identity).divisionNames(areas)
  const isFresh = freshness(app, latest.values())
  return areas.map((division) => {
    const value = latest.get(division)
    return {
      division,
      name: names.get(division) ?? words(division, division),
      latest: value ? indexView(value, isFresh(value)) : null,
    }
  })
}
