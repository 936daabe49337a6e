import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'

const HOUR = 3_600_000
const AREAS = new Set(['county', 'zone', 'town', 'village'])

interface Area {
  readonly name: Words
  readonly division: string
  readonly kind: string
}

interface AreaProps {
  readonly value: string | undefined
  readonly onChange: (division: string | undefined) => void
}

/** Narrows figures to a county at once, or to a town or village by a part of its name. */
export function AreaSelect({ value, onChange }: AreaProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search)
  const { data = [], isFetching } = useQuery({
    queryKey: ['areas', asked],
    queryFn: async () => {
      const query = asked ? { search: asked, limit: 100 } : { kind: 'county', limit: 100 }
      const { rows } = await api.get<{ readonly rows: readonly Area[] }>('/api/identity/organisations', query)
      return rows.filter(({ kind }) => AREAS.has(kind))
    },
    staleTime: HOUR,
  })
  return (
    <Select
      aria-label={t({ zh: '所在区划', en: 'Area' })}
      placeholder={t({ zh: '全部区划', en: 'All areas' })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={isFetching}
      style={{ minWidth: 180 }}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={data.map(({ name, division }) => ({ value: division, label: t(name) }))}
    />
  )
}
