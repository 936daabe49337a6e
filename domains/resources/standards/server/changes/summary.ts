import { fieldMeta } from '#platform/registry'
import { type Words, words } from '#runtime'
import { ELEMENT_KINDS, type Element, elementDataset, SETS, STATES } from '../../declarations/datasets.ts'
import type { CodeDifference } from '../code-lists.ts'

const CHOICES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  kind: ELEMENT_KINDS,
  set: SETS,
  state: STATES,
}

/** What a new element is, a line each value. */
export const newValues = (element: Partial<Element>): Words =>
  lines(
    Object.entries(element).map(([name, value]) => {
      const [title, text] = [titleOf(name), shown(name, value)]
      return words(`${title.zh}：${text.zh}`, `${title.en}: ${text.en}`)
    }),
  )

/** `definition: “…” → “…”` for each value that changes. */
export const changedValues = (element: Element, changes: Partial<Element>): Words =>
  lines(
    Object.entries(changes).map(([name, value]) => {
      const [title, before, after] = [titleOf(name), shown(name, element[name as keyof Element]), shown(name, value)]
      return words(`${title.zh}：“${before.zh}” → “${after.zh}”`, `${title.en}: "${before.en}" → "${after.en}"`)
    }),
  )

const MOST_CODES = 50

/** How many codes come, go and have another name, and the first of each. */
export const changedCodes = (differences: readonly CodeDifference[]): Words => {
  const kinds = Map.groupBy(differences, ({ before, after }) =>
    before === null ? 'new' : after === null ? 'gone' : 'renamed',
  )
  return lines([
    ...codeLine(words('新增', 'New'), kinds.get('new')),
    ...codeLine(words('取消', 'Gone'), kinds.get('gone')),
    ...codeLine(words('改名', 'Renamed'), kinds.get('renamed')),
  ])
}

function codeLine(what: Words, all: readonly CodeDifference[] = []): Words[] {
  if (all.length === 0) return []
  const first = all.slice(0, MOST_CODES)
  const rest = all.length > first.length
  const text = ({ code, before, after }: CodeDifference, language: 'zh' | 'en') =>
    `${code} ${[before, after].flatMap((each) => each?.[language] || each?.zh || []).join(' → ')}`
  return [
    words(
      `${what.zh} ${all.length} 个：${first.map((each) => text(each, 'zh')).join('、')}${rest ? '等' : ''}`,
      `${what.en} (${all.length}): ${first.map((each) => text(each, 'en')).join(', ')}${rest ? ', …' : ''}`,
    ),
  ]
}

/** Title of a field of elements. */
export function titleOf(name: string): Words {
  const schema = elementDataset.schema.properties[name as keyof Element]
  return fieldMeta(schema)?.title ?? words(name, name)
}

function shown(name: string, value: unknown): Words {
  const choice = CHOICES[name]?.[String(value)]
  if (choice) return choice
  if (typeof value === 'boolean') return value ? words('是', 'Yes') : words('否', 'No')
  if (Array.isArray(value)) return words(value.join('、'), value.join(', '))
  return words(String(value ?? ''), String(value ?? ''))
}

const lines = (all: readonly Words[]): Words =>
  words(all.map(({ zh }) => zh).join('\n'), all.map(({ en }) => en).join('\n'))
