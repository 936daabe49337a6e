import type { Tag, TagSource } from '#platform/tags'
import { type Words, words } from '#runtime'
import { FIRM } from '../subject.ts'

export const LIMITS = 'legal-persons.limits'

/** What the tags of a theme have in common; each may say otherwise. */
export type Common = Pick<Tag, 'theme' | 'owner' | 'use' | 'uses'> &
  Partial<Pick<Tag, 'features' | 'sources' | 'rules' | 'sensitivity' | 'evidence' | 'refreshDays' | 'validityDays'>>

/** One tag: what is its own. `title` and `about` are `[Chinese, English]`. */
export interface Own extends Partial<Omit<Tag, 'id' | 'title' | 'about' | 'subject'>> {
  readonly id: string
  readonly kind: Tag['kind']
  readonly title: readonly [string, string]
  readonly about: readonly [string, string]
  readonly logic: string
}

/** Tags of one theme. */
export const theme = (common: Common, tags: readonly Own[]): readonly Tag[] =>
  tags.map(({ id, title, about, ...own }) => ({
    subject: FIRM,
    features: [],
    sources: [],
    rules: [],
    sensitivity: 'internal',
    refreshDays: 1,
    validityDays: 30,
    evidence: '',
    bar: own.kind === 'fact' ? 0.98 : own.kind === 'statistic' ? 0.95 : 0.7,
    ...common,
    ...own,
    id: `legal-persons.${id}`,
    title: pair(title),
    about: pair(about),
  }))

const pair = ([zh, en]: readonly [string, string]): Words => words(zh, en)

/** A limit of the edition in force, by its name. */
export const limit = (name: string): string => `(select value from rule_limits where name = '${name}')`
/** A limit in days, to be taken from a date. */
export const days = (name: string): string => `(select cast(value as integer) from rule_limits where name = '${name}')`

const FIRM_COLUMNS = [
  'code',
  'name',
  'former_name',
  'kind',
  'capital',
  'established_on',
  'state',
  'closed_on',
  'industry',
  'address',
  'phone',
  'merged_into',
]
export const REGISTER: TagSource = { dataset: 'base.firm', columns: FIRM_COLUMNS, by: 'code' }
export const STATISTICS: TagSource = {
  dataset: 'base.statistical-unit',
  columns: ['code', 'name', 'division', 'industry', 'opened_in', 'staff'],
  by: 'code',
}
export const RETURNS: TagSource = {
  dataset: 'base.tax-return',
  columns: ['code', 'from', 'until', 'filed_on', 'revenue', 'staff'],
  by: 'code',
}

export const OF_REGISTER = `select code, name, kind, state, established_on, closed_on, capital, industry, address, former_name, merged_into
  from base_firm where code = $1`
export const OF_RETURNS = `select "from", until, filed_on, filed_on - until as days, revenue, staff from base_tax_return
  where code = $1 order by until desc`

type Use = Pick<Tag, 'use' | 'uses'>

/** What the register makes public. */
export const forAll: Use = {
  uses: ['service', 'supervision'],
  use: words(
    '登记公示信息，可用于服务和监管（《企业信息公示暂行条例》）；不单独作为准入条件或处罚依据',
    'Public by the register, for services and supervision (Regulation on the Publicity of Enterprise Information); alone no condition of access or ground of punishment',
  ),
}
/** Use that the law gives every department for its own duties, and what it excludes. */
export const forSupervision: Use = {
  uses: ['supervision'],
  use: words(
    '用于分级分类监管和抽查（《优化营商环境条例》第五十四条）；不作为处罚依据',
    'For graded supervision and sampling (Regulation on the Business Environment, art. 54); never a ground of punishment',
  ),
}
export const forServices: Use = {
  uses: ['service'],
  use: words(
    '用于政策匹配和上门服务，企业可退出；不作为准入条件',
    'For matching policies and services, from which firms may opt out; never a condition of access',
  ),
}
export const forRecords: Use = {
  uses: [],
  use: words(
    '用于数据核对和更正（《政务数据共享条例》）；不对外使用',
    'For comparing and correcting records (Government Data Sharing Regulation); not used outside',
  ),
}
