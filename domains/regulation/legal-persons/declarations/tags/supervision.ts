import type { TagSource } from '#platform/tags'
import { days, forServices, forSupervision, LIMITS, limit, type Own, REGISTER, theme } from './theme.ts'

const OFFICES = ['safety', 'environment', 'fire'] as const
const LOOKS: readonly TagSource[] = OFFICES.map((office) => ({
  dataset: `base.${office}-inspection`,
  columns: ['inspection', 'code', 'inspected_on', 'result', 'finding'],
  by: 'code',
}))
const EVIDENCE = `select * from (${OFFICES.map(
  (office) =>
    `select '${office}' as office, inspection, inspected_on, result, finding from base_${office}_inspection where code = $1`,
).join(' union all ')}) as looks order by inspected_on desc`

const failedOn = (office: string, owner: string, zh: string, en: string): Own => ({
  id: `failed-${office}`,
  kind: 'statistic',
  owner,
  title: [`${zh}不合格`, `Failed: ${en}`],
  about: [
    `三年内${zh}有不合格；值为最近日期`,
    `Failed an inspection of ${en} within three years; the value is the last day`,
  ],
  rules: [LIMITS],
  logic: `select key, ${office}_failed as value, ${office}_failed as since from firm_inspection
    where ${office}_failed > as_of() - ${days('never-inspected-days')}`,
})

/** How inspections of work safety, environment and fire went. */
const inspectionTags = theme(
  {
    theme: 'supervision',
    owner: 'city.market',
    ...forSupervision,
    features: ['firm_inspection'],
    sources: [...LOOKS],
    evidence: EVIDENCE,
    validityDays: 60,
  },
  [
    failedOn('safety', 'city.emergency', '安全生产检查', 'work safety'),
    failedOn('environment', 'city.ecology', '生态环境检查', 'environment'),
    failedOn('fire', 'city.fire', '消防检查', 'fire safety'),
    {
      id: 'inspected-recently',
      kind: 'statistic',
      title: ['近一年检查过', 'Inspected within a year'],
      about: ['近一年有现场检查；值为最近日期', 'Inspected within the last year; the value is the last day'],
      rules: [LIMITS],
      logic: `select key, last_on as value, last_on as since from firm_inspection where last_on > as_of() - ${days('recent-days')}`,
    },
    {
      id: 'never-inspected',
      kind: 'statistic',
      title: ['长期未检查', 'Not inspected for long'],
      about: ['在营超过界限天数，其间没有任何检查', 'In operation for longer than the limit and not inspected since'],
      sources: [REGISTER, ...LOOKS],
      rules: [LIMITS],
      logic: `select f.code as key, coalesce(i.last_on, f.established_on) as value, coalesce(i.last_on, f.established_on) + ${days('never-inspected-days')} as since
        from base_firm f left join firm_inspection i on i.key = f.code
        where f.state <> '注销' and coalesce(i.last_on, f.established_on) < as_of() - ${days('never-inspected-days')}`,
    },
    {
      id: 'last-failed',
      kind: 'statistic',
      title: ['最近一次检查不合格', 'Failed its last inspection'],
      about: ['最近一次检查结论为不合格；值为日期', 'The last inspection was failed; the value is the day'],
      logic: `select key, last_failed as value, last_failed as since from firm_inspection where last_failed = last_on`,
    },
    {
      id: 'failed-often',
      kind: 'statistic',
      title: ['多次检查不合格', 'Failed inspections repeatedly'],
      about: ['两次以上检查不合格；值为次数', 'Failed twice or more; the value is how often'],
      logic: `select key, failed as value, last_failed as since from firm_inspection where failed >= 2`,
    },
    {
      id: 'failed-then-passed',
      kind: 'statistic',
      title: ['整改后复查合格', 'Passed after failing'],
      about: ['不合格之后又有合格的检查；值为合格日期', 'Passed after its last failure; the value is the day'],
      logic: `select key, last_passed as value, last_passed as since from firm_inspection where last_failed < last_passed`,
    },
    {
      id: 'passed-always',
      kind: 'statistic',
      title: ['检查全部合格', 'Passed every inspection'],
      about: ['至少两次检查且全部合格；值为次数', 'Two inspections or more, all passed; the value is how many'],
      ...forServices,
      logic: `select key, inspections as value, last_on as since from firm_inspection where inspections >= 2 and failed = 0`,
    },
  ],
)

