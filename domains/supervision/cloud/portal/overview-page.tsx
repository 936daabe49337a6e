import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Card, Col, Flex, Row, Statistic, Tag } from 'antd'
import { CityMap } from '#portal/map'
import {
  api,
  Chart,
  DataState,
  OrganisationName,
  PageFrame,
  PageLink,
  Rows,
  useLiveQueries,
  useWords,
} from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { Local, Progress, ProgressLight, Units, WithPlan } from './shared.tsx'
import { type Assessed, LIGHTS, type Plan, type PlanNode, percent, STEPS } from './types.ts'

interface Overview {
  readonly plan: Plan
  readonly assessed: Assessed
  readonly tasks: Readonly<Record<string, number>>
  readonly units: readonly { readonly unit: string; readonly tasks: number; readonly assessed: Assessed }[]
  readonly behind: readonly PlanNode[]
  readonly soon: readonly PlanNode[]
  readonly waiting: readonly PlanNode[]
  readonly steps: Readonly<Record<string, number>>
  readonly curve: readonly { readonly day: string; readonly planned: number; readonly earned: number | null }[]
}

/** What the supervision office looks at each morning. */
export function OverviewPage() {
  const { division } = useSearch({ strict: false }) as { division?: string | number }
  return (
    <PageFrame
      title={{ zh: '督查督办', en: 'Supervision' }}
      about={{
        zh: '灯由节点权重和核验结果算出，不能手工选择。',
        en: 'Lights are computed from weights and checked milestones; nobody picks them.',
      }}
    >
      <WithPlan>
        {(id) => <PlanOverview id={id} division={division === undefined ? undefined : String(division)} />}
      </WithPlan>
    </PageFrame>
  )
}

function PlanOverview({ id, division }: { readonly id: string; readonly division: string | undefined }) {
  const t = useWords()
  const queryKey = ['supervision', 'overview', id, division]
  const query = useQuery({
    queryKey,
    queryFn: () => api.get<Overview>(`/api/supervision/plans/${id}/overview`, { division }),
  })
  useLiveQueries(['supervision.cloud.node.changed'], queryKey)
  return (
    <DataState query={query} isEmpty={() => false}>
      {(view) => (
        <Flex vertical gap="middle">
          {division && (
            <Flex gap="small">
              <Tag>{`${t({ zh: '只看区县', en: 'County only' })} ${division}`}</Tag>
              <PageLink to="/supervision">{t({ zh: '看全市', en: 'Whole city' })}</PageLink>
            </Flex>
          )}
          <Summary view={view} />
          <Row gutter={[16, 16]}>
            <Col xs={24} xl={12}>
              <Card size="small" title={t({ zh: '应完成与已完成', en: 'Planned and earned' })}>
                <Curve view={view} />
              </Card>
            </Col>
            <Col xs={24} xl={12}>
              <CityMap layers={['map.county', 'supervision.cloud.counties']} height={360} />
            </Col>
          </Row>
          <Tasks title={{ zh: '落后的任务', en: 'Tasks behind plan' }} rows={view.behind} />
          <Tasks title={{ zh: '30 天内到期的节点', en: 'Milestones due within 30 days' }} rows={view.soon} />
          <Tasks title={{ zh: '待核验的节点', en: 'Milestones to be checked' }} rows={view.waiting} />
          <UnitLights view={view} />
        </Flex>
      )}
    </DataState>
  )
}

function Summary({ view: { assessed, tasks, steps } }: { readonly view: Overview }) {
  const t = useWords()
  const light = (name: 'red' | 'yellow' | 'green' | 'grey') => (
    <Col xs={12} sm={6} lg={4} key={name}>
      <Card size="small">
        <Statistic title={t(LIGHTS[name])} value={tasks[name] ?? 0} />
      </Card>
    </Col>
  )
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small" align="center">
        <ProgressLight assessed={assessed} />
        <Progress assessed={assessed} />
        {Object.entries(steps).map(([step, n]) => (
          <Tag key={step}>{`${t(STEPS[step] ?? { zh: step, en: step })} ${n}`}</Tag>
        ))}
      </Flex>
      <Row gutter={[12, 12]}>
        {(['red', 'yellow', 'green', 'grey'] as const).map(light)}
        <Col xs={12} sm={6} lg={4}>
          <Card size="small">
            <Statistic title={t({ zh: '已办结', en: 'Closed' })} value={tasks.done ?? 0} />
          </Card>
        </Col>
      </Row>
    </Flex>
  )
}

