import { useQuery } from '@tanstack/react-query'
import { api, DataState, PageFrame, PageLink, Rows, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { HOME, listPath } from './types.ts'

interface List {
  readonly id: string
  readonly title: Words
  readonly source: string
  readonly size: number
}

/** Every code list as it is in force. */
export function CodeListsPage() {
  const t = useWords()
  const query = useQuery({
    queryKey: ['registry', 'code-lists'],
    queryFn: () => api.get<{ lists: List[] }>('/api/registry/code-lists'),
  })
  return (
    <PageFrame
      title={{ zh: '代码表', en: 'Code lists' }}
      about={{ zh: '现行的代码表；各版本和变化见详情。', en: 'Code lists in force; editions and what changed inside.' }}
      above={[HOME]}
    >
      <DataState query={query} isEmpty={({ lists }) => lists.length === 0}>
        {({ lists }) => (
          <Rows<List>
            rows={lists}
            rowKey={({ id }) => id}
            caption={{ zh: '代码表', en: 'Code lists' }}
            columns={[
              {
                id: 'title',
                title: { zh: '名称', en: 'Name' },
                heading: true,
                show: ({ id, title }) => <PageLink to={listPath(id)}>{t(title)}</PageLink>,
              },
              { id: 'id', title: { zh: '标识', en: 'Identifier' }, show: ({ id }) => <code>{id}</code> },
              { id: 'source', title: { zh: '依据', en: 'Source' }, show: ({ source }) => source },
              { id: 'size', title: { zh: '代码数', en: 'Codes' }, align: 'right', show: ({ size }) => size },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}