const PENALTIES: TagSource = {
  dataset: 'base.penalty',
  columns: ['decision', 'code', 'fact', 'fine', 'decided_on', 'office'],
  by: 'code',
}

/** Published penalties. */
const penaltyTags = theme(
  {
    theme: 'penalty',
    owner: 'city.reform',
    ...forSupervision,
    features: ['firm_penalty'],
    sources: [PENALTIES],
    evidence: `select decision, fact, fine, decided_on, office from base_penalty where code = $1 order by decided_on desc`,
    sensitivity: 'public',
    validityDays: 60,
  },
  [
    {
      id: 'penalised',
      kind: 'fact',
      title: ['有行政处罚', 'Has a penalty'],
      about: ['处罚公示中有决定；值为次数', 'A decision was published; the value is how many'],
      logic: `select key, penalties as value, first_on as since from firm_penalty`,
    },
    {
      id: 'penalised-recently',
      kind: 'statistic',
      title: ['近一年受处罚', 'Penalised within a year'],
      about: [
        '近一年内有处罚决定；值为最近日期',
        'A penalty was decided within the last year; the value is the last day',
      ],
      rules: [LIMITS],
      logic: `select key, last_on as value, last_on as since from firm_penalty where last_on > as_of() - ${days('recent-days')}`,
    },
    {
      id: 'penalised-often',
      kind: 'statistic',
      title: ['多次受处罚', 'Penalised repeatedly'],
      about: ['两次以上处罚；值为次数', 'Two penalties or more; the value is how many'],
      logic: `select key, penalties as value, last_on as since from firm_penalty where penalties >= 2`,
    },
    {
      id: 'fine-large',
      kind: 'statistic',
      title: ['较大数额罚款', 'Large fine'],
      about: [
        '单次罚款达到界限；值为最大金额（万元）',
        'One fine reaches the limit; the value is the largest, in 10,000 yuan',
      ],
      rules: [LIMITS],
      logic: `select key, fine_max as value, last_on as since from firm_penalty where fine_max >= ${limit('fine-large')}`,
    },
    {
      id: 'fault-repeated',
      kind: 'statistic',
      title: ['同类问题重复处罚', 'Penalised for the same again'],
      about: [
        '同一违法事实被处罚两次以上；值为重复次数',
        'Penalised twice or more for the same fact; the value is how often again',
      ],
      logic: `select key, repeated as value, last_on as since from firm_penalty where repeated > 0`,
    },
    {
      id: 'offices-many',
      kind: 'statistic',
      title: ['多部门处罚', 'Penalised by several offices'],
      about: ['受两个以上部门处罚；值为部门数', 'Penalised by two offices or more; the value is how many'],
      logic: `select key, offices as value, last_on as since from firm_penalty where offices >= 2`,
    },
    {
      id: 'clean-record',
      kind: 'statistic',
      title: ['五年以上无处罚', 'Five years without penalty'],
      about: ['在营满五年且没有处罚公示', 'In operation for five years with no penalty published'],
      ...forServices,
      sources: [REGISTER, PENALTIES],
      logic: `select f.code as key, f.established_on as value, f.established_on + 1826 as since from base_firm f
        left join firm_penalty p on p.key = f.code
        where f.state <> '注销' and f.established_on < as_of() - 1826 and p.key is null`,
      evidence: `select f.code, f.name, f.established_on, (select count(*) from base_penalty p where p.code = f.code) as penalties
        from base_firm f where f.code = $1`,
    },
  ],
)

export const supervisionTags = [...inspectionTags, ...penaltyTags]
