import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, PageLink, Rows, useWords } from '#portal/ui'

interface FirmLine {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly state: string
}

const LEAST = 2
/** What most names of the city begin with, to have something to choose from at once. */
const FIRST = '泰安'

/** Finds a firm by its code or the beginning of its name. */
export function FirmsPage() {
  const t = useWords()
  const [text, setText] = useState(FIRST)
  const wanted = text.trim()
  const query = useQuery({
    queryKey: ['/api/firms', wanted],
    queryFn: () => api.get<{ rows: FirmLine[] }>('/api/firms', { text: wanted }),
    enabled: wanted.length >= LEAST,
  })
  return (
    <PageFrame
      title={{ zh: '法人画像', en: 'Portraits of firms' }}
      about={{
        zh: '按统一社会信用代码或名称开头查找。',
        en: 'Find a firm by its credit code or the beginning of its name.',
      }}
    >
      <Input.Search
        defaultValue={FIRST}
        style={{ maxWidth: 480 }}
        aria-label={t({ zh: '代码或名称', en: 'Code or name' })}
        placeholder={t({ zh: '代码，或名称开头至少两个字', en: 'Code, or two characters or more of the name' })}
        onSearch={setText}
      />
      {wanted.length >= LEAST && (
        <DataState
          query={query}
          empty={{ zh: '没有找到；请核对名称开头', en: 'None found; check the beginning of the name' }}
        >
          {({ rows }) => (
            <Rows<FirmLine>
              rows={rows}
              rowKey={({ code }) => code}
              caption={{ zh: '法人', en: 'Firms' }}
              columns={[
                {
                  id: 'name',
                  title: { zh: '名称', en: 'Name' },
                  heading: true,
                  show: ({ code, name }) => <PageLink to={`/firms/${encodeURIComponent(code)}`}>{name}</PageLink>,
                },
                { id: 'code', title: { zh: '代码', en: 'Code' }, show: ({ code }) => code },
                { id: 'kind', title: { zh: '类型', en: 'Kind' }, show: ({ kind }) => <span lang="zh">{kind}</span> },
                {
                  id: 'state',
                  title: { zh: '状态', en: 'State' },
                  show: ({ state }) => <span lang="zh">{state}</span>,
                },
              ]}
            />
          )}
        </DataState>
      )}
    </PageFrame>
  )
}
