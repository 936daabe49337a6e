import type { TagFeature } from '#platform/tags'
import { type Words, words } from '#runtime'
import { HELD, holdings } from './holdings.ts'
import { FIRM } from './subject.ts'

type Sources = TagFeature['sources']
const feature = (
  id: string,
  title: Words,
  sources: Sources,
  sql: string,
  rules: readonly string[] = [],
): TagFeature => ({
  id,
  subject: FIRM,
  title,
  sources,
  rules,
  features: [],
  sql,
})

const LIMITS = 'legal-persons.limits'
const limit = (name: string): string => `(select value from rule_limits where name = '${name}')`
const days = (name: string): string => `(select cast(value as integer) from rule_limits where name = '${name}')`

const tax = feature(
  'firm_tax',
  words('申报汇总', 'Returns of a firm'),
  [{ dataset: 'base.tax-return', columns: ['code', 'from', 'until', 'filed_on', 'revenue', 'staff'], by: 'code' }],
  `select t.code as key, max(l.last_until) as last_until, min(t."from") as first_from, count(*) as returns,
     sum(case when t.until > l.last_until - 360 then t.revenue else 0 end) as revenue,
     sum(case when t.until > l.last_until - 360 then 1 else 0 end) as quarters,
     sum(case when t.until <= l.last_until - 360 and t.until > l.last_until - 725 then t.revenue end) as revenue_before,
     sum(case when t.until <= l.last_until - 360 and t.until > l.last_until - 725 then 1 else 0 end) as quarters_before,
     sum(case when t.until = l.last_until then t.revenue end) as revenue_last,
     sum(case when t.until < l.last_until and t.until > l.last_until - 100 then t.revenue end) as revenue_previous,
     sum(case when t.revenue = 0 and t.until > l.last_until - 360 then 1 else 0 end) as zero_quarters,
     sum(case when t.filed_on > t.until + l.days then 1 else 0 end) as late,
     max(case when t.filed_on > t.until + l.days then t.filed_on end) as last_late,
     max(case when t.until = l.last_until then t.staff end) as staff
   from base_tax_return t
   join (select code, max(until) as last_until,
       max((select cast(value as integer) from rule_limits where name = 'filing-days')) as days
     from base_tax_return group by code) l on l.code = t.code
   group by t.code`,
  [LIMITS],
)

const staff = feature(
  'firm_staff',
  words('参保汇总', 'Insured staff of a firm'),
  [{ dataset: 'base.employee', columns: ['employer', 'since', 'base', 'months'], by: 'employer' }],
  `select employer as key, count(*) as insured, max(since) as newest, min(since) as oldest, avg(base) as base_mean,
     sum(case when months = 12 then 1 else 0 end) as whole_year,
     sum(case when base <= (select value from rule_limits where name = 'insurance-base-floor') then 1 else 0 end) as at_floor
   from base_employee group by employer`,
  [LIMITS],
)

const until = (kind: string, as: string) => `max(case when kind = '${kind}' then until end) as ${as}_until,
     min(case when kind = '${kind}' then "from" end) as ${as}_from`
const licences = feature(
  'firm_licence',
  words('许可汇总', 'Licences of a firm'),
  [{ dataset: 'base.licence', columns: ['code', 'kind', 'from', 'until'], by: 'code' }],
  `select code as key, count(*) as licences, count(distinct kind) as kinds, min("from") as first_from,
     max("from") as last_from, max(coalesce(until, date '9999-12-31')) as last_until,
     ${until('食品经营许可证', 'food')}, ${until('食品生产许可证', 'food_production')},
     ${until('安全生产许可证', 'safety')}, ${until('建筑业企业资质证书', 'construction')},
     ${until('医疗机构执业许可证', 'medical')}, ${until('民办学校办学许可证', 'school')},
     ${until('特种行业许可证', 'special')}
   from base_licence where code is not null group by code`,
)

const transport = feature(
  'firm_transport',
  words('道路运输许可', 'Road transport of a firm'),
  [{ dataset: 'base.transport-operator', columns: ['code', 'from', 'until'], by: 'code' }],
  `select code as key, count(*) as licences, min("from") as first_from, max(coalesce(until, date '9999-12-31')) as last_until
   from base_transport_operator where code is not null group by code`,
)

