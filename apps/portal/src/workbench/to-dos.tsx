import { useQuery } from '@tanstack/react-query'
import { Flex, Tag } from 'antd'
import { api, DataState, type Light, LightTag, PageLink, Rows, useLiveQueries, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Item {
  readonly id: string
  readonly headline: Words
  readonly definitionTitle: Words
  readonly placeTitle: Words
  readonly light: Light
  readonly due: string | null
  readonly since: string
  readonly supervised: boolean
}

const SHOWN = 10

/** The most urgent matters of the post in use. */
export function ToDos() {
  const t = useWords()
  const query = useQuery({
    queryKey: ['/api/loops/inbox', { limit: SHOWN }],
    queryFn: () => api.get<{ readonly rows: readonly Item[] }>('/api/loops/inbox', { limit: SHOWN }),
  })
  useLiveQueries(['loops.'], ['/api/loops/inbox'])
  return (
    <DataState
      query={query}
      empty={{
        zh: '没有待办。新的事项会自动出现在这里。',
        en: 'Nothing to do. New matters appear here by themselves.',
      }}
    >
      {({ rows }) => (
        <Rows<Item>
          rows={rows}
          rowKey={(row) => row.id}
          caption={{ zh: '我的待办', en: 'My to-dos' }}
          columns={[
            {
              id: 'headline',
              title: { zh: '事项', en: 'Matter' },
              heading: true,
              show: (row) => (
                <Flex gap="small" wrap align="center">
                  <PageLink to={`/loops/${row.id}`}>{t(row.headline)}</PageLink>
                  {row.supervised && <Tag color="error">{t({ zh: '督办', en: 'Supervised' })}</Tag>}
                </Flex>
              ),
            },
            { id: 'kind', title: { zh: '类型', en: 'Kind' }, show: (row) => t(row.definitionTitle) },
            { id: 'place', title: { zh: '环节', en: 'Step' }, show: (row) => t(row.placeTitle) },
            {
              id: 'light',
              title: { zh: '时限', en: 'Limit' },
              show: (row) => <LightTag light={row.light} due={row.due} />,
            },
            {
              id: 'since',
              title: { zh: '到达', en: 'Arrived' },
              show: (row) => <When at={row.since} show="relative" />,
            },
          ]}
        />
      )}
    </DataState>
  )
}
