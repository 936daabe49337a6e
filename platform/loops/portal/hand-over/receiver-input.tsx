import { useQuery } from '@tanstack/react-query'
import { Flex, Select } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { loopsKey } from '../queries.ts'
import type { Holdings } from './hand-over-types.ts'
import { PersonSelect } from './person-select.tsx'

/** A person with himself and his posts. */
export const useHoldings = (account: string | undefined) =>
  useQuery({
    queryKey: [...loopsKey, 'holdings', account],
    queryFn: () => api.get<Holdings>(`/api/loops/hand-over/people/${encodeURIComponent(account ?? '')}`),
    enabled: account !== undefined,
  })

interface ReceiverProps {
  readonly label: Words
  readonly onChange: (holder: string | undefined) => void
}

/** Who receives: a person, and at which of his posts. */
export function ReceiverInput({ label, onChange }: ReceiverProps) {
  const t = useWords()
  const [account, setAccount] = useState<string>()
  return (
    <Flex wrap gap="small">
      <PersonSelect
        label={label}
        value={account}
        onChange={(next) => {
          setAccount(next)
          onChange(undefined)
        }}
      />
      {account !== undefined && (
        <AtPost
          key={account}
          account={account}
          label={{ zh: `${t(label)}：接到哪个岗位`, en: `${t(label)}: at which post` }}
          onChange={onChange}
        />
      )}
    </Flex>
  )
}

function AtPost({ account, label, onChange }: ReceiverProps & { readonly account: string }) {
  const t = useWords()
  const [chosen, setChosen] = useState<string>()
  const { data } = useHoldings(account)
  if (!data) return null
  return (
    <Select
      aria-label={t(label)}
      placeholder={t({ zh: '接到哪个岗位', en: 'At which post' })}
      style={{ minWidth: 260, maxWidth: '100%' }}
      value={chosen ?? null}
      onChange={(next) => {
        setChosen(next ?? undefined)
        onChange(next ?? undefined)
      }}
      options={[...data.holders]
        .toSorted((a, b) => Number(b.id.startsWith('post:')) - Number(a.id.startsWith('post:')))
        .map(({ id, title }) => ({ value: id, label: t(title) }))}
    />
  )
}
