import { type Words, words } from '../../../../runtime/words.ts'
import type { Draft } from './draft.ts'

const PARTS: Readonly<Record<string, Words>> = {
  title: words('名称', 'title'),
  about: words('说明', 'description'),
  data: words('登记内容', 'data'),
  headline: words('标题', 'headline'),
  start: words('开始环节', 'start'),
  clock: words('时限', 'clock'),
  opens: words('谁可发起', 'who may open it'),
  readers: words('谁可查看', 'readers'),
  confidential: words('是否公开', 'confidential'),
  divisible: words('可否拆分', 'whether it can be divided'),
  kind: words('类别', 'kind'),
  assign: words('由谁办理', 'who gets it'),
  joint: words('联办', 'joint handling'),
  outcome: words('办理结果', 'outcome'),
  from: words('起始环节', 'from'),
  to: words('去向', 'to'),
  who: words('谁可操作', 'who may'),
  notBy: words('回避', 'not by'),
  form: words('填写内容', 'form'),
  evidence: words('佐证材料', 'evidence'),
  guards: words('条件', 'conditions'),
  effects: words('系统动作', 'effects'),
  automatic: words('自动', 'automatic'),
}

/** What is different in a draft, in words; from nothing everything is new, so nothing is said. */
export function changesBetween(before: Draft | null, after: Draft): Words[] {
  if (!before) return []
  const own = Object.keys({ ...before, ...after }).filter(
    (part) => !['id', 'version', 'places', 'actions'].includes(part),
  )
  const parts = differing(before, after, own)
  return [
    ...(parts.length > 0 ? [said(words('事项', 'The matter'), parts)] : []),
    ...changesOf(words('环节', 'Step'), before.places, after.places),
    ...changesOf(words('操作', 'Action'), before.actions, after.actions),
  ]
}

function changesOf(
  noun: Words,
  before: Readonly<Record<string, { readonly title: Words }>>,
  after: Readonly<Record<string, { readonly title: Words }>>,
): Words[] {
  const named = ({ title }: { readonly title: Words }) => words(`${noun.zh}“${title.zh}”`, `${noun.en} "${title.en}"`)
  const gone = Object.entries(before).filter(([id]) => !after[id])
  return [
    ...Object.entries(after).flatMap(([id, one]) => {
      const old = before[id]
      const name = named(one)
      if (!old) return [words(`新增${name.zh}`, `New: ${name.en}`)]
      const parts = differing(old, one, Object.keys({ ...old, ...one }))
      return parts.length > 0 ? [said(name, parts)] : []
    }),
    ...gone.map(([, one]) => words(`删除${named(one).zh}`, `Removed: ${named(one).en}`)),
  ]
}

const said = (name: Words, parts: readonly string[]): Words => {
  const titles = parts.map((part) => PARTS[part] ?? words(part, part))
  return words(
    `${name.zh}：修改了${titles.map(({ zh }) => zh).join('、')}`,
    `${name.en}: changed ${titles.map(({ en }) => en).join(', ')}`,
  )
}

const differing = (one: object, other: object, parts: readonly string[]): string[] => {
  const [a, b] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>]
  return parts.filter((part) => sorted(a[part]) !== sorted(b[part]))
}

/** JSON with its keys in order, so that only what is meant counts; fields of a form stand in an order that is meant. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (name, one: unknown) =>
    name !== 'properties' && one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? ''
