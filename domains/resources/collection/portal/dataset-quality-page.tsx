import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { App, Button, Card, Drawer, Flex, Popconfirm, Tag, Typography } from 'antd'
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
  useMe,
  useRight,
  useWords,
} from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { RuleForm } from './rule-form.tsx'
import type { Counts, DatasetQuality, RuleView } from './types.ts'
import { CHECKS, DIMENSIONS, percent, RULE_STATES, SEVERITIES, titleOf } from './words.ts'

/** The rules of a dataset, what each found last, and its score over time. */
export function DatasetQualityPage() {
  const { dataset = '' } = useParams({ strict: false }) as { dataset?: string }
  const t = useWords()
  const key = ['collection', 'quality', dataset]
  const path = `/api/collection/quality/${encodeURIComponent(dataset)}`
  const query = useQuery({ queryKey: key, queryFn: () => api.get<DatasetQuality>(path) })
  useLiveQueries(['collection.dataset.checked'], key)
  const mayWrite = useRight('collection.rules')
  const [before, setBefore] = useState<RuleView | 'new'>()
  const close = () => {
    setBefore(undefined)
    void query.refetch()
  }
  return (
    <PageFrame
      title={query.data?.title ?? { zh: '数据集质量', en: 'Quality of a dataset' }}
      {...(query.data ? { about: query.data.about } : {})}
      above={[{ title: { zh: '数据质量', en: 'Quality of data' }, path: '/quality' }]}
      extra={
        mayWrite && (
          <>
            <CheckNow path={path} />
            <Button type="primary" onClick={() => setBefore('new')}>
              {t({ zh: '新建规则', en: 'New rule' })}
            </Button>
          </>
        )
      }
    >
      <DataState query={query}>
        {(quality) => (
          <Flex vertical gap="middle">
            <Typography.Text>
              {t({ zh: '来源单位：', en: 'Source: ' })}
              <OrganisationName id={quality.source} />
            </Typography.Text>
            {quality.trend.length > 0 && <Trend trend={quality.trend} />}
            <RuleTable rules={quality.rules} change={setBefore} done={() => void query.refetch()} />
          </Flex>
        )}
      </DataState>
      {before && (
        <Drawer
          open
          size={720}
          title={
            before === 'new' ? t({ zh: '新建规则', en: 'New rule' }) : t({ zh: '修改规则', en: 'Change the rule' })
          }
          onClose={close}
        >
          <RuleForm dataset={dataset} {...(before === 'new' ? {} : { before })} done={close} />
        </Drawer>
      )}
    </PageFrame>
  )
}

function CheckNow({ path }: { readonly path: string }) {
  const t = useWords()
  const { message } = App.useApp()
  const check = useMutation({
    mutationFn: () => api.post(`${path}/checks`),
    onSuccess: () =>
      void message.success(t({ zh: '已开始检查，结果出来后自动刷新', en: 'Checking; the page follows' })),
    onError: (error) => void message.error(error.message),
  })
  return (
    <Button loading={check.isPending} onClick={() => check.mutate()}>
      {t({ zh: '立即检查', en: 'Check now' })}
    </Button>
  )
}

function Trend({ trend }: { readonly trend: DatasetQuality['trend'] }) {
  const t = useWords()
  const days = trend.map(({ day }) => day)
  const measured = Object.keys(DIMENSIONS).filter((id) => trend.some(({ dimensions }) => dimensions[id] !== undefined))
  const option = {
    tooltip: { trigger: 'axis' },
    legend: { type: 'scroll', bottom: 0 },
    grid: { left: 40, right: 16, top: 16, bottom: 56 },
    xAxis: { type: 'category', data: days },
    yAxis: { type: 'value', max: 100, min: (value: { min: number }) => Math.floor(Math.max(0, value.min - 5)) },
    series: [
      {
        type: 'line',
        name: t({ zh: '总分', en: 'Score' }),
        lineStyle: { width: 3 },
        data: trend.map(({ total }) => total),
      },
      ...measured.map((id) => ({
        type: 'line',
        name: t(titleOf(DIMENSIONS, id)),
        data: trend.map(({ dimensions }) => dimensions[id] ?? null),
      })),
    ],
  }
  return (
    <Card title={t({ zh: '得分走势', en: 'Score over time' })}>
      <Chart
        option={option}
        height={260}
        label={{ zh: '得分走势', en: 'Score over time' }}
        table={{
          columns: [
            t({ zh: '日期', en: 'Day' }),
            t({ zh: '总分', en: 'Score' }),
            ...measured.map((id) => t(titleOf(DIMENSIONS, id))),
          ],
          rows: trend.map(({ day, total, dimensions }) => [
            day,
            total,
            ...measured.map((id) => dimensions[id] ?? null),
          ]),
        }}
      />
    </Card>
  )
}

