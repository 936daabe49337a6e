import { useQuery } from '@tanstack/react-query'
import { Button, Card, Drawer, Flex, Segmented, Tag, Typography } from 'antd'
import { useState } from 'react'
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
import './supervision.css'
import { Local, WithPlan } from './shared.tsx'
import { OUTCOMES, percent, STEPS } from './types.ts'

type By = 'unit' | 'county' | 'goal'
interface Group {
  readonly key: string
  readonly name: Words
  readonly tasks: number
  readonly milestones: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly lights: Readonly<Record<string, number>>
  readonly planned: number
  readonly earned: number
  readonly spi: number | null
  readonly steps: Readonly<Record<string, number>>
  readonly series: readonly { readonly day: string; readonly spi: number | null }[]
}
interface Statistics {
  readonly day: string
  readonly rows: readonly Group[]
}
interface Behind {
  readonly id: string
  readonly title: string
  readonly task: string
  readonly taskTitle: string
  readonly lead: string | null
  readonly loop: string | null
  readonly due: string | null
  readonly achievedOn: string | null
  readonly outcome: string
}
/** A number that was pressed. */
interface Opened {
  readonly group: Group
  readonly outcome: string
}

const MOST_LINES = 8

/** How units, counties and goals keep their dates; every number opens the milestones behind it. */
export function StatisticsPage() {
  return (
    <PageFrame
      title={{ zh: '督查统计', en: 'Statistics of key work' }}
      about={{
        zh: '按单位、区县、目标统计按期和逾期；点数字看对应的节点和事项。',
        en: 'In time and late by unit, county and goal; press a number to see what it is made of.',
      }}
      above={[{ title: { zh: '督查督办', en: 'Supervision' }, path: '/supervision' }]}
    >
      <WithPlan>{(id) => <PlanStatistics id={id} />}</WithPlan>
    </PageFrame>
  )
}

function PlanStatistics({ id }: { readonly id: string }) {
  const t = useWords()
  const [by, setBy] = useState<By>('unit')
  const [opened, setOpened] = useState<Opened>()
  const queryKey = ['supervision', 'statistics', id, by]
  const query = useQuery({
    queryKey,
    queryFn: () => api.get<Statistics>(`/api/supervision/plans/${id}/statistics`, { by }),
  })
  useLiveQueries(['supervision.cloud.node.changed'], queryKey)
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center" justify="space-between">
        <Segmented<By>
          aria-label={t({ zh: '统计口径', en: 'By' })}
          value={by}
          onChange={setBy}
          options={[
            { value: 'unit', label: t({ zh: '按牵头单位', en: 'By lead unit' }) },
            { value: 'county', label: t({ zh: '按区县', en: 'By county' }) },
            { value: 'goal', label: t({ zh: '按目标', en: 'By goal' }) },
          ]}
        />
        <Export base={`/api/supervision/plans/${id}/statistics/groups`} query={`by=${by}`} />
      </Flex>
      <DataState query={query} isEmpty={({ rows }) => rows.length === 0}>
        {({ rows }) => (
          <Flex vertical gap="middle">
            <Typography.Text type="secondary">
              {t({
                zh: '进度指数＝已完成÷应完成，按节点权重算到今天：1 为与计划同步，小于 1 为落后，大于 1 为提前。',
                en: 'Progress index = earned ÷ planned, by the weights of the milestones until today: 1 is as planned, less is behind, more is ahead.',
              })}
            </Typography.Text>
            <Table rows={rows} by={by} onOpen={setOpened} />
            <Index rows={rows} />
          </Flex>
        )}
      </DataState>
      {opened && <Milestones id={id} by={by} opened={opened} onClose={() => setOpened(undefined)} />}
    </Flex>
  )
}

function Export({ base, query }: { readonly base: string; readonly query: string }) {
  const t = useWords()
  return (
    <Flex gap="small">
      <Button href={`${base}.xlsx?${query}`}>{t({ zh: '导出 XLSX', en: 'Export XLSX' })}</Button>
      <Button href={`${base}.csv?${query}`}>{t({ zh: '导出 CSV', en: 'Export CSV' })}</Button>
    </Flex>
  )
}

function Name({ group, by }: { readonly group: Group; readonly by: By }) {
  const t = useWords()
  return by === 'goal' ? <Local>{group.name.zh}</Local> : <span className="sup-group">{t(group.name)}</span>
}

function Table({
  rows,
  by,
  onOpen,
}: {
  readonly rows: readonly Group[]
  readonly by: By
  readonly onOpen: (opened: Opened) => void
}) {
  const t = useWords()
  const outcome = (id: string) => ({
    id,
    title: OUTCOMES[id] ?? { zh: id, en: id },
    align: 'right' as const,
    show: (group: Group) => {
      const n = group.outcomes[id] ?? 0
      if (n === 0) return '0'
      return (
        <Button
          type="link"
          size="small"
          aria-label={`${t(group.name)} ${t(OUTCOMES[id] ?? { zh: id, en: id })} ${n}`}
          onClick={() => onOpen({ group, outcome: id })}
        >
          {n}
        </Button>
      )
    },
  })
  return (
    <Rows<Group>
      rows={rows}
      rowKey={({ key }) => key}
      caption={{ zh: '督查统计', en: 'Statistics of key work' }}
      columns={[
        {
          id: 'name',
          title: { zh: '名称', en: 'Name' },
          heading: true,
          show: (group) => <Name group={group} by={by} />,
        },
        { id: 'tasks', title: { zh: '任务', en: 'Tasks' }, align: 'right', show: ({ tasks }) => tasks },
        ...['onTime', 'late', 'overdue', 'waiting', 'open'].map(outcome),
        {
          id: 'lights',
          title: { zh: '任务亮灯', en: 'Lights of tasks' },
          show: ({ lights }) => <Lights lights={lights} />,
        },
        {
          id: 'progress',
          title: { zh: '应完成／已完成', en: 'Planned / earned' },
          align: 'right',
          show: ({ planned, earned }) => `${percent(planned)} / ${percent(earned)}`,
        },
        {
          id: 'spi',
          title: { zh: '进度指数', en: 'Progress index' },
          align: 'right',
          show: ({ spi }) => spi?.toFixed(2) ?? '—',
        },
        {
          id: 'steps',
          title: { zh: '督办升级', en: 'Ladder' },
          show: ({ steps }) => (
            <Flex wrap gap={4}>
              {Object.keys(steps).length === 0
                ? '—'
                : Object.entries(steps).map(([step, n]) => (
                    <Tag key={step}>{`${t(STEPS[step] ?? { zh: step, en: step })} ${n}`}</Tag>
                  ))}
            </Flex>
          ),
        },
      ]}
    />
  )
}

