import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly organisationName: Words
}

interface PersonProps {
  readonly id?: string
  readonly label: Words
  readonly value: string | undefined
  readonly onChange: (account: string | undefined) => void
}

/** Chooses a member of staff by name or account. */
export function PersonSelect({ id, label, value, onChange }: PersonProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search)
  const { data, isFetching } = useQuery({
    queryKey: ['staff', asked],
    queryFn: () => api.get<{ readonly rows: readonly Person[] }>('/api/identity/people', { search: asked, limit: 20 }),
    enabled: asked !== '',
    placeholderData: (before) => before,
  })
  return (
    <Select
      {...(id ? { id } : { 'aria-label': t(label) })}
      allowClear
      loading={isFetching}
      placeholder={t({ zh: '输入姓名或账号查找', en: 'Type a name or an account' })}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      notFoundContent={t(
        asked ? { zh: '没有这个人', en: 'Nobody of that name' } : { zh: '请输入姓名', en: 'Type a name' },
      )}
      style={{ minWidth: 240, maxWidth: '100%' }}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={(data?.rows ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${t(one.organisationName)}` }))}
    />
  )
}
