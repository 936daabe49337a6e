import { useQuery } from '@tanstack/react-query'
import { Card, Col, Flex, Row, Statistic } from 'antd'
import {
  api,
  DataState,
  OrganisationName,
  PageFrame,
  PageLink,
  Rows,
  useLiveQueries,
  useRight,
  useWords,
  When,
} from '#portal/ui'
import type { Light } from '../contract.ts'
import { SourceLight } from './light.tsx'
import { RunTable } from './run-table.tsx'
import type { Source, SourceList } from './types.ts'
import { KINDS, LIGHTS } from './words.ts'

const LIGHT_ORDER: readonly Light[] = ['red', 'yellow', 'green', 'grey']
const PATH = '/api/sources/systems'

/** Where the city's data come from, and how each source is doing. */
export function SourcesPage() {
  const t = useWords()
  const mayDefine = useRight('sources.define')
  const query = useQuery({ queryKey: [PATH], queryFn: () => api.get<SourceList>(PATH) })
  useLiveQueries(['sources.'], [PATH])
  const connect = <PageLink to="/sources/new">{t({ zh: '接入数据来源', en: 'Connect a source' })}</PageLink>
  return (
    <PageFrame
      title={{ zh: '数据汇集', en: 'Sources of data' }}
      about={{
        zh: '其他系统的数据从这里进来：每次采集都与来源给出的行数和合计核对，来源变了会先暂停。',
        en: 'Where data of other systems come in: each run is compared with the figures that its source gives, and halts when the source has changed.',
      }}
      extra={mayDefine && connect}
    >
      <DataState
        query={query}
        empty={{ zh: '还没有接入任何系统', en: 'No system is connected yet' }}
        next={mayDefine && connect}
      >
        {({ rows }) => (
          <Flex vertical gap="large">
            <Summary rows={rows} />
            <SourceTable rows={rows} />
          </Flex>
        )}
      </DataState>
      <h2>{t({ zh: '最近的采集', en: 'Latest runs' })}</h2>
      <RunTable />
    </PageFrame>
  )
}

function Summary({ rows }: { readonly rows: readonly Source[] }) {
  const t = useWords()
  return (
    <Row gutter={[16, 16]}>
      {LIGHT_ORDER.map((light) => (
        <Col key={light} xs={12} md={6}>
          <Card size="small">
            <Statistic title={t(LIGHTS[light])} value={rows.filter((source) => source.light === light).length} />
          </Card>
        </Col>
      ))}
    </Row>
  )
}

const SourceTable = ({ rows }: { readonly rows: readonly Source[] }) => {
  const t = useWords()
  const urgent = rows.toSorted((a, b) => LIGHT_ORDER.indexOf(a.light) - LIGHT_ORDER.indexOf(b.light))
  return (
    <Rows<Source>
      rows={urgent}
      rowKey={({ id }) => id}
      caption={{ zh: '数据来源', en: 'Sources' }}
      columns={[
        {
          id: 'title',
          title: { zh: '系统', en: 'System' },
          heading: true,
          show: ({ id, title }) => <PageLink to={`/sources/systems/${id}`}>{t(title)}</PageLink>,
        },
        { id: 'light', title: { zh: '状况', en: 'State' }, show: ({ light }) => <SourceLight light={light} /> },
        {
          id: 'organisation',
          title: { zh: '单位', en: 'Unit' },
          show: ({ organisation }) => <OrganisationName id={organisation} />,
        },
        { id: 'kind', title: { zh: '方式', en: 'Kind' }, show: ({ connection }) => t(KINDS[connection.kind]) },
        { id: 'feeds', title: { zh: '采集任务', en: 'Feeds' }, align: 'right', show: ({ feeds }) => feeds },
        {
          id: 'checked',
          title: { zh: '上次连通', en: 'Last reached' },
          show: ({ checkedAt, problem }) => (problem ? t(problem) : checkedAt ? <When at={checkedAt} /> : '—'),
        },
      ]}
    />
  )
}
