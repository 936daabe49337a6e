import type { Indicator } from '#platform/indicators'
import { words } from '#runtime'

const byCounty = {
  unit: '1',
  period: 'day',
  dimension: 'division',
  revision: words(
    '每晚按库中数据统计，当日数据变化后重新统计',
    'Counted every night and again when rows change that day',
  ),
  decimals: 0,
} as const

/** What the bases count of each county. */
export const baseIndicators: readonly Indicator[] = [
  {
    ...byCounty,
    id: 'base.residents',
    title: words('户籍人口', 'Registered residents'),
    about: words('户籍未注销的居民人数', 'Residents who are not struck off the household register'),
    better: 'neither',
    source: 'city.police',
    compute: {
      dataset: 'base.resident',
      value: 'count(*)',
      where: 'ended_on is null',
      member: 'left(division, 6)',
    },
  },
  {
    ...byCounty,
    id: 'base.firms-in-operation',
    title: words('在营经营主体', 'Firms in operation'),
    about: words(
      '登记状态不是注销的经营主体户数，按登记机关所在区县',
      'Firms that are not closed, by the county of the registry that the credit code names (GB 32100)',
    ),
    better: 'higher',
    source: 'city.market',
    compute: {
      dataset: 'base.firm',
      value: 'count(*)',
      where: `state <> '注销'`,
      member: 'substr(code, 3, 6)',
    },
  },
]
