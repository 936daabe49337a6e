import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api, DataState, PageFrame } from '#portal/ui'
import { SourceEditor } from './source-editor.tsx'
import type { SourceList } from './types.ts'

const PATH = '/api/sources/systems'

/** Changes a source; a stored password is kept only for the place and user it was given for. */
export function EditSourcePage() {
  const { source = '' } = useParams({ strict: false }) as { source?: string }
  const query = useQuery({ queryKey: [PATH], queryFn: () => api.get<SourceList>(PATH) })
  const known = query.data?.rows.find(({ id }) => id === source)
  return (
    <PageFrame
      title={{ zh: '修改数据来源', en: 'Change a source' }}
      above={[
        { title: { zh: '数据汇集', en: 'Sources of data' }, path: '/sources' },
        { title: known?.title ?? source, path: `/sources/systems/${source}` },
      ]}
    >
      <DataState query={query} isEmpty={() => !known}>
        {(list) => known && <SourceEditor kind={known.connection.kind} list={list} source={known} />}
      </DataState>
    </PageFrame>
  )
}
