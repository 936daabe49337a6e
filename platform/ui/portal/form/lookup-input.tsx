import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Words } from '../../../runtime/words.ts'
import { api } from '../api.ts'
import { useWords } from '../language.tsx'
import { OrganisationName } from '../names.tsx'
import type { InputProps } from './field-input.tsx'

const HOUR = 3_600_000

interface Found {
  readonly rows: readonly { readonly id: string; readonly name: Words }[]
}

/** An organisation, or several, found by a part of the name. */
export function OrganisationInput({ id, field, value, onChange, invalid, describedBy }: InputProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search)
  const { data, isFetching } = useQuery({
    queryKey: ['organisations', asked],
    queryFn: () => api.get<Found>('/api/identity/organisations', { search: asked || undefined, limit: 50 }),
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
      placeholder={t({ zh: '按名称查找单位', en: 'Find an organisation by name' })}
      {...(field.kind === 'organisations' ? { mode: 'multiple' as const } : {})}
      value={chosenIn(value)}
      onChange={(next: unknown) => onChange(Array.isArray(next) && next.length === 0 ? undefined : next)}
      labelRender={({ label, value: organisation }) => label ?? <OrganisationName id={String(organisation)} />}
      options={(data?.rows ?? []).map((row) => ({ value: row.id, label: t(row.name) }))}
    />
  )
}

/** A list for several; none for an empty text. */
const chosenIn = (value: unknown) => (Array.isArray(value) ? value : typeof value === 'string' && value ? value : null)

/** A code of one of the registry's lists. */
export function CodeInput({ id, field, value, onChange, invalid, describedBy }: InputProps) {
  const t = useWords()
  const list = field.meta?.codes ?? ''
  const { data, isFetching } = useQuery({
    queryKey: ['code-list', list],
    queryFn: () => api.get<{ readonly codes: Readonly<Record<string, Words>> }>(`/api/registry/codes/${list}`),
    staleTime: HOUR,
  })
  return (
    <Select
      id={id}
      aria-required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      {...(invalid ? { status: 'error' as const } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isFetching}
      allowClear={!field.required}
      value={typeof value === 'string' && value ? value : null}
      onChange={onChange}
      options={Object.entries(data?.codes ?? {}).map(([code, words]) => ({
        value: code,
        label: `${code} ${t(words)}`,
      }))}
    />
  )
}