interface RuleTableProps {
  readonly rules: readonly RuleView[]
  readonly change: (rule: RuleView) => void
  readonly done: () => void
}

function RuleTable({ rules, change, done }: RuleTableProps) {
  const t = useWords()
  return (
    <Rows<RuleView>
      rows={rules}
      rowKey={({ id }) => id}
      caption={{ zh: '质量规则', en: 'Rules of quality' }}
      columns={[
        {
          id: 'title',
          title: { zh: '规则', en: 'Rule' },
          heading: true,
          show: ({ title, check }) => (
            <>
              {t(title)}
              {check && <Typography.Text type="secondary">{` · ${t(titleOf(CHECKS, check.kind))}`}</Typography.Text>}
            </>
          ),
        },
        {
          id: 'dimension',
          title: { zh: '维度', en: 'Dimension' },
          show: ({ dimension }) => t(titleOf(DIMENSIONS, dimension)),
        },
        {
          id: 'severity',
          title: { zh: '程度', en: 'Severity' },
          show: ({ severity }) => t(titleOf(SEVERITIES, severity)),
        },
        {
          id: 'least',
          title: { zh: '应达比例', en: 'Least share' },
          align: 'right',
          show: ({ least }) => percent(least, 1),
        },
        { id: 'result', title: { zh: '最近检查', en: 'Last check' }, show: (rule) => <Result rule={rule} /> },
        {
          id: 'state',
          title: { zh: '状态', en: 'State' },
          show: ({ state }) => {
            const known = RULE_STATES[state]
            return known && <Tag color={known.colour}>{t(known.words)}</Tag>
          },
        },
        {
          id: 'acts',
          title: { zh: '办理', en: 'Actions' },
          show: (rule) => <Acts rule={rule} change={change} done={done} />,
        },
      ]}
    />
  )
}

function Result({ rule: { result, counts } }: { readonly rule: RuleView }) {
  const t = useWords()
  if (!result) return <span>{t({ zh: '还没有检查', en: 'Not yet' })}</span>
  if (result.problem) return <Tag color="red">{t({ zh: '规则算不出来', en: 'Cannot be computed' })}</Tag>
  const good = percent(result.rows - result.bad, result.rows)
  const said: Readonly<Record<Counts, Words>> = {
    rows: { zh: `${result.bad} 行不合格，合格 ${good}`, en: `${result.bad} rows fail, ${good} good` },
    runs: { zh: `${result.bad} 次未取到，取到 ${good}`, en: `${result.bad} collections failed, ${good} good` },
    dataset: result.bad > 0 ? { zh: '未按承诺更新', en: 'Older than promised' } : { zh: '合格', en: 'Good' },
  }
  const text = t(said[counts])
  return result.loop ? <PageLink to={`/corrections/${result.loop}`}>{text}</PageLink> : <span>{text}</span>
}

function Acts({ rule, change, done }: { readonly rule: RuleView } & Pick<RuleTableProps, 'change' | 'done'>) {
  const t = useWords()
  const me = useMe()
  const { message } = App.useApp()
  const mayWrite = useRight('collection.rules')
  const mayPublish = useRight('collection.publish') && rule.by !== me.account
  const decide = useMutation({
    mutationFn: (what: 'publish' | 'withdraw') => api.post(`/api/collection/rules/${rule.id}/${what}`),
    onSuccess: done,
    onError: (error) => void message.error(error.message),
  })
  if (rule.state === 'declared' || rule.state === 'withdrawn') return <span>—</span>
  return (
    <Flex gap="small" wrap>
      {mayPublish && rule.state === 'draft' && (
        <Button size="small" type="primary" loading={decide.isPending} onClick={() => decide.mutate('publish')}>
          {t({ zh: '发布', en: 'Publish' })}
        </Button>
      )}
      {mayWrite && rule.state === 'published' && (
        <Button size="small" onClick={() => change(rule)}>
          {t({ zh: '修改', en: 'Change' })}
        </Button>
      )}
      {mayWrite && (
        <Popconfirm
          title={t({ zh: '停用后不再检查，已有的校核事项不受影响', en: 'It is checked no more; open matters stay' })}
          onConfirm={() => decide.mutate('withdraw')}
        >
          <Button size="small">{t({ zh: '停用', en: 'Withdraw' })}</Button>
        </Popconfirm>
      )}
    </Flex>
  )
}
