import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, InvalidInput, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { Catalogue } from './catalogue.ts'
import { downsample } from './downsample.ts'
import { readSeries } from './read-series.ts'
import { runsOf } from './runs.ts'

const MOST_DEVICES = 50
const MOST_POINTS = 5_000
const Words = Type.Object({ zh: Type.String(), en: Type.String() })
const Numbers = Type.Array(Type.Number())
/** One type list instead of a union: the serialiser would otherwise validate each of 60,000 values. */
const NumberOrNull = Type.Unsafe<number | null>({ type: ['number', 'null'] })

export const seriesRoutes = (app: App, catalogue: Catalogue): Route[] => [
  route({
    method: 'GET',
    path: '/api/sensing/kinds',
    title: words('监测序列的种类', 'Kinds of series'),
    right: 'sensing.series.read',
    audit: NOTHING_PERSONAL,
    response: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        devices: Type.String(),
        interval: Type.Integer(),
        rollups: Type.Array(Type.String()),
        channels: Type.Array(
          Type.Object({ id: Type.String(), title: Words, unit: Type.String(), decimals: Type.Integer() }),
        ),
      }),
    ),
    example: [
      {
        id: 'air.hourly',
        title: { zh: '空气质量小时值', en: 'Hourly air quality' },
        devices: 'air.station',
        interval: 3600,
        rollups: ['day', 'month'],
        channels: [{ id: 'pm25', title: { zh: 'PM2.5', en: 'PM2.5' }, unit: 'ug/m3', decimals: 0 }],
      },
    ],
    handler: async () =>
      catalogue.all().map(({ id, title, devices, interval, rollups, channels }) => ({
        id,
        title,
        devices,
        interval,
        rollups,
        channels: channels.map(({ id, title, unit, decimals }) => ({ id, title, unit, decimals })),
      })),
  }),
  route({
    method: 'GET',
    path: '/api/sensing/:kind/series',
    title: words('监测数据曲线', 'Values of devices over time'),
    right: 'sensing.series.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ kind: Type.String() }),
    query: Type.Object({
      device: Type.Array(Type.String(), { minItems: 1, maxItems: MOST_DEVICES }),
      channel: Type.Optional(Type.Array(Type.String())),
      from: Type.String({ format: 'date-time' }),
      to: Type.String({ format: 'date-time' }),
      stage: Type.Optional(
        Type.Union([Type.Literal('raw'), Type.Literal('valid'), Type.Literal('published')], { default: 'raw' }),
      ),
      step: Type.Optional(
        Type.Union([Type.Literal('value'), Type.Literal('hour'), Type.Literal('day'), Type.Literal('month')]),
      ),
      points: Type.Optional(Type.Integer({ minimum: 10, maximum: MOST_POINTS })),
    }),
    response: Type.Object({
      columns: Type.Array(
        Type.Object({
          device: Type.String(),
          channel: Type.String(),
          runs: Type.Array(Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer()]), {
            description: 'Instants of the values as stretches of equal steps: first (ms), step (ms), how many',
          }),
          value: Type.Array(NumberOrNull),
          spread: Type.Optional(Type.Object({ count: Numbers, min: Numbers, max: Numbers })),
          flags: Type.Array(Type.Object({ at: Type.Number(), flag: Type.String() })),
        }),
      ),
    }),
    example: {
      columns: [
        {
          device: '1656A',
          channel: 'pm25',
          runs: [[1499414400000, 3600000, 2]],
          value: [35, null],
          flags: [{ at: 1499414400000, flag: 'range' }],
        },
      ],
    },
    handler: async ({ params, query, scope }) => {
      const kind = catalogue.get(params.kind)
      const prefix = scope.reach === 'city' ? '' : scope.division
      const { rows } = await sql<{ code: string }>`select code from sensing.device where class = ${kind.devices}
        and code = any(${query.device}) and ${scope.reach !== 'own'} and starts_with(division, ${prefix})`.execute(
        app.db,
      )
      if (rows.length < new Set(query.device).size)
        throw new InvalidInput(
          'unknown-device',
          words('有的设备不存在或您无权查看', 'A device is unknown or not visible to you'),
        )
      const columns = await readSeries(app.db, catalogue, {
        kind: kind.id,
        stage: query.stage ?? 'raw',
        devices: query.device,
        ...(query.channel ? { channels: query.channel } : {}),
        from: new Date(query.from),
        to: new Date(query.to),
        ...(query.step ? { step: query.step } : {}),
      })
      const { points } = query
      const shown = points === undefined ? columns : columns.map((column) => downsample(column, points))
      return { columns: shown.map(({ at, ...column }) => ({ ...column, runs: runsOf(at) })) }
    },
  }),
]
