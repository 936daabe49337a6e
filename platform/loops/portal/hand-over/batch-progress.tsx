import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Progress, Tag } from 'antd'
import { api, DataState, KeysetTable, useWords } from '#portal/ui'
import { LoopLink } from '../loop-link.tsx'
import { loopsKey } from '../queries.ts'
import type { BatchResult, BatchState } from './hand-over-types.ts'

const POLL = 1000

/** How far the batch is, and when it is over what became of each matter. */
export function BatchProgress({ id, onAgain }: { readonly id: string; readonly onAgain: () => void }) {
  const t = useWords()
  const query = useQuery({
    queryKey: [...loopsKey, 'batch', id],
    queryFn: () => api.get<BatchState>(`/api/loops/batches/${id}`),
    refetchInterval: ({ state }) => (state.data?.endedAt ? false : POLL),
  })
  return (
    <DataState query={query}>
      {({ total, done, failed, endedAt }) => (
        <Flex vertical gap="middle">
          <div role="status">
            <Progress
              aria-label={t({ zh: '移交进度', en: 'How far it is' })}
              percent={endedAt || total === 0 ? 100 : Math.floor((100 * (done + failed)) / total)}
            />
            {endedAt ? (
              <Alert
                showIcon
                type={failed > 0 ? 'warning' : 'success'}
                title={t({
                  zh: `移交完成：已移交 ${done} 件${failed > 0 ? `，${failed} 件没有移交成，原因见下表` : ''}。接收人已在“我的事项”中看到。`,
                  en: `Done: ${done} handed over${failed > 0 ? `, ${failed} stayed; see why below` : ''}. The receivers have them in "My matters".`,
                })}
              />
            ) : (
              t({
                zh: `正在移交：${done + failed} / ${total}。可以离开本页，移交会继续。`,
                en: `At work: ${done + failed} of ${total}. It goes on if you leave this page.`,
              })
            )}
          </div>
          {endedAt && (
            <Card title={t({ zh: '逐件结果', en: 'What became of each' })}>
              <KeysetTable<BatchResult>
                path={`/api/loops/batches/${id}/results`}
                rowKey={({ matter }) => matter.id}
                caption={{ zh: '逐件结果', en: 'What became of each' }}
                columns={[
                  {
                    id: 'headline',
                    title: { zh: '事项', en: 'Matter' },
                    show: ({ matter }) => <LoopLink item={matter} />,
                    heading: true,
                  },
                  {
                    id: 'kind',
                    title: { zh: '类型', en: 'Kind' },
                    show: ({ matter }) => <span>{t(matter.definitionTitle)}</span>,
                  },
                  {
                    id: 'result',
                    title: { zh: '结果', en: 'Result' },
                    show: ({ why }) =>
                      why === null ? (
                        <Tag color="success">{t({ zh: '已移交', en: 'Handed over' })}</Tag>
                      ) : (
                        <span>{t({ zh: `未移交：${why.zh}`, en: `Stayed: ${why.en}` })}</span>
                      ),
                  },
                ]}
              />
            </Card>
          )}
          {endedAt && (
            <div>
              <Button onClick={onAgain}>{t({ zh: '再移交一个人的', en: 'Hand over for another' })}</Button>
            </div>
          )}
        </Flex>
      )}
    </DataState>
  )
}
