import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { useState } from 'react'
import { Failure, PageFrame } from '#portal/ui'
import { kindsKey } from '../queries.ts'
import { EditorView } from './editor-view.tsx'
import { useDefinition, useParts } from './queries.ts'
import './editor.css'

/** One definition in the editor. */
export function EditorPage() {
  const { id = '' } = useParams({ strict: false })
  return <Opened key={id} id={id} />
}

function Opened({ id }: { readonly id: string }) {
  const [round, setRound] = useState(0)
  const query = useDefinition(id)
  const parts = useParts()
  const [published, setPublished] = useState<number>()
  const queries = useQueryClient()
  const again = async (version?: number) => {
    setPublished(version)
    void queries.invalidateQueries({ queryKey: kindsKey })
    await Promise.all([query.refetch(), parts.refetch()])
    setRound((before) => before + 1)
  }
  // What was read at an earlier visit may be older than the draft saved since.
  if (!query.isFetchedAfterMount || !query.data || !parts.data)
    return (
      <PageFrame title={{ zh: '流程编辑', en: 'Editor of a definition' }}>
        {query.isError || parts.isError ? (
          <Failure error={query.error ?? parts.error} retry={() => void again()} />
        ) : (
          <Skeleton active />
        )}
      </PageFrame>
    )
  return <EditorView key={round} detail={query.data} parts={parts.data} again={again} published={published} />
}
