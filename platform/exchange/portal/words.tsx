import { Tag } from 'antd'
import { useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { Condition, FieldView, GrantView, Sharing, Way } from './types.ts'

const w = (zh: string, en: string): Words => ({ zh, en })

const SHARING_COLOURS: Readonly<Record<Sharing, string>> = {
  unconditional: 'green',
  conditional: 'gold',
  none: 'default',
}
const SHARING_WORDS: Readonly<Record<Sharing, Words>> = {
  unconditional: w('无条件共享', 'Shared freely'),
  conditional: w('有条件共享', 'On conditions'),
  none: w('不予共享', 'Not shared'),
}

export function SharingTag({ sharing }: { readonly sharing: Sharing }) {
  const t = useWords()
  return <Tag color={SHARING_COLOURS[sharing]}>{t(SHARING_WORDS[sharing])}</Tag>
}

export const WAYS: Readonly<Record<Way, Words>> = {
  query: w('接口查询', 'Query'),
  compare: w('核验比对（只答是否）', 'Compare (yes or no)'),
  compute: w('就地计算（只出汇总数）', 'Compute in place (totals only)'),
  file: w('批量文件', 'Batch file'),
  subscription: w('变更订阅', 'Subscription'),
}

const STATES: Readonly<Record<GrantView['state'], Words>> = {
  active: w('有效', 'In force'),
  expired: w('已到期', 'Expired'),
  withdrawn: w('已收回', 'Withdrawn'),
}

export function StateTag({ state }: Pick<GrantView, 'state'>) {
  const t = useWords()
  return <Tag color={state === 'active' ? 'green' : 'default'}>{t(STATES[state])}</Tag>
}

/** What became of a call, in words. */
const OUTCOMES: Readonly<Record<string, Words>> = {
  answered: w('已提供', 'Answered'),
  'no-grant': w('无此授权或非本单位', 'No such grant, or of another unit'),
  'grant-expired': w('授权已到期', 'Grant expired'),
  'grant-withdrawn': w('授权已收回', 'Grant withdrawn'),
  'way-not-granted': w('方式未授权', 'Way not granted'),
  'out-of-scope': w('超出授权范围', 'Beyond the grant'),
  'quota-used': w('次数已用完', 'Quota used up'),
  replayed: w('重复的请求', 'Played again'),
  'request-id-missing': w('缺少请求编号', 'Request id missing'),
  flooding: w('拒绝过多，已拦截', 'Flood, shut out'),
  'wrong-condition': w('条件有误', 'Wrong condition'),
  'wrong-cursor': w('游标有误', 'Wrong cursor'),
  'wrong-totals': w('统计字段有误', 'Wrong fields of totals'),
  'too-many-groups': w('分组过多', 'Too many groups'),
  'too-long-to-count': w('计算超时', 'Took too long'),
  busy: w('正忙，未计算', 'Busy, not computed'),
}

export function OutcomeTag({ outcome }: { readonly outcome: string }) {
  const t = useWords()
  return <Tag color={outcome === 'answered' ? 'green' : 'red'}>{t(OUTCOMES[outcome] ?? w('已拒绝', 'Refused'))}</Tag>
}

export const wayWords = (way: string): Words => WAYS[way as Way] ?? w(way, way)

/** Conditions on rows as a sentence. */
export function whereWords(where: Readonly<Record<string, Condition>>, fields: readonly FieldView[]): Words {
  const parts = Object.entries(where).map(([name, condition]) => {
    const title = fields.find((field) => field.name === name)?.title ?? w(name, name)
    const is = conditionWords(condition)
    return w(`${title.zh}${is.zh}`, `${title.en} ${is.en}`)
  })
  if (parts.length === 0) return w('全部数据', 'All rows')
  return w(parts.map(({ zh }) => zh).join('，且'), parts.map(({ en }) => en).join(' and '))
}

function conditionWords(condition: Condition): Words {
  if ('is' in condition) return w(`等于 ${condition.is}`, `is ${condition.is}`)
  if ('in' in condition) return w(`为 ${condition.in.join('、')} 之一`, `is one of ${condition.in.join(', ')}`)
  if ('prefix' in condition) return w(`以 ${condition.prefix} 开头`, `begins with ${condition.prefix}`)
  if ('blank' in condition) return condition.blank ? w('为空', 'is empty') : w('不为空', 'is not empty')
  const { from = '…', to = '…' } = condition
  return w(`在 ${from} 至 ${to} 之间`, `is from ${from} to ${to}`)
}
