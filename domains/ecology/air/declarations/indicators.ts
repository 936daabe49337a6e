import type { Indicator } from '#platform/indicators'
import { type Words, words } from '#runtime'

const REVISION = words(
  '迟到或更正的数据使其重新计算，旧值保留为前一版本',
  'Computed again when values come late or are corrected; the former value stays as an earlier vintage',
)
const STATION = { dataset: 'air.station' } as const
const common = { unit: '1', better: 'lower', revision: REVISION, source: 'city.ecology', decimals: 0 } as const

const index = (id: string, title: Words, period: 'hour' | 'day', dimension: Indicator['dimension']): Indicator => ({
  ...common,
  id,
  title,
  about: words(
    '按当日有效的HJ 633版本计算，缺测按标准处理',
    'By the edition of HJ 633 in force, missing data by its rule',
  ),
  period,
  dimension,
  compute: id,
  drill: dimension === 'division' ? '/air' : '/air/stations/{member}',
})

const composite = (
  id: string,
  title: Words,
  period: 'month' | 'year',
  dimension: Indicator['dimension'],
): Indicator => ({
  ...common,
  id,
  title,
  about: words(
    '六项污染物浓度与二级限值之比的和，用于排名',
    'Sum of the six concentrations over their class 2 limits, for ranking',
  ),
  period,
  dimension,
  decimals: 2,
  compute: id,
  drill: '/air/rankings',
})

/** Measures of ambient air: stations and, as means of their stations, the counties and the city. */
export const airIndicators: readonly Indicator[] = [
  index('air.aqi.hourly', words('站点小时AQI', 'Hourly AQI of stations'), 'hour', STATION),
  index('air.aqi.daily', words('站点日AQI', 'Daily AQI of stations'), 'day', STATION),
  index('air.area-aqi.hourly', words('区域小时AQI', 'Hourly AQI of areas'), 'hour', 'division'),
  index('air.area-aqi.daily', words('区域日AQI', 'Daily AQI of areas'), 'day', 'division'),
  composite('air.composite.monthly', words('站点月综合指数', 'Monthly composite index of stations'), 'month', STATION),
  composite('air.composite.yearly', words('站点年综合指数', 'Yearly composite index of stations'), 'year', STATION),
  composite(
    'air.area-composite.monthly',
    words('区域月综合指数', 'Monthly composite index of areas'),
    'month',
    'division',
  ),
  composite(
    'air.area-composite.yearly',
    words('区域年综合指数', 'Yearly composite index of areas'),
    'year',
    'division',
  ),
  {
    ...common,
    id: 'air.pm25.yearly',
    title: words('PM2.5年均浓度', 'Annual mean of PM2.5'),
    about: words('当年至今日均值的平均', 'Mean of the daily means of the year so far'),
    unit: 'ug/m3',
    period: 'year',
    dimension: 'division',
    compute: 'air.pm25.yearly',
    drill: '/air/evaluation',
  },
  {
    ...common,
    id: 'air.good-days.yearly',
    title: words('空气质量优良天数比例', 'Share of good days'),
    about: words(
      '当年至今AQI不大于100的天数占有效天数的比例',
      'Days with an AQI of 100 or less among days with an AQI',
    ),
    unit: '%',
    period: 'year',
    dimension: 'division',
    better: 'higher',
    decimals: 1,
    compute: 'air.good-days.yearly',
    drill: '/air/evaluation',
  },
  {
    ...common,
    id: 'air.pollution-level.daily',
    title: words('重污染级别', 'Level of heavy pollution'),
    about: words('0 无，1 蓝，2 黄，3 橙，4 红', '0 none, 1 blue, 2 yellow, 3 orange, 4 red'),
    period: 'day',
    dimension: 'division',
    compute: 'air.pollution-level.daily',
    drill: '/air',
  },
]
