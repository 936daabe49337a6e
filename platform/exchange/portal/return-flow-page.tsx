import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { api, PageFrame, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { GrantTable } from './grants-page.tsx'

interface County {
  readonly id: string
  readonly name: Words
}

/** What of the city's data flows back to a county: the rows of its own division. */
export function ReturnFlowPage() {
  const t = useWords()
  const [consumer, setConsumer] = useState<string>()
  const counties = useQuery({
    queryKey: ['exchange', 'counties'],
    queryFn: () => api.get<{ counties: readonly County[] }>('/api/exchange/return-flow'),
  })
  return (
    <PageFrame
      title={{ zh: '数据回流', en: 'Return flow' }}
      about={{
        zh: '市级数据按本地范围回流到县区：每个县区只能得到自己辖区的数据。',
        en: "The city's data flow back to the counties: each gets the rows of its own division only.",
      }}
    >
      <Select
        allowClear
        aria-label={t({ zh: '县区单位', en: 'County unit' })}
        placeholder={t({ zh: '全部县区单位', en: 'All county units' })}
        style={{ maxWidth: 360 }}
        options={(counties.data?.counties ?? []).map(({ id, name }) => ({ value: id, label: t(name) }))}
        onChange={setConsumer}
      />
      <GrantTable query={{ returnFlow: true, state: 'active', ...(consumer ? { consumer } : {}) }} />
    </PageFrame>
  )
}
