import { type Condition, type DatasetField, datasetDirectory, type Where } from '#platform/registry'
import { type App, type Words, words } from '#runtime'
import type { Way } from '../../contract.ts'

const WAYS: Readonly<Record<Way, Words>> = {
  query: words('接口查询', 'query'),
  file: words('批量文件', 'batch file'),
  subscription: words('变更订阅', 'subscription'),
  compare: words('核验比对', 'compare only'),
  compute: words('就地计算', 'totals computed in place'),
}

interface Asked {
  readonly dataset: string
  readonly fields: readonly string[]
  readonly whole: readonly string[]
  readonly rows: Where
  readonly ways: readonly Way[]
}

const fieldsOf = (app: App, id: string): readonly DatasetField[] => {
  const directory = app.use(datasetDirectory)
  const dataset = directory.find(id)
  return dataset ? directory.fields(dataset) : []
}

/** What is asked for, as a clerk reads it. */
export function askedInWords(app: App, { dataset, fields, whole, rows, ways }: Asked): Words {
  const known = fieldsOf(app, dataset)
  const titles = new Map(known.map(({ name, meta }) => [name, meta.title]))
  const titleOf = (name: string): Words => titles.get(name) ?? words(name, name)
  const shown = fields.map((name) => {
    const { zh, en } = titleOf(name)
    return whole.includes(name) ? words(`${zh}（不脱敏）`, `${en} (whole)`) : words(zh, en)
  })
  const range = Object.entries(rows).map(([name, condition]) => {
    const { zh, en } = titleOf(name)
    const is = conditionInWords(condition)
    return words(`${zh}${is.zh}`, `${en} ${is.en}`)
  })
  return words(
    `字段：${joined(shown, 'zh')}；范围：${joined(range, 'zh') || '全部'}；方式：${joined(wayWords(ways), 'zh')}`,
    `Fields: ${joined(shown, 'en')}; rows: ${joined(range, 'en') || 'all'}; ways: ${joined(wayWords(ways), 'en')}`,
  )
}

const wayWords = (ways: readonly Way[]): Words[] => ways.map((way) => WAYS[way])

const joined = (list: readonly Words[], language: 'zh' | 'en'): string =>
  list.map((each) => each[language]).join(language === 'zh' ? '、' : ', ')

function conditionInWords(condition: Condition): Words {
  if ('is' in condition) return words(`为“${condition.is}”`, `is "${condition.is}"`)
  if ('in' in condition) return words(`为“${condition.in.join('、')}”之一`, `is one of ${condition.in.join(', ')}`)
  if ('prefix' in condition) return words(`以“${condition.prefix}”开头`, `begins with "${condition.prefix}"`)
  if ('blank' in condition) return condition.blank ? words('为空', 'is empty') : words('不为空', 'is not empty')
  const { from, to } = condition
  if (from === undefined) return words(`不超过“${to}”`, `is at most ${to}`)
  return to === undefined
    ? words(`不小于“${from}”`, `is at least ${from}`)
    : words(`在“${from}”至“${to}”之间`, `is ${from} to ${to}`)
}

/** Names that somebody wrote by their titles, and what is none of them. */
interface Named {
  readonly names: readonly string[]
  readonly unknown: readonly string[]
}

/** What the owner takes away of an application, from the titles that he wrote. */
export function takenAway(
  app: App,
  { dataset, fields, ways }: Asked,
  form: Readonly<Record<string, unknown>>,
): { readonly fields: Named; readonly masked: Named; readonly ways: Named } {
  const titles = fieldsOf(app, dataset)
    .filter(({ name }) => fields.includes(name))
    .map(({ name, meta }) => [name, meta.title] as const)
  const wayTitles = ways.map((way) => [way, WAYS[way]] as const)
  return {
    fields: named(form.withoutFields, titles),
    masked: named(form.maskedFields, titles),
    ways: named(form.withoutWays, wayTitles),
  }
}

function named(text: unknown, known: readonly (readonly [name: string, title: Words])[]): Named {
  const parts = typeof text === 'string' ? text.split(/[、,，;；\n]/).map((part) => part.trim()) : []
  const found = parts.filter((part) => part !== '').map((part) => ({ part, name: nameOf(part, known) }))
  return {
    names: [...new Set(found.flatMap(({ name }) => name ?? []))],
    unknown: found.flatMap(({ part, name }) => (name === undefined ? [part] : [])),
  }
}

const nameOf = (part: string, known: readonly (readonly [string, Words])[]): string | undefined =>
  known.find(([name, { zh, en }]) => [name, zh, en].some((each) => each.toLowerCase() === part.toLowerCase()))?.[0]
