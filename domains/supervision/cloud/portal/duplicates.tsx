import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Flex, Input } from 'antd'
import { useState } from 'react'
import { ApiError, api, DataState, OrganisationName, PageLink, Rows, useWords } from '#portal/ui'
import { Local } from './shared.tsx'

interface TaskRef {
  readonly id: string
  readonly title: string
  readonly lead: string
}
interface Pair {
  readonly a: TaskRef
  readonly b: TaskRef
  readonly similarity: number
}

/** Tasks that look alike; a person merges them or says that they are apart. */
export function Duplicates() {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const key = ['supervision', 'duplicates']
  const query = useQuery({ queryKey: key, queryFn: () => api.get<{ rows: Pair[] }>('/api/supervision/duplicates') })
  const decide = async (keep: TaskRef, other: TaskRef, decision: 'apart' | 'merged') => {
    try {
      await api.post('/api/supervision/duplicates', { keep: keep.id, other: other.id, decision, reason })
      await queries.invalidateQueries({ queryKey: ['supervision'] })
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : String(error))
    }
  }
  const title = { zh: '疑似重复事项', en: 'Tasks that look alike' }
  const isReady = reason.trim().length >= 2
  return (
    <Card size="small" title={t(title)}>
      <DataState
        query={query}
        isEmpty={({ rows }) => rows.length === 0}
        empty={{ zh: '没有疑似重复的事项', en: 'None' }}
      >
        {({ rows }) => (
          <Flex vertical gap="small">
            <Input
              aria-label={t({ zh: '处理理由', en: 'Reason' })}
              placeholder={t({ zh: '先写处理理由', en: 'Say why first' })}
              value={reason}
              maxLength={1000}
              onChange={({ target }) => setReason(target.value)}
            />
            <Rows<Pair>
              rows={rows}
              rowKey={({ a, b }) => `${a.id} ${b.id}`}
              caption={title}
              columns={[
                {
                  id: 'a',
                  title: { zh: '事项一', en: 'First' },
                  heading: true,
                  show: ({ a }) => <TaskName task={a} />,
                },
                { id: 'b', title: { zh: '事项二', en: 'Second' }, show: ({ b }) => <TaskName task={b} /> },
                {
                  id: 'like',
                  title: { zh: '相似度', en: 'Likeness' },
                  align: 'right',
                  show: ({ similarity }) => `${Math.round(similarity * 100)}%`,
                },
                {
                  id: 'do',
                  title: { zh: '处理', en: 'Decide' },
                  show: ({ a, b }) => (
                    <Flex wrap gap="small">
                      <Button size="small" disabled={!isReady} onClick={() => void decide(a, b, 'merged')}>
                        {t({ zh: '并入事项一', en: 'Into the first' })}
                      </Button>
                      <Button size="small" disabled={!isReady} onClick={() => void decide(b, a, 'merged')}>
                        {t({ zh: '并入事项二', en: 'Into the second' })}
                      </Button>
                      <Button size="small" disabled={!isReady} onClick={() => void decide(a, b, 'apart')}>
                        {t({ zh: '不是重复', en: 'Not the same' })}
                      </Button>
                    </Flex>
                  ),
                },
              ]}
            />
          </Flex>
        )}
      </DataState>
    </Card>
  )
}

function TaskName({ task }: { readonly task: TaskRef }) {
  return (
    <Flex vertical>
      <PageLink to={`/supervision/tasks/${task.id}`}>
        <Local>{task.title}</Local>
      </PageLink>
      {task.lead && <OrganisationName id={task.lead} />}
    </Flex>
  )
}
