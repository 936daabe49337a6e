import type { TagSource } from '#platform/tags'
import { days, forServices, forSupervision, LIMITS, limit, type Own, RETURNS, STATISTICS, theme } from './theme.ts'

/** Numbers only: no tag tells who is insured. */
const INSURED: TagSource = {
  dataset: 'base.employee',
  columns: ['employer', 'since', 'base', 'months'],
  by: 'employer',
}
const EVIDENCE = `select count(*) as insured, min(since) as first_since, max(since) as last_since,
    sum(case when months = 12 then 1 else 0 end) as insured_whole_year, avg(base) as mean_base
  from base_employee where employer = $1`
const BESIDE_RETURNS = `select (select count(*) from base_employee where employer = $1) as insured,
    t.until, t.staff as declared from base_tax_return t where t.code = $1 order by t.until desc`

const sized = (id: string, zh: string, en: string, condition: string): Own => ({
  id,
  kind: 'statistic',
  title: [zh, en],
  about: [
    `参保职工人数在${zh.replace('参保', '')}范围；值为人数`,
    `So many employees are insured; the value is how many`,
  ],
  logic: `select key, insured as value, oldest as since from firm_staff where ${condition}`,
})

/** How many a firm employs and insures; personal data are only counted. */
export const staffTags = theme(
  {
    theme: 'staff',
    owner: 'city.human-resources',
    ...forServices,
    features: ['firm_staff'],
    sources: [INSURED],
    rules: [LIMITS],
    evidence: EVIDENCE,
    sensitivity: 'sensitive',
    validityDays: 60,
  },
  [
    sized('insured-few', '参保二十人以下', 'Insures fewer than twenty', `insured < ${limit('staff-twenty')}`),
    sized(
      'insured-twenty',
      '参保二十人以上',
      'Insures twenty or more',
      `insured >= ${limit('staff-twenty')} and insured < ${limit('staff-hundred')}`,
    ),
    sized('insured-hundred', '参保百人以上', 'Insures a hundred or more', `insured >= ${limit('staff-hundred')}`),
    {
      id: 'hiring',
      kind: 'statistic',
      title: ['近一年有新参保', 'Hired within a year'],
      about: [
        '近一年内有职工首次在本单位参保；值为最近日期',
        'Somebody was first insured here within a year; the value is the last day',
      ],
      logic: `select key, newest as value, newest as since from firm_staff where newest > as_of() - ${days('recent-days')}`,
    },
    {
      id: 'staff-growing',
      kind: 'statistic',
      title: ['参保多于申报', 'Insures more than it declares'],
      about: [
        '参保人数高于最近申报从业人数二成以上；值为差额',
        'Insured staff exceed the declared by a fifth or more; the value is the difference',
      ],
      features: ['firm_staff', 'firm_tax'],
      sources: [INSURED, RETURNS],
      logic: `select s.key, s.insured - x.staff as value, s.newest as since from firm_staff s join firm_tax x on x.key = s.key
        where x.staff > 0 and s.insured * 100 >= x.staff * (100 + ${limit('growth-percent')})`,
      evidence: BESIDE_RETURNS,
    },
    {
      id: 'insurance-gap',
      kind: 'statistic',
      title: ['参保缺口', 'Gap in insurance'],
      about: [
        '参保人数低于申报从业人数的界限比例；值为缺口人数',
        'Fewer are insured than the limit share of the declared staff; the value is the gap',
      ],
      ...forSupervision,
      features: ['firm_staff', 'firm_tax'],
      sources: [INSURED, RETURNS],
      logic: `select x.key, x.staff - s.insured as value, x.last_until as since from firm_tax x join firm_staff s on s.key = x.key
        where x.staff > 0 and s.insured * 100 < x.staff * ${limit('insured-percent')}`,
      evidence: BESIDE_RETURNS,
    },
    {
      id: 'uninsured',
      kind: 'statistic',
      title: ['有申报从业无参保', 'Staff declared, none insured'],
      about: [
        '最近申报有从业人员，没有任何参保记录；值为申报人数',
        'The last return declares staff and nobody is insured; the value is the declared number',
      ],
      ...forSupervision,
      features: ['firm_staff', 'firm_tax'],
      sources: [INSURED, RETURNS],
      logic: `select x.key, x.staff as value, x.last_until as since from firm_tax x left join firm_staff s on s.key = x.key
        where x.staff > 0 and s.key is null`,
      evidence: BESIDE_RETURNS,
    },
    {
      id: 'base-at-floor',
      kind: 'statistic',
      title: ['多按下限缴费', 'Insured at the floor'],
      about: [
        '半数以上职工的缴费基数不高于下限；值为 %',
        'Half or more of the staff are insured at the floor; in percent',
      ],
      ...forSupervision,
      logic: `select key, cast(at_floor * 100 / insured as integer) as value, oldest as since from firm_staff
        where insured >= 2 and at_floor * 2 >= insured`,
    },
    {
      id: 'wage-high',
      kind: 'statistic',
      title: ['平均缴费基数高', 'High mean base'],
      about: ['平均月缴费基数达到界限；值为元', 'The mean monthly base reaches the limit; in yuan'],
      logic: `select key, cast(round(cast(base_mean as numeric), 0) as integer) as value, oldest as since from firm_staff
        where base_mean >= ${limit('wage-high')}`,
    },
    {
      id: 'staff-stable',
      kind: 'statistic',
      title: ['队伍稳定', 'Stable staff'],
      about: [
        '至少五人参保，全年参保的比例达到界限；值为 %',
        'Five or more insured, of whom the limit share all year; in percent',
      ],
      logic: `select key, cast(whole_year * 100 / insured as integer) as value, oldest as since from firm_staff
        where insured >= 5 and whole_year * 100 >= insured * ${limit('stable-percent')}`,
    },
    {
      id: 'staff-none',
      kind: 'fact',
      title: ['统计从业为零', 'No staff in statistics'],
      about: ['统计名录的期末从业人数为零', 'Statistics list it with no staff'],
      owner: 'city.statistics',
      features: [],
      rules: [],
      sources: [STATISTICS, { dataset: 'base.firm', columns: ['code', 'established_on'], by: 'code' }],
      logic: `select u.code as key, u.staff as value, f.established_on as since from base_statistical_unit u
        join base_firm f on f.code = u.code where u.staff = 0`,
      evidence: `select u.code, u.name, u.division, u.staff, f.established_on from base_statistical_unit u
        join base_firm f on f.code = u.code where u.code = $1`,
    },
  ],
)
