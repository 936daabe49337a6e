import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, InvalidInput, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { Indicators } from '../contract.ts'
import type { Hooks } from './hooks.ts'
import { membersOf } from './members.ts'
import { getIndicator } from './publish.ts'
import { rank } from './rank.ts'
import { findNewestPeriod, readValues, readVintages } from './read-values.ts'
import { EXAMPLE_INDICATOR, EXAMPLE_VALUE, IndicatorShape, Instant, Known, RankedShape, Words } from './schemas.ts'

const read = { method: 'GET', right: 'indicators.read', audit: NOTHING_PERSONAL } as const
const ById = Type.Object({ id: Type.String() })

export const indicatorRoutes = (app: App, hooks: Hooks, service: Indicators): Route[] => [
  route({
    ...read,
    path: '/api/indicators',
    title: words('指标目录', 'Catalogue of measures'),
    response: Type.Object({ indicators: Type.Array(IndicatorShape) }),
    example: { indicators: [EXAMPLE_INDICATOR] },
    handler: async () => ({ indicators: await catalogue(app) }),
  }),
  route({
    ...read,
    path: '/api/indicators/:id',
    title: words('一个指标', 'A measure and what it is of'),
    params: ById,
    response: Type.Object({
      indicator: IndicatorShape,
      members: Type.Array(Type.Object({ id: Type.String(), title: Words })),
    }),
    example: {
      indicator: EXAMPLE_INDICATOR,
      members: [{ id: '1656A', title: { zh: '人口学校', en: 'Renkou School' } }],
    },
    handler: async ({ params }) => {
      const declared = getIndicator(app, params.id)
      const [indicator] = await catalogue(app, declared.id)
      return { indicator, members: await membersOf(app, hooks, declared) }
    },
  }),
  route({
    ...read,
    path: '/api/indicators/:id/values',
    title: words('指标值，可按某日所知查询', 'Values of a measure, also as known at an instant'),
    params: ById,
    query: Type.Object({
      member: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
      from: Instant,
      to: Instant,
      asOf: Type.Optional(Instant),
      basis: Type.Optional(Type.Boolean({ default: false })),
    }),
    response: Type.Object({ values: Type.Array(Known) }),
    example: { values: [EXAMPLE_VALUE] },
    handler: async ({ params, query }) => {
      const { id } = getIndicator(app, params.id)
      const { member: members, from, to, asOf } = query
      const span = { members, from: new Date(from), to: new Date(to), asOf: asOf ? new Date(asOf) : undefined }
      if (span.from >= span.to)
        throw new InvalidInput('empty-span', words('开始时间应早于结束时间', 'The beginning must lie before the end'))
      const values = await readValues(app.db, id, span)
      return {
        values: values.map(({ basis, vintage, ...value }) => ({
          ...value,
          vintage: vintage.toISOString(),
          ...(query.basis ? { basis } : {}),
        })),
      }
    },
  }),
  route({
    ...read,
    path: '/api/indicators/:id/vintages',
    title: words('一个指标值的各个版本和依据', 'Every vintage of one value, with what it was made of'),
    params: ById,
    query: Type.Object({ member: Type.String(), period: Instant }),
    response: Type.Object({ vintages: Type.Array(Known) }),
    example: { vintages: [{ ...EXAMPLE_VALUE, by: 'system:air.hourly' }] },
    handler: async ({ params, query }) => {
      const { id } = getIndicator(app, params.id)
      const vintages = await readVintages(app.db, id, query.member, new Date(query.period))
      return { vintages: vintages.map((one) => ({ ...one, vintage: one.vintage.toISOString() })) }
    },
  }),
  route({
    ...read,
    path: '/api/indicators/:id/ranking',
    title: words('某一期间的排名', 'Members ranked for a period, the newest unless said'),
    params: ById,
    query: Type.Object({ period: Type.Optional(Instant), asOf: Type.Optional(Instant) }),
    response: Type.Object({ period: Type.Union([Instant, Type.Null()]), ranking: Type.Array(RankedShape) }),
    example: {
      period: EXAMPLE_VALUE.period,
      ranking: [{ rank: 1, member: '1656A', value: 63, vintage: EXAMPLE_VALUE.vintage }],
    },
    handler: async ({ params, query }) => {
      const { id, better } = getIndicator(app, params.id)
      const from = query.period ? new Date(query.period) : await findNewestPeriod(app.db, id)
      if (!from) return { period: null, ranking: [] }
      const to = new Date(from.getTime() + 1)
      const asOf = query.asOf ? new Date(query.asOf) : undefined
      const ranking = rank(better, await readValues(app.db, id, { from, to, asOf }))
      return {
        period: from.toISOString(),
        ranking: ranking.map((one) => ({ ...one, vintage: one.vintage.toISOString() })),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/indicators/:id/compute',
    title: words('重新计算一段时间的指标', 'Compute a span of a measure again'),
    right: 'indicators.compute',
    audit: 'indicators.compute.asked',
    params: ById,
    body: Type.Object(
      { from: Instant, to: Instant, members: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })) },
      { additionalProperties: false },
    ),
    response: Type.Object({ asked: Type.Boolean() }),
    example: { asked: true },
    handler: async ({ params, body, work }) => {
      const { members, from, to } = body
      service.compute(work, getIndicator(app, params.id).id, {
        from: new Date(from),
        to: new Date(to),
        ...(members ? { members } : {}),
      })
      return { asked: true }
    },
  }),
]

async function catalogue(app: App, only?: string) {
  const declared = app.declared('indicators').filter(({ entry }) => only === undefined || entry.id === only)
  const { rows } = await sql<{ indicator: string; lasting: number }>`
    select indicator, count(*)::int as lasting from indicators.warning where cleared_at is null group by indicator`.execute(
    app.db,
  )
  const lasting = new Map(rows.map((row) => [row.indicator, row.lasting]))
  return Promise.all(
    declared.map(async ({ module, entry }) => ({
      ...entry,
      dimension: typeof entry.dimension === 'string' ? entry.dimension : entry.dimension.dataset,
      drill: entry.drill ?? null,
      module: module.id,
      newest: (await findNewestPeriod(app.db, entry.id))?.toISOString() ?? null,
      openWarnings: lasting.get(entry.id) ?? 0,
    })),
  )
}
