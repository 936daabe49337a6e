import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { LoopItem } from '../loop-types.ts'
import { loopsKey } from '../queries.ts'

interface LeadProps {
  readonly id: string
  readonly value: string | undefined
  readonly onChange: (matter: string | undefined) => void
  /** Kind of the matters, and those that cannot lead. */
  readonly definition: string
  readonly without: readonly string[]
}

/** Finds the open matter that leads, by words of its headline. */
export function LeadSelect({ id, value, onChange, definition, without }: LeadProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const text = useDeferredValue(search)
  const { data, isFetching } = useQuery({
    queryKey: [...loopsKey, 'leads', definition, text],
    queryFn: () =>
      api.get<{ readonly rows: readonly LoopItem[] }>('/api/loops', {
        definition,
        ended: false,
        text: text || undefined,
        limit: 30,
      }),
  })
  return (
    <Select
      id={id}
      allowClear
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder={t({ zh: '按标题查找', en: 'Find by headline' })}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={(data?.rows ?? [])
        .filter((one) => !without.includes(one.id))
        .map((one) => ({ value: one.id, label: `${one.id} ${t(one.headline)} · ${t(one.placeTitle)}` }))}
    />
  )
}
