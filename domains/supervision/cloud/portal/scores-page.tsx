import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Collapse, Flex, Tag, Typography } from 'antd'
import { ApiError, api, DataState, OrganisationName, PageFrame, PageLink, Rows, useRight, useWords } from '#portal/ui'
import { Local, WithPlan } from './shared.tsx'
import { PROOFS } from './types.ts'

interface Line {
  readonly source: string
  readonly points: number
  readonly of: number
  readonly quality: number | null
  readonly timeliness: number | null
  readonly title: string
  readonly task: string
  readonly loop: string | null
  readonly role: string
  readonly proof: string | null
  readonly due: string | null
  readonly achievedOn: string | null
}
interface Scores {
  readonly confirmed: boolean
  readonly rows: readonly {
    readonly unit: string
    readonly total: number | null
    readonly pack: string
    readonly lines: readonly Line[]
  }[]
}

/** Scores of the units; every point opens the task and the matter it came from. */
export function ScoresPage() {
  return (
    <PageFrame
      title={{ zh: '年度得分', en: 'Scores' }}
      about={{
        zh: '得分 = Σ 权重 × 质量 × 时效 − 督办升级扣分；点开每一行看来源。',
        en: 'Score = Σ weight × quality × timeliness, less what the ladder takes off; each line opens its source.',
      }}
      above={[{ title: { zh: '督查督办', en: 'Supervision' }, path: '/supervision' }]}
    >
      <WithPlan>{(id) => <PlanScores id={id} />}</WithPlan>
    </PageFrame>
  )
}

function PlanScores({ id }: { readonly id: string }) {
  const t = useWords()
  const query = useQuery({
    queryKey: ['supervision', 'scores', id],
    queryFn: () => api.get<Scores>(`/api/supervision/plans/${id}/scores`),
  })
  return (
    <DataState query={query} isEmpty={({ rows }) => rows.length === 0}>
      {({ confirmed, rows }) => (
        <Flex vertical gap="middle">
          <Flex wrap gap="small" align="center">
            <Tag color={confirmed ? 'green' : 'default'}>
              {confirmed
                ? t({ zh: '已确认', en: 'Confirmed' })
                : t({ zh: '截至今日的暂计得分', en: 'As of today, not confirmed' })}
            </Tag>
            {!confirmed && <Confirm id={id} />}
          </Flex>
          <Collapse
            items={rows.map(({ unit, total, pack, lines }) => ({
              key: unit,
              label: (
                <Flex wrap gap="small" justify="space-between">
                  <OrganisationName id={unit} />
                  <Typography.Text strong>
                    {total === null ? t({ zh: '尚无到期节点', en: 'Nothing due yet' }) : total.toFixed(2)}
                  </Typography.Text>
                </Flex>
              ),
              children: <Lines lines={lines} pack={pack} />,
            }))}
          />
        </Flex>
      )}
    </DataState>
  )
}

function Confirm({ id }: { readonly id: string }) {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  if (!useRight('supervision.cloud.review')) return null
  const confirm = async () => {
    try {
      await api.post(`/api/supervision/plans/${id}/scores`)
      await queries.invalidateQueries({ queryKey: ['supervision', 'scores', id] })
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : String(error))
    }
  }
  return <Button onClick={() => void confirm()}>{t({ zh: '确认年度得分', en: 'Confirm the scores' })}</Button>
}

function Lines({ lines, pack }: { readonly lines: readonly Line[]; readonly pack: string }) {
  const t = useWords()
  return (
    <Card size="small" title={`${t({ zh: '依据规则', en: 'By rule' })} ${pack}`}>
      <Rows<Line>
        rows={lines}
        rowKey={({ source }) => source}
        caption={{ zh: '得分明细', en: 'Points' }}
        columns={[
          {
            id: 'title',
            title: { zh: '节点或督办', en: 'Milestone or step' },
            heading: true,
            show: ({ title, task, source }) => (
              <PageLink
                to={
                  source.startsWith('step:') ? `/supervision/letters/${source.slice(5)}` : `/supervision/tasks/${task}`
                }
              >
                <Local>{title}</Local>
              </PageLink>
            ),
          },
          {
            id: 'points',
            title: { zh: '得分', en: 'Points' },
            align: 'right',
            show: ({ points, of }) => (of > 0 ? `${points} / ${of}` : points),
          },
          {
            id: 'how',
            title: { zh: '质量 × 时效', en: 'Quality × timeliness' },
            show: ({ quality, timeliness }) => (quality === null ? '—' : `${quality} × ${timeliness}`),
          },
          {
            id: 'role',
            title: { zh: '角色', en: 'Part' },
            show: ({ role }) => (role === 'lead' ? t({ zh: '牵头', en: 'Lead' }) : t({ zh: '配合', en: 'Joint' })),
          },
          {
            id: 'dates',
            title: { zh: '时限／完成', en: 'Due / achieved' },
            show: ({ due, achievedOn }) => (due ? `${due} / ${achievedOn ?? '—'}` : '—'),
          },
          {
            id: 'source',
            title: { zh: '来源', en: 'Source' },
            show: ({ loop, proof, task }) =>
              proof === 'carried' || !loop ? (
                <PageLink to={`/supervision/tasks/${task}`}>
                  {proof ? t(PROOFS[proof] ?? { zh: proof, en: proof }) : t({ zh: '任务', en: 'Task' })}
                </PageLink>
              ) : (
                <PageLink to={`/loops/${loop}`}>{`${t({ zh: '事项', en: 'Matter' })} #${loop}`}</PageLink>
              ),
          },
        ]}
      />
    </Card>
  )
}
