import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { api, DataState, PageFrame } from '#portal/ui'
import { FeedEditor } from './feed-editor.tsx'
import type { SourceDetail } from './types.ts'

/** A new feed of a source (`?from=` names its table), or the change of one (`?feed=`). */
export function FeedPage() {
  const { source = '' } = useParams({ strict: false }) as { source?: string }
  const { feed, from } = useSearch({ strict: false }) as { feed?: string; from?: string }
  const path = `/api/sources/systems/${encodeURIComponent(source)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<SourceDetail>(path) })
  return (
    <PageFrame
      title={feed ? { zh: '修改采集任务', en: 'Change a feed' } : { zh: '新建采集任务', en: 'New feed' }}
      above={[
        { title: { zh: '数据汇集', en: 'Sources of data' }, path: '/sources' },
        { title: query.data?.title ?? source, path: `/sources/systems/${source}` },
      ]}
    >
      <DataState query={query} isEmpty={() => false}>
        {(known) => {
          const before = known.feedList.find(({ id }) => id === feed)
          return <FeedEditor source={known} {...(before ? { feed: before } : {})} {...(from ? { from } : {})} />
        }}
      </DataState>
    </PageFrame>
  )
}
