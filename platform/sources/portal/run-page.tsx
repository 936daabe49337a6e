import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Card, Col, Flex, Progress, Row, Statistic, Steps, Tag } from 'antd'
import { api, DataState, PageFrame, PageLink, useLive, useRight, useWords } from '#portal/ui'
import type { RunState } from '../contract.ts'
import { DriftView } from './drift-view.tsx'
import { PartTable } from './part-table.tsx'
import { ReconciliationView } from './reconciliation-view.tsx'
import type { RunDetail } from './types.ts'
import { STATES, sizeOf } from './words.ts'

/** A run: how far it is, what came and what became of it, how it compares with the source, and what a person has to decide. */
export function RunPage() {
  const { run = '' } = useParams({ strict: false }) as { run?: string }
  const path = `/api/sources/runs/${encodeURIComponent(run)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<RunDetail>(path) })
  const loads = new Set(query.data?.parts.flatMap(({ load }) => (load ? [String(load.id)] : [])))
  useLive(['sources.', 'registry.load.'], (event) => {
    if (!event || event.key === run || loads.has(event.key)) void query.refetch()
  })
  const source = query.data?.source
  return (
    <PageFrame
      title={query.data ? { zh: `${query.data.feedTitle.zh} #${run}`, en: `${query.data.feedTitle.en} #${run}` } : run}
      above={[
        { title: { zh: '数据汇集', en: 'Sources of data' }, path: '/sources' },
        ...(source ? [{ title: source.title, path: `/sources/systems/${source.id}` }] : []),
      ]}
      extra={query.data && <Buttons run={query.data} again={() => void query.refetch()} />}
    >
      <DataState query={query} isEmpty={() => false}>
        {(known) => (
          <Flex vertical gap="large">
            <State run={known} />
            {known.drift && known.drift.findings.length > 0 && (
              <DriftView run={known} again={() => void query.refetch()} />
            )}
            {known.reconciliation && (
              <ReconciliationView reconciliation={known.reconciliation} replayOf={known.replayOf} />
            )}
            {known.parts.length > 0 && <PartTable parts={known.parts} />}
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

const STOPPED: readonly RunState[] = ['cancelled', 'failed']
const AT_WORK: readonly RunState[] = ['collecting', 'checking', 'loading', 'removing']

function Buttons({ run, again }: { readonly run: RunDetail; readonly again: () => void }) {
  const t = useWords()
  const { message, modal } = App.useApp()
  const navigate = useNavigate()
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'resume' | 'replay') =>
      api.post<{ run?: number }>(`/api/sources/runs/${run.id}/${what}`),
    onSuccess: ({ run: other }) => (other ? void navigate({ to: `/sources/runs/${other}` }) : again()),
    onError: (error) => void message.error(error.message),
  })
  const replay = () =>
    modal.confirm({
      title: t({ zh: '用保存的原始数据重放这次采集？', en: 'Replay this run from the kept bytes?' }),
      content: t({
        zh: '不会再读取来源；库中的数据会回到这次采集的结果。',
        en: 'The source is not read again; the data become what this run made of them.',
      }),
      onOk: () => act.mutate('replay'),
    })
  if (!useRight('sources.run')) return null
  if (AT_WORK.includes(run.state))
    return (
      <Button danger loading={act.isPending} onClick={() => act.mutate('cancel')}>
        {t({ zh: '取消采集', en: 'Cancel' })}
      </Button>
    )
  if (STOPPED.includes(run.state))
    return (
      <Button type="primary" loading={act.isPending} onClick={() => act.mutate('resume')}>
        {t({ zh: '继续采集', en: 'Resume' })}
      </Button>
    )
  if (run.state !== 'done' || !run.reconciliation || run.parts.length === 0 || run.parts.some(({ goneAt }) => goneAt))
    return null
  return <Button onClick={replay}>{t({ zh: '重放', en: 'Replay' })}</Button>
}

const STEP_OF: Partial<Record<RunState, number>> = {
  collecting: 0,
  checking: 1,
  halted: 1,
  loading: 2,
  removing: 3,
  incomplete: 3,
  done: 4,
}

function State({ run }: { readonly run: RunDetail }) {
  const t = useWords()
  const { state, problem, remark, replayOf } = run
  const isBad = state === 'failed' || state === 'halted' || state === 'incomplete'
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" align="center" wrap>
          <Tag color={STATES[state].colour}>{t(STATES[state].words)}</Tag>
          <PageLink to={`/data/${run.dataset}`}>{run.dataset}</PageLink>
          {replayOf !== null && (
            <PageLink to={`/sources/runs/${replayOf}`}>
              {t({ zh: `重放第 ${replayOf} 次采集`, en: `Replay of run ${replayOf}` })}
            </PageLink>
          )}
        </Flex>
        <Steps
          size="small"
          current={STEP_OF[state] ?? 0}
          status={isBad ? 'error' : state === 'done' ? 'finish' : 'process'}
          items={[
            { title: t({ zh: '读取来源', en: 'Read the source' }) },
            { title: t({ zh: '检查变化', en: 'Check for changes' }) },
            { title: t({ zh: '入库', en: 'Store' }) },
            { title: t({ zh: '核对', en: 'Reconcile' }) },
          ]}
        />
        <Loading run={run} />
        {problem && <Alert type="error" showIcon title={t(problem)} />}
        {remark && <Alert type="info" showIcon title={t(remark)} action={<ToDelete run={run} />} />}
        <Figures run={run} />
      </Flex>
    </Card>
  )
}

/** The way to the setting that has rows deleted which the source has no more. */
function ToDelete({ run: { reconciliation, source, feed } }: { readonly run: RunDetail }) {
  const t = useWords()
  if (!useRight('sources.define') || !reconciliation?.gone) return null
  return (
    <PageLink to={`/sources/systems/${source.id}/feed?feed=${feed}`}>
      {t({ zh: '修改采集任务', en: 'Change the feed' })}
    </PageLink>
  )
}

function Loading({ run: { state, parts, bytes } }: { readonly run: RunDetail }) {
  const t = useWords()
  if (state !== 'loading') return null
  const read = parts.reduce(
    (sum, { load, bytes: all }) => sum + (load?.state === 'done' ? all : (load?.bytesRead ?? 0)),
    0,
  )
  return (
    <Progress
      percent={Math.floor((100 * read) / Math.max(1, bytes))}
      aria-label={t({ zh: '入库进度', en: 'Progress' })}
    />
  )
}

function Figures({ run }: { readonly run: RunDetail }) {
  const t = useWords()
  const sum = (what: 'inserted' | 'changed' | 'same' | 'refused') =>
    run.parts.reduce((total, { load }) => total + (load?.[what] ?? 0), 0)
  const figures = [
    [t({ zh: '读到的行', en: 'Rows read' }), run.rows.toLocaleString()],
    [t({ zh: '大小', en: 'Size' }), sizeOf(run.bytes)],
    [t({ zh: '新增', en: 'New' }), sum('inserted').toLocaleString()],
    [t({ zh: '更新', en: 'Changed' }), sum('changed').toLocaleString()],
    [t({ zh: '不变', en: 'The same' }), sum('same').toLocaleString()],
    [t({ zh: '未通过检查', en: 'Refused' }), sum('refused').toLocaleString()],
  ] as const
  return (
    <Row gutter={[16, 16]}>
      {figures.map(([title, value]) => (
        <Col key={title} xs={12} md={4}>
          <Statistic title={title} value={value} />
        </Col>
      ))}
    </Row>
  )
}
