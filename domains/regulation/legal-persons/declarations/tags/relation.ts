import type { TagSource } from '#platform/tags'
import { chainsOf } from '../holdings.ts'
import { forServices, forSupervision, LIMITS, limit, REGISTER, theme } from './theme.ts'

const SHARES: TagSource = {
  dataset: 'base.shareholding',
  columns: ['code', 'firm_name', 'holder', 'holder_kind', 'percent', 'since'],
  by: 'code',
}
const CHAINED: TagSource = { ...SHARES, columns: [...SHARES.columns, 'holder_number_index'] }
const CONTROL = limit('controller-percent')
const INFLUENCE = limit('influence-percent')
/** Who holds shares, or sits where: names of people, so a purpose is asked for. */
const OF_SHARES = `select holder, holder_kind, percent, since from base_shareholding where code = $1 order by percent desc`
const OF_GROUP = `select s.code, s.firm_name, s.holder, s.percent, s.since from base_shareholding s
  where s.holder_kind = '企业法人' and (s.code = $1 or s.holder = (select name from base_firm where code = $1))`
const REPRESENTED: TagSource = {
  dataset: 'base.firm',
  columns: [
    'code',
    'name',
    'representative',
    'representative_number_index',
    'state',
    'established_on',
    'closed_on',
    'address',
    'phone',
  ],
}
const OF_PEOPLE = `select o.code, o.name, o.state, o.established_on, o.closed_on, o.representative from base_firm f
  join base_firm o on o.representative_number_index = f.representative_number_index where f.code = $1`
const OF_PLACE = `select o.code, o.name, o.state, o.address, o.phone from base_firm f
  join base_firm o on o.address = f.address or o.phone = f.phone where f.code = $1 and o.state <> '注销'`

