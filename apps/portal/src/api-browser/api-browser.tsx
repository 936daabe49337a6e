import { useQuery } from '@tanstack/react-query'
import { Collapse, Input, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import { type ApiDocument, type Listed, listed } from './api-document.ts'
import { OperationView } from './operation-view.tsx'

const COLOURS: Readonly<Record<string, string>> = {
  GET: 'blue',
  POST: 'green',
  PUT: 'gold',
  PATCH: 'gold',
  DELETE: 'red',
}

/** Every call of the API with its parameters, rights and an example, read from the program's own document. */
export function ApiBrowser() {
  const t = useWords()
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search)
  const query = useQuery({
    queryKey: ['openapi'],
    queryFn: () => api.get<ApiDocument>('/api/openapi.json'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <PageFrame
      title={{ zh: '接口文档', en: 'API document' }}
      about={{
        zh: '全部接口，来自程序自身的 OpenAPI 3.1 文档。',
        en: "Every call, from the program's own OpenAPI 3.1 document.",
      }}
      extra={<a href="/api/openapi.json">openapi.json</a>}
    >
      <Input.Search
        allowClear
        aria-label={t({ zh: '查找接口', en: 'Find a call' })}
        placeholder={t({ zh: '路径或名称', en: 'Path or name' })}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <DataState
        query={query}
        isEmpty={(document) => listed(document, wanted).length === 0}
        empty={{ zh: '没有符合的接口，换个词试试。', en: 'No call fits; try another word.' }}
      >
        {(document) => <Calls calls={listed(document, wanted)} />}
      </DataState>
    </PageFrame>
  )
}

function Calls({ calls }: { readonly calls: readonly Listed[] }) {
  const t = useWords()
  const tags = [...new Set(calls.map((call) => call.tag))].toSorted()
  return tags.map((tag) => (
    <section key={tag} aria-label={tag}>
      <h2 className="dz-box-heading">{tag}</h2>
      <Collapse
        destroyOnHidden
        items={calls
          .filter((call) => call.tag === tag)
          .map((call) => ({
            key: call.key,
            label: (
              <>
                <Tag color={COLOURS[call.method] ?? 'default'}>{call.method}</Tag>
                <span className="dz-path">{call.path}</span> {t(call.title)}
              </>
            ),
            children: <OperationView operation={call.operation} />,
          }))}
      />
    </section>
  ))
}
