import { useQuery } from '@tanstack/react-query'
import { Flex } from 'antd'
import { api, DataState, PageLink, useLiveQueries, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Notice {
  readonly id: number
  readonly at: string
  readonly title: Words
  readonly link: string | null
}

const SHOWN = 6

/** What the person was told and has not read. */
export function Notices() {
  const t = useWords()
  const query = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: () =>
      api.get<{ readonly rows: readonly Notice[]; readonly unread: number }>('/api/notices', { unread: true }),
  })
  useLiveQueries(['notices.'], ['notices'])
  return (
    <DataState query={query} empty={{ zh: '没有未读通知。', en: 'All notices are read.' }}>
      {({ rows }) => (
        <ul className="dz-plain-list">
          {rows.slice(0, SHOWN).map((notice) => (
            <li key={notice.id}>
              <Flex gap="small" wrap justify="space-between">
                {notice.link ? <PageLink to={notice.link}>{t(notice.title)}</PageLink> : t(notice.title)}
                <When at={notice.at} show="relative" />
              </Flex>
            </li>
          ))}
        </ul>
      )}
    </DataState>
  )
}
