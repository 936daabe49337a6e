import { Input, Select, Space } from 'antd'
import { type Light, useWords } from '#portal/ui'
import { useKinds } from './queries.ts'

export interface Filters {
  readonly definition?: string
  readonly light?: Light
  readonly text?: string
}

const LIGHTS = [
  { value: 'red', words: { zh: '已超期', en: 'Overdue' } },
  { value: 'yellow', words: { zh: '将到期', en: 'Due soon' } },
  { value: 'green', words: { zh: '期限内', en: 'In time' } },
  { value: 'grey', words: { zh: '不计时', en: 'No clock' } },
] as const

/** Narrows a list of matters by kind, light and words of the headline. */
export function LoopFilters({
  value,
  onChange,
}: {
  readonly value: Filters
  readonly onChange: (filters: Filters) => void
}) {
  const t = useWords()
  const kinds = useKinds().data ?? []
  const set = (part: { readonly [K in keyof Filters]?: Filters[K] | undefined }) =>
    onChange(Object.fromEntries(Object.entries({ ...value, ...part }).filter(([, one]) => one)) as Filters)
  return (
    <Space wrap role="search">
      <Input.Search
        allowClear
        aria-label={t({ zh: '按标题查找', en: 'Find by headline' })}
        placeholder={t({ zh: '按标题查找', en: 'Find by headline' })}
        defaultValue={value.text ?? ''}
        onSearch={(text) => set({ text })}
      />
      <Select
        allowClear
        aria-label={t({ zh: '类型', en: 'Kind' })}
        placeholder={t({ zh: '全部类型', en: 'All kinds' })}
        style={{ minWidth: 160 }}
        value={value.definition ?? null}
        onChange={(definition) => set({ definition: definition ?? undefined })}
        options={kinds.map((kind) => ({ value: kind.id, label: t(kind.title) }))}
      />
      <Select
        allowClear
        aria-label={t({ zh: '时限', en: 'Limit' })}
        placeholder={t({ zh: '全部时限', en: 'All limits' })}
        style={{ minWidth: 120 }}
        value={value.light ?? null}
        onChange={(light) => set({ light: light ?? undefined })}
        options={LIGHTS.map(({ value: light, words }) => ({ value: light, label: t(words) }))}
      />
    </Space>
  )
}
