import { Type } from 'typebox'
import { indicators } from '#platform/indicators'
import { sensing } from '#platform/sensing'
import { type App, NOTHING_PERSONAL, route, words } from '#runtime'
import { editionsAt } from '../editions.ts'
import { freshness, latestValues } from '../latest.ts'
import { getStation } from '../stations.ts'
import { indexView } from './index-view.ts'
import { IndexShape, indexExample, LevelShape, NumberOrNull, TextOrNull } from './shapes.ts'

const LONGEST_DAYS = 400
const params = Type.Object({ code: Type.String() })

/** `GET /api/air/stations/:code`: who it is, its latest hour, the limits that hold now and the warning that lasts. */
const stationRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/stations/:code',
    title: words('站点', 'A station'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    params,
    response: Type.Object({
      code: Type.String(),
      name: Type.String(),
      city: Type.String(),
      division: Type.String(),
      organisation: Type.String(),
      kind: Type.String(),
      status: Type.String(),
      lng: Type.Number(),
      lat: Type.Number(),
      latest: Type.Union([IndexShape, Type.Null()]),
      levels: Type.Array(LevelShape),
      /** Class 2 limit of each pollutant for an hour, or for a day where the standard sets none for an hour. */
      limits: Type.Record(Type.String(), NumberOrNull),
      warning: TextOrNull,
      loop: TextOrNull,
    }),
    example: {
      code: '1656A',
      name: '监测站',
      city: '泰安市',
      division: '370902',
      organisation: 'county.370902.ecology',
      kind: 'national',
      status: 'in-use',
      lng: 117.1436,
      lat: 36.1942,
      latest: indexExample,
      levels: [],
      limits: { pm25: 60 },
      warning: null,
      loop: null,
    },
    handler: async ({ params: { code } }) => {
      const station = await getStation(app.db, code)
      const latest = (await latestValues(app, 'air.aqi.hourly', [code])).get(code)
      const { index, limits } = editionsAt(app, app.now())
      const [warning] = await app.use(indicators).openWarnings({ rule: 'air.station-exceedance', member: code })
      const bounds = Object.entries(limits?.tables.limits ?? {}).map(([pollutant, limit]) => [
        pollutant,
        (limit['1h'] ?? limit['24h'])?.[1] ?? null,
      ])
      return {
        ...station,
        latest: latest ? indexView(latest, freshness(app, [latest])(latest)) : null,
        levels: index?.tables.levels ?? [],
        limits: Object.fromEntries(bounds),
        warning: warning?.level ?? null,
        loop: warning?.loop ?? null,
      }
    },
  })

/** `GET /api/air/stations/:code/trend`: hours or days of a stretch, one column a pollutant, with marks. */
const trendRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/stations/:code/trend',
    title: words('站点趋势', 'Trend of a station'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    params,
    query: Type.Object({
      from: Type.String({ format: 'date-time' }),
      to: Type.String({ format: 'date-time' }),
      stage: Type.Optional(Type.Enum(['raw', 'valid', 'published'])),
      step: Type.Optional(Type.Enum(['value', 'day'])),
    }),
    response: Type.Object({
      columns: Type.Array(
        Type.Object({
          pollutant: Type.String(),
          at: Type.Array(Type.Number()),
          value: Type.Array(NumberOrNull),
          flags: Type.Array(Type.Object({ at: Type.Number(), flag: Type.String() })),
        }),
      ),
    }),
    example: { columns: [{ pollutant: 'pm25', at: [1519074000000], value: [70], flags: [] }] },
    handler: async ({ params: { code }, query }) => {
      await getStation(app.db, code)
      const to = new Date(query.to)
      const from = new Date(Math.max(Date.parse(query.from), to.getTime() - LONGEST_DAYS * 86_400_000))
      const stage = query.stage ?? 'published'
      const step = query.step ?? 'value'
      const columns = await app.use(sensing).read({ kind: 'air.hourly', stage, devices: [code], from, to, step })
      return { columns: columns.map(({ channel, at, value, flags }) => ({ pollutant: channel, at, value, flags })) }
    },
  })

/** `GET /api/air/stations/:code/indices`: hourly or daily indices of a stretch, for curve and calendar. */
const indicesRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/stations/:code/indices',
    title: words('站点空气质量指数', 'Indices of a station'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    params,
    query: Type.Object({
      period: Type.Enum(['hour', 'day']),
      from: Type.String({ format: 'date-time' }),
      to: Type.String({ format: 'date-time' }),
    }),
    response: Type.Object({ rows: Type.Array(Type.Intersect([IndexShape, Type.Object({ vintage: Type.String() })])) }),
    example: { rows: [{ ...indexExample, vintage: '2026-03-01T02:00:00.000Z' }] },
    handler: async ({ params: { code }, query }) => {
      await getStation(app.db, code)
      const indicator = query.period === 'hour' ? 'air.aqi.hourly' : 'air.aqi.daily'
      const span = { members: [code], from: new Date(query.from), to: new Date(query.to) }
      const values = await app.use(indicators).values(indicator, span)
      const isFresh = freshness(app, values)
      return {
        rows: values.map((value) => ({ ...indexView(value, isFresh(value)), vintage: value.vintage.toISOString() })),
      }
    },
  })

export const stationRoutes = (app: App) => [stationRoute(app), trendRoute(app), indicesRoute(app)]
