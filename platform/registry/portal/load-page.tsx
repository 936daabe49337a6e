import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, App, Button, Card, Col, Flex, Progress, Row, Statistic, Tag } from 'antd'
import { api, DataState, PageFrame, useLive, useRight, useWords } from '#portal/ui'
import { Corrections } from './corrections.tsx'
import type { LoadView } from './types.ts'
import { STATES } from './words.ts'

/** An import: how far it is, what became of its rows, and those to correct. */
export function LoadPage() {
  const { load = '' } = useParams({ strict: false }) as { load?: string }
  const path = `/api/registry/loads/${load}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<LoadView>(path) })
  useLive(['registry.load.'], (event) => {
    if (!event || event.key === load) void query.refetch()
  })
  const mayCorrect = useRight('registry.load.write')
  return (
    <PageFrame
      title={query.data?.name ?? { zh: '一次导入', en: 'Import' }}
      above={[{ title: { zh: '数据导入', en: 'Imports' }, path: '/imports' }]}
      extra={query.data && mayCorrect && <Buttons load={query.data} again={() => void query.refetch()} />}
    >
      <DataState query={query}>
        {(known) => (
          <Flex vertical gap="large">
            <Figures load={known} />
            {known.refused > 0 && mayCorrect && <Corrections load={known} />}
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Buttons({ load, again }: { readonly load: LoadView; readonly again: () => void }) {
  const t = useWords()
  const { message } = App.useApp()
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'resume') => api.post(`/api/registry/loads/${load.id}/${what}`),
    onSuccess: again,
    onError: (error) => void message.error(error.message),
  })
  if (load.state === 'done') return null
  if (load.state === 'loading')
    return (
      <Button danger loading={act.isPending} onClick={() => act.mutate('cancel')}>
        {t({ zh: '取消导入', en: 'Cancel' })}
      </Button>
    )
  return (
    <Button type="primary" loading={act.isPending} onClick={() => act.mutate('resume')}>
      {t({ zh: '继续导入', en: 'Resume' })}
    </Button>
  )
}

function Figures({ load }: { readonly load: LoadView }) {
  const t = useWords()
  const percent = load.state === 'done' ? 100 : Math.floor((100 * load.bytesRead) / Math.max(1, load.bytes))
  const figures = [
    [t({ zh: '新增', en: 'New' }), load.inserted],
    [t({ zh: '更新', en: 'Changed' }), load.changed],
    [t({ zh: '不变', en: 'The same' }), load.same],
    [t({ zh: '未通过检查', en: 'Refused' }), load.refused],
  ] as const
  return (
    <Card>
      <Flex vertical gap="middle">
        <Flex gap="small" align="center">
          <Tag color={STATES[load.state].colour}>{t(STATES[load.state].words)}</Tag>
          {t({ zh: `已读 ${load.rowsRead.toLocaleString()} 行`, en: `${load.rowsRead.toLocaleString()} rows read` })}
        </Flex>
        <Progress
          percent={percent}
          aria-label={t({ zh: '导入进度', en: 'Progress' })}
          status={load.state === 'failed' ? 'exception' : 'normal'}
        />
        {load.problem && <Alert type="error" showIcon title={t(load.problem)} />}
        <Row gutter={[16, 16]}>
          {figures.map(([title, value]) => (
            <Col key={title} xs={12} md={6}>
              <Statistic title={title} value={value} />
            </Col>
          ))}
        </Row>
      </Flex>
    </Card>
  )
}
