import { useParams } from '@tanstack/react-router'
import { PageFrame } from '#portal/ui'
import { ReaderList } from './reader-list.tsx'

/** For auditors: who opened a file, without the file. */
export function ReadersPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return (
    <PageFrame title={{ zh: `档案 ${id} 的查阅记录`, en: `Readers of file ${id}` }}>
      <ReaderList path={`/api/one-file/entities/${encodeURIComponent(id)}/readers`} />
    </PageFrame>
  )
}
