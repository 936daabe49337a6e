import { useQuery } from '@tanstack/react-query'
import { Flex, Input } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, PageLink, Rows, useWords } from '#portal/ui'
import { PurposeGate } from './purpose-gate.tsx'

interface Found {
  readonly id: string
  readonly name: string
  readonly records: number
}

/** Finds a firm by its code or its whole name. */
export function FirmsPage() {
  return (
    <PageFrame
      title={{ zh: '一企一档', en: 'Files of firms' }}
      about={{
        zh: '按统一社会信用代码或完整名称查找：登记、股东和实际控制人、许可、处罚、检查都在一页。先说明目的，每次查看都记入日志，企业看得见。',
        en: 'By code or whole name: registration, owners, who controls it, licences, penalties, inspections on one page. Say what for first: every look is logged, and the firm sees it.',
      }}
    >
      <PurposeGate>{(purpose) => <Search purpose={purpose} />}</PurposeGate>
    </PageFrame>
  )
}

function Search({ purpose }: { readonly purpose: string }) {
  const t = useWords()
  const [q, setQ] = useState('')
  const query = useQuery({
    queryKey: ['one-file', 'firms', q, purpose],
    queryFn: () => api.get<{ rows: Found[] }>('/api/one-file/firms', { q }, purpose),
    enabled: q.length > 1,
  })
  return (
    <Flex vertical gap="middle">
      <Input.Search
        allowClear
        enterButton={t({ zh: '查找', en: 'Find' })}
        aria-label={t({ zh: '信用代码或企业全称', en: 'Code or whole name of a firm' })}
        placeholder={t({ zh: '信用代码或企业全称', en: 'Code or whole name of a firm' })}
        onSearch={(text) => setQ(text.trim())}
        style={{ maxWidth: 520 }}
      />
      {q.length > 1 && (
        <DataState
          query={query}
          empty={{ zh: '没有找到，请核对代码或全称', en: 'Nothing found; check the code or name' }}
        >
          {({ rows }) => (
            <Rows<Found>
              rows={rows}
              rowKey={({ id }) => id}
              caption={{ zh: '找到的企业', en: 'Firms found' }}
              columns={[
                {
                  id: 'name',
                  title: { zh: '企业', en: 'Firm' },
                  show: ({ id, name }) => <PageLink to={`/one-file/firms/${id}`}>{name || id}</PageLink>,
                },
                {
                  id: 'records',
                  title: { zh: '记录数', en: 'Records' },
                  show: ({ records }) => records,
                  align: 'right',
                },
              ]}
            />
          )}
        </DataState>
      )}
    </Flex>
  )
}