const SHORT: Readonly<Record<string, Words>> = {
  red: { zh: '红', en: 'Red' },
  yellow: { zh: '黄', en: 'Yellow' },
  green: { zh: '绿', en: 'Green' },
  grey: { zh: '未到节点', en: 'None due' },
  done: { zh: '已办结', en: 'Closed' },
}
const COLOURS: Readonly<Record<string, string>> = { red: 'error', yellow: 'warning', green: 'success' }

function Lights({ lights }: { readonly lights: Readonly<Record<string, number>> }) {
  const t = useWords()
  return (
    <Flex wrap gap={4}>
      {['red', 'yellow', 'green', 'grey', 'done']
        .filter((light) => lights[light])
        .map((light) => (
          <Tag
            key={light}
            color={COLOURS[light] ?? 'default'}
          >{`${t(SHORT[light] ?? { zh: light, en: light })} ${lights[light]}`}</Tag>
        ))}
    </Flex>
  )
}

/** The index along the year, for the groups that are furthest behind. */
function Index({ rows }: { readonly rows: readonly Group[] }) {
  const t = useWords()
  const shown = rows.filter(({ spi }) => spi !== null).slice(0, MOST_LINES)
  const days = shown[0]?.series.map(({ day }) => day) ?? []
  if (days.length === 0) return null
  const title = { zh: '进度指数变化', en: 'Progress index over time' }
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)
  return (
    <Card
      size="small"
      title={`${t(title)}${rows.length > MOST_LINES ? t({ zh: `（最靠后的 ${MOST_LINES} 个）`, en: ` (the ${MOST_LINES} furthest behind)` }) : ''}`}
    >
      <Chart
        height={320}
        label={title}
        option={{
          tooltip: { trigger: 'axis' },
          legend: { type: 'scroll', top: 0, bottom: 'auto', data: shown.map(({ name }) => t(name)) },
          grid: { left: 40, right: 16, top: 48, bottom: 32 },
          xAxis: { type: 'category', data: days },
          yAxis: { type: 'value', min: 0 },
          series: shown.map(({ name, series }) => ({
            name: t(name),
            type: 'line',
            connectNulls: true,
            data: series.map(({ spi }) => rounded(spi)),
          })),
        }}
        table={{
          columns: [t({ zh: '日期', en: 'Day' }), ...shown.map(({ name }) => t(name))],
          rows: days.map((day, at) => [day, ...shown.map(({ series }) => rounded(series[at]?.spi ?? null))]),
        }}
      />
    </Card>
  )
}

function Milestones({
  id,
  by,
  opened: { group, outcome },
  onClose,
}: {
  readonly id: string
  readonly by: By
  readonly opened: Opened
  readonly onClose: () => void
}) {
  const t = useWords()
  const asked = { by, key: group.key, outcome }
  const query = useQuery({
    queryKey: ['supervision', 'statistics', id, 'milestones', asked],
    queryFn: () => api.get<{ rows: Behind[] }>(`/api/supervision/plans/${id}/statistics/milestones`, asked),
  })
  const title = OUTCOMES[outcome] ?? { zh: outcome, en: outcome }
  return (
    <Drawer
      open
      onClose={onClose}
      size="large"
      title={
        <span>
          <Name group={group} by={by} /> · {t(title)}
        </span>
      }
      extra={
        <Export
          base={`/api/supervision/plans/${id}/statistics/milestones`}
          query={new URLSearchParams(asked).toString()}
        />
      }
    >
      <DataState query={query} isEmpty={({ rows }) => rows.length === 0}>
        {({ rows }) => (
          <Rows<Behind>
            rows={rows}
            rowKey={({ id: milestone }) => milestone}
            caption={title}
            columns={[
              {
                id: 'title',
                title: { zh: '节点', en: 'Milestone' },
                heading: true,
                show: (one) => (
                  <Flex vertical>
                    <Local>{one.title}</Local>
                    <PageLink to={`/supervision/tasks/${one.task}`}>
                      <Local>{one.taskTitle}</Local>
                    </PageLink>
                  </Flex>
                ),
              },
              {
                id: 'unit',
                title: { zh: '牵头单位', en: 'Lead unit' },
                show: ({ lead }) => <OrganisationName id={lead} />,
              },
              {
                id: 'dates',
                title: { zh: '时限／完成', en: 'Due / achieved' },
                show: ({ due, achievedOn }) => `${due ?? '—'} / ${achievedOn ?? '—'}`,
              },
              {
                id: 'matter',
                title: { zh: '事项', en: 'Matter' },
                show: ({ loop }) => (loop ? <PageLink to={`/loops/${loop}`}>{`#${loop}`}</PageLink> : '—'),
              },
            ]}
          />
        )}
      </DataState>
    </Drawer>
  )
}