const penalties = feature(
  'firm_penalty',
  words('处罚汇总', 'Penalties of a firm'),
  [{ dataset: 'base.penalty', columns: ['code', 'fact', 'fine', 'decided_on', 'office'], by: 'code' }],
  `select code as key, count(*) as penalties, sum(fine) as fines, max(fine) as fine_max, min(decided_on) as first_on,
     max(decided_on) as last_on, count(distinct office) as offices, count(*) - count(distinct fact) as repeated
   from base_penalty where code is not null group by code`,
)

const looked = (office: string) =>
  `select code, '${office}' as office, inspected_on, result from base_${office}_inspection where code is not null`
const inspections = feature(
  'firm_inspection',
  words('检查汇总', 'Inspections of a firm'),
  ['safety', 'environment', 'fire'].map((office) => ({
    dataset: `base.${office}-inspection`,
    columns: ['code', 'inspected_on', 'result'],
    by: 'code',
  })),
  `select code as key, count(*) as inspections, sum(case when result = '不合格' then 1 else 0 end) as failed,
     max(inspected_on) as last_on, max(case when result = '不合格' then inspected_on end) as last_failed,
     max(case when result = '合格' then inspected_on end) as last_passed,
     max(case when result = '不合格' and office = 'safety' then inspected_on end) as safety_failed,
     max(case when result = '不合格' and office = 'environment' then inspected_on end) as environment_failed,
     max(case when result = '不合格' and office = 'fire' then inspected_on end) as fire_failed
   from (${['safety', 'environment', 'fire'].map(looked).join(' union all ')}) as looks group by code`,
)

const shares = feature(
  'firm_share',
  words('股权汇总', 'Shareholders of a firm'),
  [{ dataset: 'base.shareholding', columns: ['code', 'holder_kind', 'percent', 'since'], by: 'code' }],
  `select code as key, count(*) as holders, sum(case when holder_kind = '企业法人' then 1 else 0 end) as firm_holders,
     max(percent) as top, sum(percent) as total, sum(percent * percent) / 10000 as concentration,
     max(case when holder_kind = '企业法人' then percent end) as firm_top,
     coalesce(max(since), date '1970-01-01') as since
   from base_shareholding group by code`,
)

const OF_SHARES: Sources = [
  { dataset: 'base.firm', columns: ['code', 'name'] },
  {
    dataset: 'base.shareholding',
    columns: ['code', 'holder', 'holder_kind', 'holder_number_index', 'percent', 'since'],
  },
]

const group = feature(
  'firm_group',
  words('企业间持股', 'Shares between firms'),
  OF_SHARES,
  `select key, sum(parents) as parents, sum(subsidiaries) as subsidiaries, sum(controlled) as controlled,
     sum(mutual) as mutual, max(held) as held, coalesce(max(since), date '1970-01-01') as since
   from (
     select e.child as key, 1 as parents, 0 as subsidiaries, 0 as controlled, e.percent as held, e.since,
       case when b.parent is null then 0 else 1 end as mutual
     from (${HELD}) e left join (${HELD}) b on b.parent = e.child and b.child = e.parent
     union all
     select parent, 0, 1, case when percent > 50 then 1 else 0 end, null, since, 0 from (${HELD}) c
   ) as ends group by key`,
)

/** What the person who holds most has of a firm, how many are of influence, and who controls by chains alone. */
const control = feature(
  'firm_control',
  words('穿透持股', 'Shares through firms'),
  OF_SHARES,
  `with edge as (${HELD}), ${holdings()}
   select code as key, max(percent) as largest,
     sum(case when percent > ${limit('influence-percent')} then 1 else 0 end) as influential,
     max(case when direct <= ${limit('controller-percent')} then percent end) as through,
     coalesce(max(since), date '1970-01-01') as since
   from person group by code`,
  [LIMITS],
)

const people = feature(
  'firm_people',
  words('同一法定代表人', 'Firms of one representative'),
  [
    {
      dataset: 'base.firm',
      columns: ['code', 'representative_number_index', 'state', 'established_on', 'closed_on'],
    },
  ],
  `select f.code as key, r.firms, r.closed, r.newest, r.last_closed from base_firm f
   join (select representative_number_index as person, sum(case when state = '注销' then 0 else 1 end) as firms,
       sum(case when state = '注销' then 1 else 0 end) as closed, max(established_on) as newest,
       max(closed_on) as last_closed
     from base_firm where representative_number_index is not null
     group by representative_number_index having count(*) > 1) r on r.person = f.representative_number_index`,
)

