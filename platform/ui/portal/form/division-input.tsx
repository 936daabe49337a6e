import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Words } from '../../../runtime/words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import type { InputProps } from './field-input.tsx'

const HOUR = 3_600_000
const AREAS = new Set(['city', 'county', 'zone', 'town', 'village', 'grid'])

interface Area {
  readonly id: string
  readonly name: Words
  readonly division: string
  readonly kind: string
}

/** A division: counties at once, towns and villages by a part of their name or the beginning of their code. */
export function DivisionInput({ id, field, value, onChange, invalid, describedBy }: InputProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search || (typeof value === 'string' ? value : ''))
  const { data, isFetching } = useQuery({
    queryKey: ['divisions', asked],
    queryFn: async () => {
      const query = asked ? { search: asked, limit: 100 } : { kind: 'county', limit: 100 }
      const { rows } = await api.get<{ readonly rows: readonly Area[] }>('/api/identity/organisations', query)
      return rows.filter((row) => AREAS.has(row.kind))
    },
    staleTime: HOUR,
  })
  return (
    <Select
      id={id}
      aria-required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      {...(invalid ? { status: 'error' as const } : {})}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      loading={isFetching}
      allowClear={!field.required}
      value={typeof value === 'string' && value ? value : null}
      onChange={onChange}
      options={(data ?? []).map((area) => ({ value: area.division, label: `${t(area.name)} ${area.division}` }))}
    />
  )
}
