import type { TagSource } from '#platform/tags'
import { days, forServices, forSupervision, LIMITS, type Own, REGISTER, theme } from './theme.ts'

const LICENCES: TagSource = {
  dataset: 'base.licence',
  columns: ['licence', 'kind', 'code', 'authority', 'from', 'until'],
  by: 'code',
}
const TRANSPORT: TagSource = {
  dataset: 'base.transport-operator',
  columns: ['licence', 'code', 'from', 'until'],
  by: 'code',
}
const EVIDENCE = `select licence, kind, authority, "from", until from base_licence where code = $1 order by until desc`
const OF_TRANSPORT = `select licence, "from", until from base_transport_operator where code = $1 order by until desc`

const holds = (id: string, column: string, zh: string, en: string): Own => ({
  id: `licence-${id}`,
  kind: 'fact',
  title: [`持${zh}`, en],
  about: [`有一张有效的${zh}；值为有效期止`, `Holds one that is valid; the value is until when`],
  logic: `select key, ${column}_until as value, ${column}_from as since from firm_licence
    where ${column}_until >= as_of() and ${column}_from <= as_of()`,
})

/** Which licences a firm holds, needs, or has let run out. */
export const licenceTags = theme(
  {
    theme: 'licence',
    owner: 'city.approval',
    ...forSupervision,
    features: ['firm_licence'],
    sources: [LICENCES],
    evidence: EVIDENCE,
    sensitivity: 'public',
    validityDays: 30,
  },
  [
    holds('food', 'food', '食品经营许可证', 'Food trade licence'),
    holds('food-production', 'food_production', '食品生产许可证', 'Food production licence'),
    holds('safety', 'safety', '安全生产许可证', 'Work safety licence'),
    holds('construction', 'construction', '建筑业企业资质证书', 'Construction qualification'),
    holds('medical', 'medical', '医疗机构执业许可证', 'Medical institution licence'),
    holds('school', 'school', '民办学校办学许可证', 'Private school licence'),
    holds('special', 'special', '特种行业许可证', 'Special trade licence'),
    {
      id: 'licence-valid',
      kind: 'statistic',
      title: ['有有效许可', 'Holds a valid licence'],
      about: [
        '至少一张许可在有效期内；值为最晚有效期止',
        'One licence or more is valid; the value is the latest expiry',
      ],
      logic: `select key, last_until as value, first_from as since from firm_licence where last_until >= as_of() and first_from <= as_of()`,
    },
    {
      id: 'licence-expiring',
      kind: 'statistic',
      title: ['许可即将到期', 'Licence about to expire'],
      about: [
        '最晚的许可在界限天数内到期，尚未延续；值为到期日',
        'Its latest licence expires within the limit and was not renewed; the value is the day',
      ],
      ...forServices,
      rules: [LIMITS],
      logic: `select key, last_until as value, last_until - ${days('expiring-days')} as since from firm_licence
        where last_until >= as_of() and last_until < as_of() + ${days('expiring-days')}`,
    },
    {
      id: 'licence-expired',
      kind: 'statistic',
      title: ['许可过期未延续', 'Licence expired'],
      about: [
        '在营，全部许可都已过期；值为最晚到期日',
        'In operation and every licence has expired; the value is the latest expiry',
      ],
      sources: [REGISTER, LICENCES],
      logic: `select l.key, l.last_until as value, l.last_until as since from firm_licence l join base_firm f on f.code = l.key
        where f.state <> '注销' and l.last_until < as_of()`,
    },
    {
      id: 'licence-many',
      kind: 'statistic',
      title: ['多次延续许可', 'Renewed licences'],
      about: ['有三张以上许可；值为张数', 'Three licences or more; the value is how many'],
      ...forServices,
      logic: `select key, licences as value, first_from as since from firm_licence where licences >= 3`,
    },
    {
      id: 'licence-missing',
      kind: 'statistic',
      title: ['行业需许可而无许可', 'Trade needs a licence, none found'],
      about: [
        '在营，行业在需许可清单内，许可库中没有任何许可',
        'In operation in a trade on the list that needs one, and no licence is on record',
      ],
      sources: [REGISTER, LICENCES],
      rules: ['legal-persons.industries'],
      logic: `select f.code as key, f.industry as value, f.established_on as since from base_firm f
        join rule_industries r on r.list = 'licensed' and substr(f.industry, 1, 2) = r.prefix
        left join firm_licence l on l.key = f.code where f.state <> '注销' and l.key is null`,
      evidence: `select f.code, f.name, f.industry, f.established_on, (select count(*) from base_licence l where l.code = f.code) as licences
        from base_firm f where f.code = $1`,
    },
    {
      id: 'licence-of-closed',
      kind: 'statistic',
      title: ['已注销仍有有效许可', 'Closed, licence still valid'],
      about: [
        '登记已注销，许可仍在有效期；值为有效期止',
        'Closed in the register while a licence is valid; the value is until when',
      ],
      sources: [REGISTER, LICENCES],
      logic: `select l.key, l.last_until as value, f.closed_on as since from firm_licence l join base_firm f on f.code = l.key
        where f.state = '注销' and f.closed_on is not null and l.last_until >= as_of()`,
    },
    {
      id: 'transport-operator',
      kind: 'fact',
      title: ['道路运输业户', 'Road transport operator'],
      about: [
        '交通部门登记的道路运输业户，许可有效；值为有效期止',
        'Listed by transport with a valid licence; the value is until when',
      ],
      owner: 'city.transport',
      features: ['firm_transport'],
      sources: [TRANSPORT],
      evidence: OF_TRANSPORT,
      logic: `select key, last_until as value, first_from as since from firm_transport where last_until >= as_of()`,
    },
    {
      id: 'transport-expired',
      kind: 'statistic',
      title: ['运输许可过期', 'Transport licence expired'],
      about: ['道路运输许可已过期；值为到期日', 'Its road transport licence has expired; the value is the day'],
      owner: 'city.transport',
      features: ['firm_transport'],
      sources: [TRANSPORT],
      evidence: OF_TRANSPORT,
      logic: `select key, last_until as value, last_until as since from firm_transport where last_until < as_of()`,
    },
  ],
)
