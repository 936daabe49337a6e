import { days, forServices, forSupervision, LIMITS, limit, OF_RETURNS, REGISTER, RETURNS, theme } from './theme.ts'

const percent = (now: string, before: string) =>
  `cast(round(cast((${now} - ${before}) * 100.0 / ${before} as numeric), 0) as integer)`
const YEAR = percent('revenue', 'revenue_before')
const QUARTER = percent('revenue_last', 'revenue_previous')
const comparable = 'quarters = 4 and quarters_before = 4 and revenue_before > 0'

/** What the quarterly returns say: revenue, growth, punctuality. */
export const taxTags = theme(
  {
    theme: 'tax',
    owner: 'city.tax',
    ...forServices,
    features: ['firm_tax'],
    sources: [RETURNS],
    rules: [LIMITS],
    evidence: OF_RETURNS,
    sensitivity: 'sensitive',
    validityDays: 120,
  },
  [
    {
      id: 'revenue-growing',
      kind: 'statistic',
      title: ['年收入增长较快', 'Revenue grows fast'],
      about: [
        '最近四季收入比前四季增长达到界限、未翻番；值为 %',
        'The last four quarters exceed the four before by the limit, below doubling; in percent',
      ],
      logic: `select key, ${YEAR} as value, last_until as since from firm_tax
        where ${comparable} and ${YEAR} >= ${limit('growth-percent')} and ${YEAR} < ${limit('double-percent')}`,
    },
    {
      id: 'revenue-doubled',
      kind: 'statistic',
      title: ['年收入倍增', 'Revenue doubled'],
      about: [
        '最近四季收入比前四季至少翻番；值为 %',
        'The last four quarters are at least twice the four before; in percent',
      ],
      logic: `select key, ${YEAR} as value, last_until as since from firm_tax
        where ${comparable} and ${YEAR} >= ${limit('double-percent')}`,
    },
    {
      id: 'revenue-falling',
      kind: 'statistic',
      title: ['年收入下降较大', 'Revenue falls'],
      about: [
        '最近四季收入比前四季下降达到界限；值为 %',
        'The last four quarters fall short of the four before by the limit; in percent',
      ],
      logic: `select key, ${YEAR} as value, last_until as since from firm_tax
        where ${comparable} and ${YEAR} <= -${limit('fall-percent')}`,
    },
    {
      id: 'quarter-up',
      kind: 'statistic',
      title: ['季度收入骤增', 'Revenue leaps within a quarter'],
      about: [
        '最近一季收入比上一季增长达到界限；值为 %',
        'The last quarter exceeds the one before by the limit; in percent',
      ],
      logic: `select key, ${QUARTER} as value, last_until as since from firm_tax
        where revenue_previous > 0 and ${QUARTER} >= ${limit('quarter-percent')}`,
    },
    {
      id: 'quarter-down',
      kind: 'statistic',
      title: ['季度收入骤降', 'Revenue drops within a quarter'],
      about: [
        '最近一季收入比上一季下降达到界限；值为 %',
        'The last quarter falls short of the one before by the limit; in percent',
      ],
      logic: `select key, ${QUARTER} as value, last_until as since from firm_tax
        where revenue_previous > 0 and ${QUARTER} <= -${limit('quarter-percent')}`,
    },
    {
      id: 'zero-return',
      kind: 'statistic',
      title: ['有零申报', 'Declared nothing'],
      about: [
        '最近四季中有营业收入为零的申报；值为次数',
        'A return of the last four quarters declares no revenue; the value is how many',
      ],
      ...forSupervision,
      logic: `select key, zero_quarters as value, last_until as since from firm_tax where zero_quarters > 0`,
    },
    {
      id: 'late-once',
      kind: 'statistic',
      title: ['有逾期申报', 'Filed late'],
      about: [
        '有申报晚于期限，未达“多次”；值为次数',
        'Filed after the term, less often than the limit; the value is how often',
      ],
      ...forSupervision,
      logic: `select key, late as value, last_late as since from firm_tax where late > 0 and late < ${limit('late-times')}`,
    },
    {
      id: 'late-often',
      kind: 'statistic',
      title: ['多次逾期申报', 'Filed late often'],
      about: ['逾期申报达到“多次”界限；值为次数', 'Filed after the term as often as the limit; the value is how often'],
      ...forSupervision,
      logic: `select key, late as value, last_late as since from firm_tax where late >= ${limit('late-times')}`,
    },
    {
      id: 'always-punctual',
      kind: 'statistic',
      title: ['从不逾期申报', 'Always punctual'],
      about: [
        '至少四次申报，没有一次逾期；值为申报次数',
        'Four returns or more, none of them late; the value is how many',
      ],
      logic: `select key, returns as value, first_from as since from firm_tax where returns >= 4 and late = 0`,
    },
    {
      id: 'silent',
      kind: 'statistic',
      title: ['停止申报', 'Stopped filing'],
      about: ['在营，但最近所属期已超过界限天数', 'In operation, but the last period filed is older than the limit'],
      ...forSupervision,
      sources: [REGISTER, RETURNS],
      logic: `select x.key, x.last_until as value, x.last_until as since from firm_tax x join base_firm f on f.code = x.key
        where f.state <> '注销' and x.last_until < as_of() - ${days('silent-days')}`,
    },
    {
      id: 'never-filed',
      kind: 'statistic',
      title: ['在营从未申报', 'Never filed'],
      about: [
        '公司或合作社在营满一年，没有任何申报',
        'A company or cooperative in operation for a year without any return',
      ],
      ...forSupervision,
      sources: [REGISTER, RETURNS],
      logic: `select f.code as key, f.established_on as value, f.established_on as since from base_firm f
        left join firm_tax x on x.key = f.code
        where f.state <> '注销' and f.kind <> '个体工商户' and f.established_on < as_of() - 365 and x.key is null`,
      evidence: `select f.code, f.name, f.state, f.established_on, (select count(*) from base_tax_return t where t.code = f.code) as returns
        from base_firm f where f.code = $1`,
    },
    {
      id: 'head-revenue-high',
      kind: 'statistic',
      title: ['人均营收高', 'High revenue a head'],
      about: [
        '最近四季营业收入除以从业人数达到界限；值为万元',
        'Revenue of four quarters by staff reaches the limit; in 10,000 yuan',
      ],
      logic: `select key, cast(round(cast(revenue / 10000 / staff as numeric), 0) as integer) as value, last_until as since from firm_tax
        where quarters = 4 and staff > 0 and revenue / 10000 / staff >= ${limit('head-revenue-high')}`,
    },
  ],
)
