import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Flex, Input, Popconfirm, Skeleton } from 'antd'
import { useState } from 'react'
import { api, Failure, Rows, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { Labelled } from '../editor/inputs/labelled.tsx'
import { LoopLink } from '../loop-link.tsx'
import { loopsKey } from '../queries.ts'
import type { Held, Plan, PreviewRow } from './hand-over-types.ts'

interface ReviewProps {
  readonly plan: Plan
  readonly held: Held
  readonly onStarted: (batch: string) => void
}

/** Every matter with who has it and who would have it, the reason, and the button that does it. */
export function Review({ plan, held, onStarted }: ReviewProps) {
  const t = useWords()
  const marks = useMarks()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const preview = useInfiniteQuery({
    queryKey: [...loopsKey, 'hand-over', plan],
    queryFn: ({ pageParam }) =>
      api.post<{ rows: readonly PreviewRow[]; next: string | null }>('/api/loops/hand-over/query', {
        ...plan,
        ...(pageParam === undefined ? {} : { after: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    gcTime: 0,
  })
  const total = held.kinds
    .filter(({ definition }) => plan.to !== undefined || plan.kinds?.[definition] !== undefined)
    .reduce((sum, { matters }) => sum + matters, 0)
  const start = async () => {
    try {
      onStarted((await api.post<{ id: string }>('/api/loops/hand-over', { ...plan, reason })).id)
    } catch (caught) {
      setError(caught)
    }
  }
  const list = (all: readonly Words[]) => all.map(t).join(marks.list) || '—'
  if (preview.error) return <Failure error={preview.error} retry={() => void preview.refetch()} />
  if (!preview.data) return <Skeleton active />
  return (
    <Flex vertical gap="middle">
      <Rows
        rows={preview.data.pages.flatMap(({ rows }) => rows)}
        rowKey={({ id }) => id}
        caption={{ zh: '移交预览', en: 'What would change' }}
        columns={[
          {
            id: 'headline',
            title: { zh: '事项', en: 'Matter' },
            show: (one) => <LoopLink item={one} />,
            heading: true,
          },
          { id: 'kind', title: { zh: '类型', en: 'Kind' }, show: (one) => <span>{t(one.definitionTitle)}</span> },
          {
            id: 'before',
            title: { zh: '现在在谁手上', en: 'Who has it' },
            show: (one) => <span>{list(one.before)}</span>,
          },
          {
            id: 'after',
            title: { zh: '移交后', en: 'Afterwards' },
            show: ({ after, changed }) =>
              changed ? <strong>{list(after)}</strong> : <span>{t({ zh: '不变', en: 'The same' })}</span>,
          },
        ]}
      />
      {preview.hasNextPage && (
        <Button block loading={preview.isFetchingNextPage} onClick={() => void preview.fetchNextPage()}>
          {t({ zh: '显示更多', en: 'Show more' })}
        </Button>
      )}
      <Labelled
        label={{ zh: '移交原因', en: 'Why' }}
        help={{ zh: '例如：调离、退休、借调。', en: 'For example: moved, retired.' }}
      >
        {(id) => <Input id={id} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Labelled>
      {error !== undefined && <Failure error={error} />}
      <div>
        <Popconfirm
          title={t({ zh: `确定移交 ${total} 件？`, en: `Hand over ${total} matters?` })}
          okText={t({ zh: '确定移交', en: 'Hand over' })}
          cancelText={t({ zh: '取消', en: 'Cancel' })}
          disabled={reason.trim() === ''}
          onConfirm={start}
        >
          <Button type="primary" disabled={reason.trim() === ''}>
            {t({ zh: `移交 ${total} 件`, en: `Hand over ${total} matters` })}
          </Button>
        </Popconfirm>
      </div>
    </Flex>
  )
}
