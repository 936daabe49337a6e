import { useQuery } from '@tanstack/react-query'
import { Flex, Tag, Typography } from 'antd'
import { api, DataState, type Light, LightTag, PageLink, useLiveQueries, useWords, When } from '#portal/ui'
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
        <ul className="dz-plain-list">
          {rows.map((row) => (
            <li key={row.id}>
              <Flex gap="small" wrap align="center">
                <LightTag light={row.light} due={row.due} />
                <PageLink to={`/loops/${row.id}`}>{t(row.headline)}</PageLink>
                {row.supervised && <Tag color="error">{t({ zh: '督办', en: 'Supervised' })}</Tag>}
                <Typography.Text type="secondary">
                  {t(row.definitionTitle)} · {t(row.placeTitle)} · <When at={row.since} show="relative" />
                </Typography.Text>
              </Flex>
            </li>
          ))}
        </ul>
      )}
    </DataState>
  )
}
