import { Type } from 'typebox'

export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
export const Instant = Type.String({ format: 'date-time' })
const Value = Type.Union([Type.Number(), Type.Null()])
const Basis = Type.Record(Type.String(), Type.Unknown())

export const IndicatorShape = Type.Object({
  id: Type.String(),
  title: Words,
  about: Words,
  unit: Type.String(),
  period: Type.String(),
  dimension: Type.String(),
  better: Type.String(),
  revision: Words,
  source: Type.String(),
  decimals: Type.Integer(),
  drill: Type.Union([Type.String(), Type.Null()]),
  module: Type.String(),
  /** Newest period with a value. */
  newest: Type.Union([Instant, Type.Null()]),
  openWarnings: Type.Integer(),
})

export const Known = Type.Object({
  member: Type.String(),
  period: Instant,
  value: Value,
  vintage: Instant,
  basis: Type.Optional(Basis),
  by: Type.Optional(Type.String()),
})

export const RankedShape = Type.Object({
  rank: Type.Union([Type.Integer(), Type.Null()]),
  member: Type.String(),
  value: Value,
  vintage: Instant,
})

const Measured = Type.Object({ member: Type.String(), period: Instant, value: Value, basis: Basis })

export const WarningShape = Type.Object({
  id: Type.String(),
  rule: Type.String(),
  title: Words,
  indicator: Type.String(),
  member: Type.String(),
  memberTitle: Words,
  level: Type.String(),
  openedAt: Instant,
  clearedAt: Type.Union([Instant, Type.Null()]),
  loop: Type.Union([Type.String(), Type.Null()]),
  evidence: Type.Array(Measured),
})

export const StepShape = Type.Object({
  step: Type.String(),
  level: Type.String(),
  period: Instant,
  at: Instant,
  evidence: Type.Array(Measured),
})

export const EXAMPLE_INDICATOR = {
  id: 'air.aqi.daily',
  title: { zh: '站点日AQI', en: 'Daily AQI of stations' },
  about: { zh: '按当日有效的标准计算', en: 'By the standard in force' },
  unit: '1',
  period: 'day',
  dimension: 'air.station',
  better: 'lower',
  revision: { zh: '更正后重新计算', en: 'Computed again when corrected' },
  source: 'city.ecology',
  decimals: 0,
  drill: '/air/stations/{member}',
  module: 'air',
  newest: '2026-03-01T16:00:00.000Z',
  openWarnings: 1,
}

export const EXAMPLE_VALUE = {
  member: '1656A',
  period: '2026-03-01T16:00:00.000Z',
  value: 63,
  vintage: '2026-03-02T16:30:00.000Z',
  basis: { rulePack: 'air.aqi-2026', primary: ['pm25'] },
}

export const EXAMPLE_WARNING = {
  id: '17',
  rule: 'air.station-exceedance',
  title: { zh: '站点小时超标', en: 'Hourly exceedance at a station' },
  indicator: 'air.aqi.hourly',
  member: '1656A',
  memberTitle: { zh: '人口学校', en: 'Renkou School' },
  level: 'yellow',
  openedAt: '2026-03-02T16:30:00.000Z',
  clearedAt: null,
  loop: '1024',
  evidence: [{ member: '1656A', period: '2026-03-01T16:00:00.000Z', value: 163, basis: {} }],
}