function Curve({ view: { curve } }: { readonly view: Overview }) {
  const t = useWords()
  const names = [t({ zh: '应完成', en: 'Planned' }), t({ zh: '已完成', en: 'Earned' })]
  const hundred = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 10)
  return (
    <Chart
      height={300}
      label={{ zh: '每月末应完成与已完成的权重', en: 'Weight planned and earned at the end of each month' }}
      option={{
        tooltip: { trigger: 'axis' },
        legend: { top: 0, bottom: 'auto', data: names },
        grid: { left: 48, right: 16, top: 40, bottom: 32 },
        xAxis: { type: 'category', data: curve.map(({ day }) => day.slice(0, 7)) },
        yAxis: { type: 'value', max: 100, axisLabel: { formatter: '{value}%' } },
        series: [
          {
            name: names[0],
            type: 'line',
            step: 'end',
            lineStyle: { type: 'dashed' },
            data: curve.map(({ planned }) => hundred(planned)),
          },
          { name: names[1], type: 'line', step: 'end', data: curve.map(({ earned }) => hundred(earned)) },
        ],
      }}
      table={{
        columns: [t({ zh: '月末', en: 'Month' }), ...names],
        rows: curve.map(({ day, planned, earned }) => [
          day,
          percent(planned),
          earned === null ? null : percent(earned),
        ]),
      }}
    />
  )
}

function Tasks({ title, rows }: { readonly title: Words; readonly rows: readonly PlanNode[] }) {
  const t = useWords()
  return (
    <Card size="small" title={`${t(title)} ${t({ zh: `（${rows.length}）`, en: `(${rows.length})` })}`}>
      <Rows<PlanNode>
        rows={rows.slice(0, 20)}
        rowKey={({ id }) => id}
        caption={title}
        empty={{ zh: '没有', en: 'None' }}
        columns={[
          {
            id: 'title',
            title: { zh: '名称', en: 'Name' },
            heading: true,
            show: ({ id, kind, parent, title: name }) => (
              <PageLink to={`/supervision/tasks/${kind === 'milestone' ? parent : id}`}>
                <Local>{name}</Local>
              </PageLink>
            ),
          },
          {
            id: 'light',
            title: { zh: '灯', en: 'Light' },
            show: ({ assessed }) => <ProgressLight assessed={assessed} />,
          },
          { id: 'due', title: { zh: '时限', en: 'Due' }, show: ({ due }) => due ?? '—' },
          {
            id: 'unit',
            title: { zh: '牵头单位', en: 'Lead unit' },
            show: ({ lead, joint }) => <Units lead={lead} joint={joint} />,
          },
        ]}
      />
    </Card>
  )
}

function UnitLights({ view: { units } }: { readonly view: Overview }) {
  const t = useWords()
  return (
    <Card size="small" title={t({ zh: '各单位亮灯', en: 'Lights by unit' })}>
      <Rows
        rows={units}
        rowKey={({ unit }) => unit}
        caption={{ zh: '各单位亮灯', en: 'Lights by unit' }}
        columns={[
          {
            id: 'unit',
            title: { zh: '单位', en: 'Unit' },
            heading: true,
            show: ({ unit }) => <OrganisationName id={unit} />,
          },
          {
            id: 'light',
            title: { zh: '灯', en: 'Light' },
            show: ({ assessed }) => <ProgressLight assessed={assessed} />,
          },
          { id: 'tasks', title: { zh: '牵头任务', en: 'Tasks led' }, align: 'right', show: ({ tasks }) => tasks },
          {
            id: 'progress',
            title: { zh: '进度', en: 'Progress' },
            show: ({ assessed }) => <Progress assessed={assessed} />,
          },
          {
            id: 'overdue',
            title: { zh: '超期节点', en: 'Overdue' },
            align: 'right',
            show: ({ assessed }) => assessed.overdue,
          },
        ]}
      />
    </Card>
  )
}
