import { forServices, LIMITS, limit, OF_RETURNS, type Own, REGISTER, RETURNS, STATISTICS, theme } from './theme.ts'

const EVIDENCE = `select f.code, f.name, f.industry, u.staff as staff_of_statistics, t.until, t.revenue, t.staff as staff_of_return
  from base_firm f left join base_statistical_unit u on u.code = f.code left join base_tax_return t on t.code = f.code
  where f.code = $1 order by t.until desc`

const classed = (id: string, zh: string, en: string): Own => ({
  id: `size-${id}`,
  kind: 'statistic',
  title: [zh, en],
  about: [
    `按统计划型办法为${zh}（两项下限须同时满足）；值为从业人数`,
    `${en} by the statistical size classes, both lower limits reached; the value is its staff`,
  ],
  features: ['firm_size'],
  rules: [],
  logic: `select key, staff as value, last_until as since from firm_size where size = '${id}'`,
})
const above = (id: string, zh: string, en: string, low: string, high: string, name: string): Own => ({
  id,
  kind: 'statistic',
  title: [zh, en],
  about: [
    `${low}～${high} 大类，最近四个季度营业收入达到界限；值为万元`,
    `Divisions ${low} to ${high}, revenue of the last four quarters reaches the limit; in 10,000 yuan`,
  ],
  rules: [LIMITS],
  logic: `select f.code as key, cast(round(cast(x.revenue / 10000 as numeric), 0) as integer) as value, x.last_until as since
    from base_firm f join firm_tax x on x.key = f.code
    where f.state <> '注销' and x.quarters >= 4 and substr(f.industry, 1, 2) between '${low}' and '${high}'
      and x.revenue / 10000 >= ${limit(name)}`,
})

/** How large a firm is, by the classes of statistics and by its revenue. */
export const sizeTags = theme(
  {
    theme: 'size',
    owner: 'city.statistics',
    ...forServices,
    features: ['firm_tax'],
    sources: [REGISTER, STATISTICS, RETURNS],
    evidence: EVIDENCE,
    sensitivity: 'sensitive',
    validityDays: 120,
  },
  [
    classed('large', '大型企业', 'Large enterprise'),
    classed('medium', '中型企业', 'Medium enterprise'),
    classed('small', '小型企业', 'Small enterprise'),
    classed('micro', '微型企业', 'Micro enterprise'),
    above(
      'designated-industry',
      '规模以上工业',
      'Industry above the designated size',
      '06',
      '46',
      'designated-revenue',
    ),
    above('designated-wholesale', '限额以上批发', 'Wholesale above the limit', '51', '51', 'wholesale-revenue'),
    above('designated-retail', '限额以上零售', 'Retail above the limit', '52', '52', 'retail-revenue'),
    {
      id: 'hundred-million',
      kind: 'statistic',
      title: ['亿元企业', 'Revenue of 100 million'],
      about: [
        '最近四个季度营业收入达到亿元；值为万元',
        'Revenue of the last four quarters reaches 100 million yuan; in 10,000 yuan',
      ],
      rules: [LIMITS],
      sources: [RETURNS],
      logic: `select key, cast(round(cast(revenue / 10000 as numeric), 0) as integer) as value, last_until as since from firm_tax
        where quarters >= 4 and revenue / 10000 >= ${limit('revenue-hundred-million')}`,
      evidence: OF_RETURNS,
    },
  ],
)
