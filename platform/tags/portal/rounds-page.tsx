import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Input, Progress } from 'antd'
import { useState } from 'react'
import { api, DataState, Failure, PageFrame, PageLink, Rows, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { AskPurpose, EvidenceTable, isPurposeAsked } from './evidence-dialog.tsx'
import type { EvidenceRows } from './types.ts'

interface OpenRound {
  readonly id: number
  readonly tag: string
  readonly title: Words
  readonly openedAt: string
  readonly size: number
  readonly judged: number
}

interface Next {
  readonly tag: string
  readonly title: Words
  readonly about: Words
  readonly key: string
  readonly name: string
  readonly value: string | null
  readonly since: string | null
  readonly evidence: EvidenceRows
  readonly judged: number
  readonly size: number
}

/** Samples of tags that wait for a judgement. */
export function RoundsPage() {
  const t = useWords()
  const [round, setRound] = useState<OpenRound>()
  const query = useQuery({
    queryKey: ['/api/tag-rounds'],
    queryFn: () => api.get<{ rows: OpenRound[] }>('/api/tag-rounds'),
  })
  return (
    <PageFrame
      title={{ zh: '标签抽查', en: 'Review of tags' }}
      about={{
        zh: '对照依据判定标签是否准确；结果给出准确率和区间，低于要求时成为责任单位的事项。',
        en: 'Judge tags by their evidence; the result is a precision with its interval, below the bar a matter of the owner.',
      }}
    >
      {round ? (
        <Judging round={round} onEnd={() => setRound(undefined)} />
      ) : (
        <DataState
          query={query}
          empty={{
            zh: '没有待判定的抽查。可在标签页面开始一轮。',
            en: 'Nothing to judge. Begin a review on the page of a tag.',
          }}
          next={<PageLink to="/tags">{t({ zh: '标签目录', en: 'Tags' })}</PageLink>}
        >
          {({ rows }) => (
            <Rows<OpenRound>
              rows={rows}
              rowKey={({ id }) => id}
              caption={{ zh: '待判定的抽查', en: 'Reviews under way' }}
              columns={[
                { id: 'tag', title: { zh: '标签', en: 'Tag' }, heading: true, show: ({ title }) => t(title) },
                { id: 'at', title: { zh: '开始', en: 'Begun' }, show: ({ openedAt }) => <When at={openedAt} /> },
                {
                  id: 'done',
                  title: { zh: '已判定', en: 'Judged' },
                  show: ({ judged, size }) => `${judged} / ${size}`,
                },
                {
                  id: 'go',
                  title: { zh: '操作', en: 'Action' },
                  show: (each) => <Button onClick={() => setRound(each)}>{t({ zh: '判定', en: 'Judge' })}</Button>,
                },
              ]}
            />
          )}
        </DataState>
      )}
    </PageFrame>
  )
}

function Judging({ round, onEnd }: { readonly round: OpenRound; readonly onEnd: () => void }) {
  const t = useWords()
  const queries = useQueryClient()
  const [purpose, setPurpose] = useState('')
  const [note, setNote] = useState('')
  const path = `/api/tag-rounds/${round.id}`
  const next = useQuery({
    queryKey: [path, purpose],
    queryFn: () => api.get<Next | null>(`${path}/next`, {}, purpose || undefined),
    retry: false,
  })
  const judge = useMutation({
    mutationFn: (verdict: string) =>
      api.post<{ closed: boolean }>(`${path}/judgements`, {
        key: next.data?.key,
        verdict,
        ...(note.trim() ? { note: note.trim() } : {}),
      }),
    onSuccess: async ({ closed }) => {
      setNote('')
      await queries.invalidateQueries({ queryKey: closed ? ['/api/tag-rounds'] : [path] })
      if (closed) onEnd()
    },
  })
  if (isPurposeAsked(next.error)) return <AskPurpose onState={setPurpose} />
  return (
    <DataState
      query={next}
      isEmpty={(data) => data === null}
      empty={{ zh: '本轮已全部判定', en: 'All of it is judged' }}
    >
      {(data) =>
        data && (
          <Card size="small" title={<h2 className="dz-card-heading">{t(data.title)}</h2>}>
            <Flex vertical gap="middle">
              <Progress
                percent={Math.round((data.judged / data.size) * 100)}
                aria-label={t({ zh: '判定进度', en: 'Progress' })}
                format={() => `${data.judged} / ${data.size}`}
              />
              <div>
                <strong>{data.name}</strong> {data.key} · {data.value} ·{' '}
                {t({ zh: `自 ${data.since ?? '—'}`, en: `since ${data.since ?? '—'}` })}
              </div>
              <Alert type="info" title={t(data.about)} />
              <EvidenceTable evidence={data.evidence} />
              <Input.TextArea
                aria-label={t({ zh: '理由（判定不准确时必填）', en: 'Reason (needed when wrong)' })}
                placeholder={t({ zh: '理由（判定不准确时必填）', en: 'Reason (needed when wrong)' })}
                maxLength={500}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
              {judge.isError && <Failure error={judge.error} />}
              <Flex wrap gap="small">
                <Button type="primary" onClick={() => judge.mutate('right')} loading={judge.isPending}>
                  {t({ zh: '准确', en: 'Right' })}
                </Button>
                <Button danger onClick={() => judge.mutate('wrong')} disabled={judge.isPending}>
                  {t({ zh: '不准确', en: 'Wrong' })}
                </Button>
                <Button onClick={() => judge.mutate('unclear')} disabled={judge.isPending}>
                  {t({ zh: '无法判断', en: 'Unclear' })}
                </Button>
                <Button type="text" onClick={onEnd}>
                  {t({ zh: '以后再判', en: 'Later' })}
                </Button>
              </Flex>
            </Flex>
          </Card>
        )
      }
    </DataState>
  )
}