/** Shares, groups, control, and what firms have in common. */
export const relationTags = theme(
  {
    theme: 'relation',
    owner: 'city.market',
    ...forSupervision,
    features: ['firm_share'],
    sources: [SHARES],
    evidence: OF_SHARES,
    sensitivity: 'sensitive',
    validityDays: 90,
  },
  [
    {
      id: 'single-holder',
      kind: 'fact',
      title: ['一人公司', 'Single holder'],
      about: ['只有一名股东', 'Has one shareholder'],
      logic: `select key, holders as value, since from firm_share where holders = 1`,
    },
    {
      id: 'holders-many',
      kind: 'statistic',
      title: ['股权分散', 'Dispersed shares'],
      about: [
        '三名以上股东，没有一名过半；值为股东数',
        'Three holders or more, none above half; the value is how many',
      ],
      logic: `select key, holders as value, since from firm_share where holders >= 3 and top <= 50`,
    },
    {
      id: 'shares-concentrated',
      kind: 'statistic',
      title: ['股权集中', 'Concentrated shares'],
      about: [
        '两名以上股东，最大股东达到界限；值为 %',
        'Two holders or more, the largest reaches the limit; in percent',
      ],
      rules: [LIMITS],
      logic: `select key, top as value, since from firm_share where holders >= 2 and top >= ${limit('concentrated-percent')}`,
    },
    {
      id: 'firm-held',
      kind: 'fact',
      title: ['有企业股东', 'Held by a firm'],
      about: [
        '股东中有企业；值为最大企业股东比例（%）',
        'A firm is among its holders; the value is the largest share of one, in percent',
      ],
      logic: `select key, firm_top as value, since from firm_share where firm_holders > 0`,
    },
    {
      id: 'subsidiary',
      kind: 'statistic',
      title: ['企业控股子公司', 'Subsidiary'],
      about: ['一家企业持股超过控制界限；值为 %', 'One firm holds more than the limit of control; in percent'],
      rules: [LIMITS],
      logic: `select key, firm_top as value, since from firm_share where firm_top > ${CONTROL}`,
    },
    {
      id: 'investor',
      kind: 'statistic',
      title: ['对外投资', 'Holds shares of firms'],
      about: ['持有其他企业股份；值为户数', 'Holds shares of other firms; the value is how many'],
      ...forServices,
      features: ['firm_group'],
      sources: [REGISTER, SHARES],
      evidence: OF_GROUP,
      logic: `select key, subsidiaries as value, since from firm_group where subsidiaries > 0`,
    },
    {
      id: 'group-core',
      kind: 'statistic',
      title: ['集团核心企业', 'Core of a group'],
      about: [
        '持股的企业达到集团界限；值为户数',
        'Holds shares of as many firms as make a group; the value is how many',
      ],
      ...forServices,
      features: ['firm_group'],
      sources: [REGISTER, SHARES],
      rules: [LIMITS],
      evidence: OF_GROUP,
      logic: `select key, subsidiaries as value, since from firm_group where subsidiaries >= ${limit('group-firms')}`,
    },
    {
      id: 'group-member',
      kind: 'statistic',
      title: ['集团成员', 'Member of a group'],
      about: ['既被企业持股，又持有企业股份', 'Held by a firm and holding shares of firms'],
      features: ['firm_group'],
      sources: [REGISTER, SHARES],
      evidence: OF_GROUP,
      logic: `select key, parents + subsidiaries as value, since from firm_group where parents > 0 and subsidiaries > 0`,
    },
    {
      id: 'cross-holding',
      kind: 'statistic',
      title: ['交叉持股', 'Cross-shareholding'],
      about: ['与另一企业互相持股', 'Holds shares of a firm that holds shares of it'],
      features: ['firm_group'],
      sources: [REGISTER, SHARES],
      evidence: OF_GROUP,
      logic: `select key, mutual as value, since from firm_group where mutual > 0`,
    },
    {
      id: 'controller-found',
      kind: 'statistic',
      title: ['可认定实际控制人', 'Actual controller found'],
      about: [
        '一名自然人直接和穿透三层的持股之和超过控制界限；值为 %',
        'One person holds more than the limit of control, directly and over chains of up to three shares; in percent',
      ],
      features: ['firm_control'],
      sources: [REGISTER, CHAINED],
      rules: [LIMITS],
      evidence: chainsOf(`percent > ${CONTROL}`),
      logic: `select key, cast(round(cast(largest as numeric), 1) as varchar(10)) as value, since from firm_control
        where largest > ${CONTROL}`,
    },
    {
      id: 'controlled-through',
      kind: 'statistic',
      title: ['经企业间接控制', 'Controlled through firms'],
      about: [
        '一名自然人的持股之和超过控制界限，而直接持股不超过，控制靠经过其他企业的持股；值为 %',
        'One person holds more than the limit of control, but not directly: only with what runs through other firms; in percent',
      ],
      features: ['firm_control'],
      sources: [REGISTER, CHAINED],
      rules: [LIMITS],
      evidence: chainsOf(`percent > ${CONTROL} and direct <= ${CONTROL}`),
      logic: `select key, cast(round(cast(through as numeric), 1) as varchar(10)) as value, since from firm_control
        where through > ${CONTROL}`,
    },
    {
      id: 'controller-none',
      kind: 'statistic',
      title: ['无实际控制人', 'No actual controller'],
      about: [
        '没有自然人超过控制界限；值为最大比例（%）',
        'Nobody exceeds the limit of control; the value is the largest share, in percent',
      ],
      features: ['firm_control'],
      sources: [REGISTER, CHAINED],
      rules: [LIMITS],
      evidence: chainsOf(),
      logic: `select key, cast(round(cast(largest as numeric), 1) as varchar(10)) as value, since from firm_control
        where largest <= ${CONTROL}`,
    },
    {
      id: 'influence-several',
      kind: 'statistic',
      title: ['多人重大影响', 'Several of influence'],
      about: [
        '两名以上自然人持股超过影响界限；值为人数',
        'Two people or more hold more than the limit of influence; the value is how many',
      ],
      features: ['firm_control'],
      sources: [REGISTER, CHAINED],
      rules: [LIMITS],
      evidence: chainsOf(`percent > ${INFLUENCE}`),
      logic: `select key, influential as value, since from firm_control where influential >= 2`,
    },
    {
      id: 'representative-many',
      kind: 'statistic',
      title: ['法定代表人任职多家', 'Representative of many firms'],
      about: [
        '法定代表人同时代表达到界限户数的在营企业；值为户数',
        'Its representative represents as many firms in operation as the limit; the value is how many',
      ],
      features: ['firm_people'],
      sources: [REPRESENTED],
      rules: [LIMITS],
      evidence: OF_PEOPLE,
      logic: `select p.key, p.firms as value, p.newest as since from firm_people p join base_firm f on f.code = p.key
        where f.state <> '注销' and p.firms >= ${limit('representative-firms')}`,
    },
    {
      id: 'representative-closed',
      kind: 'statistic',
      title: ['法定代表人有注销企业', 'Representative closed a firm'],
      about: [
        '在营，法定代表人名下有已注销企业；值为户数',
        'In operation, its representative has closed firms; the value is how many',
      ],
      features: ['firm_people'],
      sources: [REPRESENTED],
      evidence: OF_PEOPLE,
      logic: `select p.key, p.closed as value, p.last_closed as since from firm_people p join base_firm f on f.code = p.key
        where f.state <> '注销' and p.closed > 0`,
    },
    {
      id: 'address-cluster',
      kind: 'statistic',
      title: ['住所聚集', 'Many firms at its address'],
      about: [
        '同一住所的在营主体达到界限；值为户数',
        'As many firms in operation as the limit share its address; the value is how many',
      ],
      features: ['firm_place'],
      sources: [REPRESENTED],
      rules: [LIMITS],
      evidence: OF_PLACE,
      logic: `select key, at_address as value, newest as since from firm_place where at_address >= ${limit('address-firms')}`,
    },
    {
      id: 'address-shared',
      kind: 'statistic',
      title: ['与他户同住所', 'Shares its address'],
      about: [
        '另有在营主体登记在同一住所，未达聚集界限；值为户数',
        'Other firms in operation have its address, fewer than the limit; the value is how many',
      ],
      features: ['firm_place'],
      sources: [REPRESENTED],
      rules: [LIMITS],
      evidence: OF_PLACE,
      logic: `select key, at_address as value, newest as since from firm_place
        where at_address >= 2 and at_address < ${limit('address-firms')}`,
    },
    {
      id: 'phone-shared',
      kind: 'statistic',
      title: ['与他户同电话', 'Shares its telephone'],
      about: [
        '另有在营主体登记同一电话；值为户数',
        'Other firms in operation have its telephone; the value is how many',
      ],
      features: ['firm_place'],
      sources: [REPRESENTED],
      evidence: OF_PLACE,
      logic: `select key, at_phone as value, newest as since from firm_place where at_phone >= 2`,
    },
  ],
)