const place = feature(
  'firm_place',
  words('同一住所和电话', 'Firms of one address or telephone'),
  [{ dataset: 'base.firm', columns: ['code', 'address', 'phone', 'state', 'established_on'] }],
  `select f.code as key, max(a.firms) as at_address, max(p.firms) as at_phone,
     max(greatest(coalesce(a.newest, f.established_on), coalesce(p.newest, f.established_on))) as newest
   from base_firm f
   left join (select address, count(*) as firms, max(established_on) as newest from base_firm
     where state <> '注销' and address is not null group by address having count(*) > 1) a on a.address = f.address
   left join (select phone, count(*) as firms, max(established_on) as newest from base_firm
     where state <> '注销' and phone is not null group by phone having count(*) > 1) p on p.phone = f.phone
   where f.state <> '注销' and (a.address is not null or p.phone is not null) group by f.code`,
)

const reached = (size: string) => `(m.staff >= s.${size}_staff and m.revenue >= s.${size}_revenue)`
/** Size class by staff of statistics, else of the last return, and by the revenue of the last four quarters. */
const size: TagFeature = {
  ...feature(
    'firm_size',
    words('规模划分', 'Size class'),
    [
      { dataset: 'base.firm', columns: ['code', 'industry', 'state'], by: 'code' },
      { dataset: 'base.statistical-unit', columns: ['code', 'staff'], by: 'code' },
    ],
    `select m.key, m.staff, m.last_until,
       case when ${reached('large')} then 'large' when ${reached('medium')} then 'medium'
         when ${reached('small')} then 'small' else 'micro' end as size
     from (select f.code as key, substr(f.industry, 1, 2) as division, x.last_until, coalesce(u.staff, x.staff) as staff,
         x.revenue / 10000 as revenue
       from base_firm f join firm_tax x on x.key = f.code left join base_statistical_unit u on u.code = f.code
       where f.state <> '注销' and x.quarters >= 4 and coalesce(u.staff, x.staff) is not null) m
     join rule_size s on m.division between s.low and s.high`,
    ['legal-persons.size'],
  ),
  features: ['firm_tax'],
}

/** What holds of every firm in operation, 1 or 0: the input of all models. */
const holds: TagFeature = {
  ...feature(
    'firm_holds',
    words('迹象', 'Signs'),
    [{ dataset: 'base.firm', columns: ['code', 'kind', 'state', 'established_on'], by: 'code' }],
    `select f.code as key,
    case when coalesce(i.failed, 0) > 0 then 1 else 0 end as failed,
    case when coalesce(p.penalties, 0) > 0 then 1 else 0 end as penalty,
    case when coalesce(x.late, 0) > 0 then 1 else 0 end as late,
    case when f.kind <> '个体工商户' and f.established_on < as_of() - 365
      and coalesce(x.last_until, f.established_on) < as_of() - ${days('silent-days')} then 1 else 0 end as silent,
    case when x.revenue_previous > 0 and x.revenue_last * 100 <= x.revenue_previous * (100 - ${limit('quarter-percent')}) then 1 else 0 end as fall,
    case when x.revenue_previous > 0 and x.revenue_last * 100 >= x.revenue_previous * (100 + ${limit('quarter-percent')}) then 1 else 0 end as growth,
    case when coalesce(x.staff, 0) > 0 and s.key is null then 1 else 0 end as uninsured,
    case when coalesce(s.insured, 0) >= ${limit('staff-twenty')} then 1 else 0 end as insured,
    case when l.last_until < as_of() then 1 else 0 end as expired,
    case when coalesce(a.at_address, 0) >= 2 then 1 else 0 end as address,
    case when coalesce(r.firms, 0) >= ${limit('representative-firms')} then 1 else 0 end as representative,
    case when f.established_on > as_of() - 1096 then 1 else 0 end as young
  from base_firm f left join firm_inspection i on i.key = f.code left join firm_penalty p on p.key = f.code
  left join firm_tax x on x.key = f.code left join firm_staff s on s.key = f.code left join firm_licence l on l.key = f.code
  left join firm_place a on a.key = f.code left join firm_people r on r.key = f.code where f.state <> '注销'`,
    [LIMITS],
  ),
  features: ['firm_inspection', 'firm_penalty', 'firm_tax', 'firm_staff', 'firm_licence', 'firm_place', 'firm_people'],
}

/** What many tags read, made of the facts once a run. */
export const firmFeatures: readonly TagFeature[] = [
  tax,
  staff,
  licences,
  transport,
  penalties,
  inspections,
  shares,
  group,
  control,
  people,
  place,
  size,
  holds,
]
