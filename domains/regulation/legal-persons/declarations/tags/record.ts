import type { TagSource } from '#platform/tags'
import { forRecords, REGISTER, STATISTICS, theme } from './theme.ts'

const COOPERATIVES: TagSource = {
  dataset: 'base.cooperative',
  columns: ['code', 'name', 'established_on', 'first_year_on'],
  by: 'code',
}
const BESIDE = `select f.code, f.name, f.kind, f.state, f.established_on, f.closed_on, u.name as name_of_statistics, u.staff
  from base_firm f left join base_statistical_unit u on u.code = f.code where f.code = $1`
const BESIDE_AGRICULTURE = `select f.code, f.name, f.state, f.established_on, f.closed_on, c.name as name_of_agriculture,
    c.established_on as established_of_agriculture
  from base_firm f left join base_cooperative c on c.code = f.code where f.code = $1`

/** Where the records of two departments do not agree. */
export const recordTags = theme(
  {
    theme: 'record',
    owner: 'city.big-data',
    ...forRecords,
    sources: [REGISTER, STATISTICS],
    evidence: BESIDE,
    validityDays: 30,
  },
  [
    {
      id: 'closed-still-listed',
      kind: 'statistic',
      title: ['已注销仍在统计名录', 'Closed, still in statistics'],
      about: ['登记已注销，统计名录仍有', 'Closed in the register and still listed by statistics'],
      logic: `select f.code as key, f.closed_on as value, f.closed_on as since from base_firm f
        join base_statistical_unit u on u.code = f.code where f.state = '注销' and f.closed_on is not null`,
    },
    {
      id: 'unlisted',
      kind: 'statistic',
      title: ['在营未入统计名录', 'In operation, not in statistics'],
      about: ['公司或合作社在营，统计名录没有', 'A company or cooperative in operation that statistics do not list'],
      logic: `select f.code as key, f.kind as value, f.established_on as since from base_firm f
        left join base_statistical_unit u on u.code = f.code
        where f.state <> '注销' and f.kind <> '个体工商户' and u.code is null`,
    },
    {
      id: 'name-differs',
      kind: 'statistic',
      title: ['登记与统计名称不一致', 'Register and statistics differ on the name'],
      about: [
        '去掉括号写法差异后名称仍不同；值为统计名称',
        'The names differ also without regard to brackets; the value is that of statistics',
      ],
      logic: `select f.code as key, u.name as value, f.established_on as since from base_firm f
        join base_statistical_unit u on u.code = f.code
        where replace(replace(f.name, '（', '('), '）', ')') <> replace(replace(u.name, '（', '('), '）', ')')`,
    },
    {
      id: 'cooperative-closed-listed',
      kind: 'statistic',
      title: ['合作社已注销仍在册', 'Cooperative closed, still listed'],
      about: ['登记已注销，农业农村部门名册仍有', 'Closed in the register and still listed by agriculture'],
      owner: 'city.agriculture',
      sources: [REGISTER, COOPERATIVES],
      evidence: BESIDE_AGRICULTURE,
      logic: `select f.code as key, f.closed_on as value, f.closed_on as since from base_firm f
        join base_cooperative c on c.code = f.code where f.state = '注销' and f.closed_on is not null`,
    },
    {
      id: 'cooperative-unlisted',
      kind: 'statistic',
      title: ['合作社未在册', 'Cooperative not listed'],
      about: ['在营合作社，农业农村部门名册没有', 'A cooperative in operation that agriculture does not list'],
      owner: 'city.agriculture',
      sources: [REGISTER, COOPERATIVES],
      evidence: BESIDE_AGRICULTURE,
      logic: `select f.code as key, f.kind as value, f.established_on as since from base_firm f
        left join base_cooperative c on c.code = f.code
        where f.kind = '农民专业合作社' and f.state <> '注销' and c.code is null`,
    },
    {
      id: 'established-differs',
      kind: 'statistic',
      title: ['合作社成立日期不一致', 'Cooperative: days of establishment differ'],
      about: [
        '登记与农业农村部门的成立日期不同；值为后者',
        'Register and agriculture differ on the day; the value is that of agriculture',
      ],
      owner: 'city.agriculture',
      sources: [REGISTER, COOPERATIVES],
      evidence: BESIDE_AGRICULTURE,
      logic: `select f.code as key, c.established_on as value, f.established_on as since from base_firm f
        join base_cooperative c on c.code = f.code where c.established_on <> f.established_on`,
    },
    {
      id: 'state-contradicts',
      kind: 'statistic',
      title: ['状态与注销日期矛盾', 'State contradicts the day of closing'],
      about: ['在营却有注销日期，或已注销却没有', 'In operation with a day of closing, or closed without one'],
      owner: 'city.market',
      logic: `select code as key, state as value, established_on as since from base_firm
        where (state <> '注销' and closed_on is not null) or (state = '注销' and closed_on is null)`,
    },
    {
      id: 'industry-missing',
      kind: 'fact',
      title: ['未登记行业', 'No industry registered'],
      about: ['登记没有行业代码', 'The register has no industry'],
      owner: 'city.market',
      logic: `select code as key, kind as value, established_on as since from base_firm where industry is null`,
    },
  ],
)
