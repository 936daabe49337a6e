import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { api, type KeysetPage, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

interface PickerProps {
  /** Given by the form item around it. */
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | undefined) => void
  readonly label?: string
}

/** Chooses an organisation by part of its name. */
export function OrganisationPicker({ label, ...props }: PickerProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const path = '/api/identity/organisations'
  const { data, isFetching } = useQuery({
    queryKey: [path, 'pick', search],
    queryFn: () =>
      api.get<KeysetPage<{ id: string; name: Words }>>(path, search ? { search, limit: 20 } : { kind: 'city' }),
  })
  return (
    <Select
      {...props}
      {...(label ? { 'aria-label': label } : {})}
      allowClear
      loading={isFetching}
      placeholder={t({ zh: '输入名称查找', en: 'Type a name' })}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={data?.rows.map(({ id, name }) => ({ value: id, label: t(name) })) ?? []}
      style={{ minWidth: 220 }}
    />
  )
}

/** Chooses a member of staff by name or account. */
export function PersonPicker({ label, ...props }: PickerProps) {
  const t = useWords()
  const [search, setSearch] = useState('')
  const path = '/api/identity/people'
  const { data, isFetching } = useQuery({
    queryKey: [path, search],
    queryFn: () =>
      api.get<KeysetPage<{ id: string; name: string; organisationName: Words }>>(path, { search, limit: 20 }),
    enabled: search !== '',
  })
  return (
    <Select
      {...props}
      {...(label ? { 'aria-label': label } : {})}
      allowClear
      loading={isFetching}
      placeholder={t({ zh: '输入姓名或账号查找', en: 'Type a name or an account' })}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={
        data?.rows.map(({ id, name, organisationName }) => ({
          value: id,
          label: `${name} · ${t(organisationName)}`,
        })) ?? []
      }
    />
  )
}
