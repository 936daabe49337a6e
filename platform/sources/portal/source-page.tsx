import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Alert, App, Button, Card, Descriptions, Flex } from 'antd'
import {
  api,
  DataState,
  OrganisationName,
  PageFrame,
  PageLink,
  useLiveQueries,
  useRight,
  useWords,
  When,
} from '#portal/ui'
import { FeedTable } from './feed-table.tsx'
import { SourceLight } from './light.tsx'
import { RunTable } from './run-table.tsx'
import { TableList } from './table-list.tsx'
import type { SourceDetail } from './types.ts'
import { KINDS } from './words.ts'

/** A source: where it is, what is collected from it and what is not, and its runs. */
export function SourcePage() {
  const t = useWords()
  const { source = '' } = useParams({ strict: false }) as { source?: string }
  const path = `/api/sources/systems/${encodeURIComponent(source)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<SourceDetail>(path) })
  useLiveQueries(['sources.'], [path])
  return (
    <PageFrame
      title={query.data?.title ?? source}
      above={[{ title: { zh: '数据汇集', en: 'Sources of data' }, path: '/sources' }]}
      extra={query.data && <Buttons source={query.data} />}
    >
      <DataState query={query} isEmpty={() => false}>
        {(known) => (
          <Flex vertical gap="large">
            <Facts source={known} />
            <h2>{t({ zh: '采集任务', en: 'Feeds' })}</h2>
            <Stopped runs={known.stopped} />
            <FeedTable source={known} />
            <h2>{t({ zh: '来源中的表和文件', en: 'Tables and files at the source' })}</h2>
            <TableList source={known.id} />
          </Flex>
        )}
      </DataState>
      <h2>{t({ zh: '采集记录', en: 'Runs' })}</h2>
      <RunTable source={source} />
    </PageFrame>
  )
}

function Buttons({ source: { id } }: { readonly source: SourceDetail }) {
  const t = useWords()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const look = useMutation({
    mutationFn: () => api.post(`/api/sources/systems/${id}/discover`),
    onSuccess: () => void message.info(t({ zh: '正在查看来源', en: 'Looking at the source' })),
    onError: (error) => void message.error(error.message),
  })
  if (!useRight('sources.define')) return null
  return (
    <>
      <Button onClick={() => look.mutate()} loading={look.isPending}>
        {t({ zh: '重新查看表', en: 'Look for tables again' })}
      </Button>
      <Button onClick={() => void navigate({ to: `/sources/systems/${id}/edit` })}>
        {t({ zh: '修改', en: 'Change' })}
      </Button>
      <Button type="primary" onClick={() => void navigate({ to: `/sources/systems/${id}/feed` })}>
        {t({ zh: '新建采集任务', en: 'New feed' })}
      </Button>
    </>
  )
}

function Facts({ source }: { readonly source: SourceDetail }) {
  const t = useWords()
  const { connection, organisation, light, hasSecret, checkedAt, problem } = source
  const items = [
    [t({ zh: '状况', en: 'State' }), <SourceLight key="light" light={light} />],
    [t({ zh: '单位', en: 'Unit' }), <OrganisationName key="unit" id={organisation} />],
    [t({ zh: '方式', en: 'Kind' }), t(KINDS[connection.kind])],
    [t({ zh: '位置', en: 'Place' }), placeOf(connection)],
    [t({ zh: '密码或令牌', en: 'Password or token' }), hasSecret ? t({ zh: '已加密保存', en: 'Kept, sealed' }) : '—'],
    [t({ zh: '上次连通', en: 'Last reached' }), checkedAt ? <When key="at" at={checkedAt} /> : '—'],
  ] as const
  return (
    <Card size="small">
      <Flex vertical gap="middle">
        {problem && <Alert type="error" showIcon title={t(problem)} />}
        <Descriptions
          column={{ xs: 1, md: 3 }}
          items={items.map(([label, children]) => ({ key: label, label, children }))}
        />
        {connection.kind === 'push' && <PushHelp source={source} />}
      </Flex>
    </Card>
  )
}

/** What only a stopped run holds stays out until somebody lets it go on. */
function Stopped({ runs }: { readonly runs: SourceDetail['stopped'] }) {
  const t = useWords()
  if (runs.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t({
        zh: '这些采集中断了，其中的文件或批次还没有全部入库，对方不会自动再送。请打开并继续采集：',
        en: 'These runs were stopped; their files or batches are not all stored, and nobody sends them again by himself. Open them and let them go on:',
      })}
      description={
        <Flex gap="small" wrap>
          {runs.map(({ id, feedTitle, startedAt }) => (
            <span key={id}>
              <PageLink to={`/sources/runs/${id}`}>{`${t(feedTitle)} #${id}`}</PageLink> <When at={startedAt} />
            </span>
          ))}
        </Flex>
      }
    />
  )
}

function placeOf(connection: SourceDetail['connection']): string {
  if (connection.kind === 'folder') return connection.path || '/'
  if (connection.kind === 'http') return connection.address
  if (connection.kind === 'push') return '—'
  return `${connection.user}@${connection.host}:${connection.port}/${connection.database}`
}

/** What the people of the other system have to do. */
function PushHelp({ source: { feedList } }: { readonly source: SourceDetail }) {
  const t = useWords()
  const [feed] = feedList
  return (
    <Alert
      type="info"
      title={t({
        zh: '对方系统用接口令牌（权限“推送数据”）调用，每批带一个不重复的 Idempotency-Key；收到 429 请稍后再送。',
        en: 'The other system calls with an API token (right "Push data"), each batch with an Idempotency-Key of its own; after a 429 it comes again later.',
      })}
      description={
        <>
          <code>{`POST /api/sources/feeds/${feed?.id ?? '…'}/batches`}</code>{' '}
          <PageLink to="/developers/api">{t({ zh: '接口文档', en: 'API document' })}</PageLink>
        </>
      }
    />
  )
}
