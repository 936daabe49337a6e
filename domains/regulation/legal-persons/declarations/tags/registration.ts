import type { TagSource } from '#platform/tags'
import { days, forAll, LIMITS, limit, OF_REGISTER, REGISTER, theme } from './theme.ts'

/** Rows of the firms that were merged into another, which is whom the tag is about. */
const MERGED: TagSource = {
  dataset: 'base.firm',
  columns: ['code', 'name', 'closed_on', 'merged_into'],
  by: 'merged_into',
}

const of = (kind: string) =>
  `select code as key, kind as value, established_on as since from base_firm where kind = '${kind}'`
/** Whole years since its establishment, for firms that have not closed. */
const aged = (from: number, to?: number) =>
  `select code as key, established_on as value, established_on + ${Math.round(from * 365.25)} as since from base_firm
   where state <> '注销' and established_on <= as_of() - ${Math.round(from * 365.25)}
   ${to === undefined ? '' : `and established_on > as_of() - ${Math.round(to * 365.25)}`}`
const capital = (condition: string) =>
  `select code as key, capital as value, established_on as since from base_firm
   where kind = '有限责任公司' and state <> '注销' and ${condition}`

/** What the register says: kind, state, age, capital, mergers. */
export const registrationTags = theme(
  {
    theme: 'registration',
    owner: 'city.market',
    ...forAll,
    sources: [REGISTER],
    evidence: OF_REGISTER,
    sensitivity: 'public',
    validityDays: 90,
  },
  [
    {
      id: 'in-operation',
      kind: 'fact',
      title: ['在营', 'In operation'],
      about: ['登记状态不是注销', 'Registered and not closed'],
      logic: `select code as key, state as value, established_on as since from base_firm where state <> '注销'`,
    },
    {
      id: 'closed',
      kind: 'fact',
      title: ['已注销', 'Closed'],
      about: ['登记状态为注销', 'Registered as closed'],
      logic: `select code as key, closed_on as value, closed_on as since from base_firm where state = '注销' and closed_on is not null`,
    },
    {
      id: 'company',
      kind: 'fact',
      title: ['公司', 'Company'],
      about: ['主体类型为有限责任公司', 'Registered as a limited company'],
      logic: of('有限责任公司'),
    },
    {
      id: 'sole-trader',
      kind: 'fact',
      title: ['个体工商户', 'Sole trader'],
      about: ['主体类型为个体工商户', 'Registered as a sole trader'],
      logic: of('个体工商户'),
    },
    {
      id: 'cooperative',
      kind: 'fact',
      title: ['农民专业合作社', "Farmers' cooperative"],
      about: ['主体类型为农民专业合作社', "Registered as a farmers' cooperative"],
      logic: of('农民专业合作社'),
    },
    {
      id: 'renamed',
      kind: 'fact',
      title: ['曾更名', 'Renamed'],
      about: ['登记有曾用名称', 'The register holds a former name'],
      logic: `select code as key, former_name as value, established_on as since from base_firm where former_name is not null`,
    },
    {
      id: 'merged',
      kind: 'fact',
      title: ['被吸收合并', 'Merged into another'],
      about: ['登记有并入的企业', 'The register says into which firm it was merged'],
      logic: `select code as key, merged_into as value, coalesce(closed_on, established_on) as since from base_firm where merged_into is not null`,
    },
    {
      id: 'absorbing',
      kind: 'statistic',
      title: ['吸收合并过其他企业', 'Took over other firms'],
      about: ['有企业登记为并入本企业；值为户数', 'Other firms were merged into it; the value is how many'],
      sources: [MERGED],
      logic: `select merged_into as key, count(*) as value, max(closed_on) as since from base_firm
        where merged_into is not null and closed_on is not null group by merged_into`,
      evidence: `select code, name, closed_on, merged_into from base_firm where merged_into = $1 order by closed_on desc`,
    },
    {
      id: 'new',
      kind: 'statistic',
      title: ['一年内新设', 'Established within a year'],
      about: ['成立不满一年且在营', 'In operation for less than a year'],
      logic: `select code as key, established_on as value, established_on as since from base_firm
        where state <> '注销' and established_on > as_of() - 365 and established_on <= as_of()`,
    },
    {
      id: 'young',
      kind: 'statistic',
      title: ['初创期（一至三年）', 'Young (one to three years)'],
      about: ['在营，成立满一年不满三年', 'In operation for one to three years'],
      logic: aged(1, 3),
    },
    {
      id: 'five-years',
      kind: 'statistic',
      title: ['存续五年以上', 'Five years and older'],
      about: ['在营，成立满五年不满十年', 'In operation for five to ten years'],
      logic: aged(5, 10),
    },
    {
      id: 'ten-years',
      kind: 'statistic',
      title: ['存续十年以上', 'Ten years and older'],
      about: ['在营，成立满十年不满二十年', 'In operation for ten to twenty years'],
      logic: aged(10, 20),
    },
    {
      id: 'twenty-years',
      kind: 'statistic',
      title: ['存续二十年以上', 'Twenty years and older'],
      about: ['在营，成立满二十年', 'In operation for twenty years or more'],
      logic: aged(20),
    },
    {
      id: 'closed-recently',
      kind: 'statistic',
      title: ['近一年注销', 'Closed within a year'],
      about: ['注销日期在近一年内', 'Closed within the last year'],
      rules: [LIMITS],
      logic: `select code as key, closed_on as value, closed_on as since from base_firm
        where state = '注销' and closed_on > as_of() - ${days('recent-days')} and closed_on <= as_of()`,
    },
    {
      id: 'closed-young',
      kind: 'statistic',
      title: ['设立三年内注销', 'Closed within three years of age'],
      about: ['成立后三年内注销；值为存续天数', 'Closed within three years; the value is its days'],
      logic: `select code as key, closed_on - established_on as value, closed_on as since from base_firm
        where state = '注销' and closed_on >= established_on and closed_on < established_on + 1096`,
    },
    {
      id: 'capital-large',
      kind: 'statistic',
      title: ['注册资本较大', 'Large capital'],
      about: [
        '在营公司，注册资本达到“较大”界限；值为万元',
        'Companies whose capital reaches the limit of large; in 10,000 yuan',
      ],
      rules: [LIMITS],
      logic: capital(`capital >= ${limit('capital-large')} and capital < ${limit('capital-huge')}`),
    },
    {
      id: 'capital-huge',
      kind: 'statistic',
      title: ['注册资本大', 'Very large capital'],
      about: [
        '在营公司，注册资本达到“大”界限；值为万元',
        'Companies whose capital reaches the limit of very large; in 10,000 yuan',
      ],
      rules: [LIMITS],
      logic: capital(`capital >= ${limit('capital-huge')}`),
    },
    {
      id: 'capital-small',
      kind: 'statistic',
      title: ['注册资本小', 'Small capital'],
      about: [
        '在营公司，注册资本不超过“小”界限；值为万元',
        'Companies whose capital is at most the limit of small; in 10,000 yuan',
      ],
      rules: [LIMITS],
      logic: capital(`capital <= ${limit('capital-small')}`),
    },
  ],
)
