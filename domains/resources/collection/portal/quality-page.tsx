import { useQuery } from '@tanstack/react-query'
import { Card, Col, Flex, Row, Select, Statistic, Tag } from 'antd'
import { useMemo, useState } from 'react'
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
import { down, Score } from './score.tsx'
import type { QualityOverview, QualityRow } from './types.ts'
import { useUnitNames } from './use-unit-names.ts'
import { DIMENSIONS, titleOf } from './words.ts'

const KEY = ['collection', 'quality']

/** How good each dataset is by the six dimensions, and how its sources do over time. */
export function QualityPage() {
  const query = useQuery({ queryKey: KEY, queryFn: () => api.get<QualityOverview>('/api/collection/quality') })
  useLiveQueries(['collection.dataset.checked'], KEY)
  return (
    <PageFrame
      title={{ zh: '数据质量', en: 'Quality of data' }}
      about={{
        zh: '按国家标准 GB/T 36344 的六个维度打分；不合格的数据退回来源单位更正。',
        en: 'Scored by the six dimensions of GB/T 36344; what fails goes back to its source.',
      }}
    >
      <DataState
        query={query}
        isEmpty={({ rows }) => rows.length === 0}
        empty={{ zh: '没有您可以查看的数据集', en: 'There is no dataset for you to see' }}
      >
        {(overview) => <Overview overview={overview} />}
      </DataState>
    </PageFrame>
  )
}

function Overview({ overview }: { readonly overview: QualityOverview }) {
  const t = useWords()
  const units = [...new Set(overview.rows.map(({ source }) => source))].toSorted()
  const names = useUnitNames(units)
  const [unit, setUnit] = useState<string>()
  const rows = overview.rows.filter(({ source }) => unit === undefined || source === unit)
  const checked = rows.filter(({ total }) => total !== null)
  const mean = checked.reduce((sum, { total }) => sum + (total ?? 0), 0) / Math.max(1, checked.length)
  const sorted = rows.toSorted((a, b) => (a.total ?? 101) - (b.total ?? 101))
  return (
    <Flex vertical gap="middle">
      <Row gutter={[16, 16]}>
        <Figure title={t({ zh: '平均得分', en: 'Mean score' })} value={checked.length ? down(mean) : '—'} />
        <Figure
          title={t({ zh: '已检查数据集', en: 'Datasets checked' })}
          value={`${checked.length} / ${rows.length}`}
        />
        <Figure
          title={t({ zh: '正在校核的问题', en: 'Faults being corrected' })}
          value={rows.reduce((sum, { failing }) => sum + failing, 0)}
        />
        <Figure
          title={t({ zh: '检查过的行数', en: 'Rows checked' })}
          value={checked.reduce((sum, { rows: n }) => sum + n, 0).toLocaleString()}
        />
      </Row>
      <Select
        aria-label={t({ zh: '来源单位', en: 'Source' })}
        style={{ maxWidth: 360 }}
        allowClear
        placeholder={t({ zh: '全部来源单位', en: 'All sources' })}
        value={unit ?? null}
        onChange={(next) => setUnit(next ?? undefined)}
        options={units.map((id) => ({ value: id, label: names.get(id) ?? id }))}
      />
      {checked.length > 0 && (
        <Row gutter={[16, 16]}>
          <Col xs={24} lg={10}>
            <Card title={t({ zh: '六个维度', en: 'The six dimensions' })}>
              <Dimensions rows={checked} />
            </Card>
          </Col>
          <Col xs={24} lg={14}>
            <Card title={t({ zh: '来源单位得分走势', en: 'Scores of sources over time' })}>
              <Trend overview={overview} unit={unit} names={names} />
            </Card>
          </Col>
        </Row>
      )}
      <Rows<QualityRow>
        rows={sorted}
        rowKey={({ dataset }) => dataset}
        caption={{ zh: '各数据集得分', en: 'Scores of datasets' }}
        columns={[
          {
            id: 'title',
            title: { zh: '数据集', en: 'Dataset' },
            heading: true,
            show: ({ dataset, title }) => (
              <PageLink to={`/quality/${encodeURIComponent(dataset)}`}>{t(title)}</PageLink>
            ),
          },
          {
            id: 'source',
            title: { zh: '来源单位', en: 'Source' },
            show: ({ source }) => <OrganisationName id={source} />,
          },
          { id: 'total', title: { zh: '总分', en: 'Score' }, show: ({ total }) => <Score value={total} /> },
          ...Object.keys(DIMENSIONS).map((id) => ({
            id,
            title: titleOf(DIMENSIONS, id),
            align: 'right' as const,
            show: ({ dimensions }: QualityRow) => (dimensions[id] === undefined ? '—' : down(dimensions[id])),
          })),
          {
            id: 'failing',
            title: { zh: '正在校核', en: 'Open faults' },
            show: ({ failing }) => (failing > 0 ? <Tag color="orange">{failing}</Tag> : '0'),
          },
          { id: 'day', title: { zh: '检查日期', en: 'Checked on' }, show: ({ day }) => day ?? '—' },
        ]}
      />
    </Flex>
  )
}

const Figure = ({ title, value }: { readonly title: string; readonly value: string | number }) => (
  <Col xs={12} lg={6}>
    <Card size="small">
      <Statistic title={title} value={value} />
    </Card>
  </Col>
)

/** Means of the datasets in each dimension; one that no rule looks at is left out. */
function Dimensions({ rows }: { readonly rows: readonly QualityRow[] }) {
  const t = useWords()
  const means = Object.keys(DIMENSIONS).map((id) => {
    const values = rows.flatMap(({ dimensions }) => dimensions[id] ?? [])
    return {
      title: t(titleOf(DIMENSIONS, id)),
      value: values.length ? Math.round((10 * values.reduce((a, b) => a + b, 0)) / values.length) / 10 : null,
    }
  })
  const option = useMemo(
    () => ({
      tooltip: {},
      radar: {
        indicator: means.map(({ title, value }) => ({
          name: value === null ? `${title} —` : `${title} ${value}`,
          max: 100,
        })),
        radius: '62%',
      },
      series: [{ type: 'radar', areaStyle: { opacity: 0.2 }, data: [{ value: means.map(({ value }) => value ?? 0) }] }],
    }),
    [means],
  )
  return (
    <Chart
      option={option}
      height={280}
      label={{ zh: '六个维度的平均分', en: 'Mean scores of the six dimensions' }}
      table={{
        columns: [t({ zh: '维度', en: 'Dimension' }), t({ zh: '平均分', en: 'Mean' })],
        rows: means.map(({ title, value }) => [title, value]),
      }}
    />
  )
}

const MOST_LINES = 8

function Trend({
  overview,
  unit,
  names,
}: {
  readonly overview: QualityOverview
  readonly unit: string | undefined
  readonly names: ReadonlyMap<string, string>
}) {
  const t = useWords()
  const points = overview.trend.filter(({ source }) => unit === undefined || source === unit)
  const days = [...new Set(points.map(({ day }) => day))].toSorted()
  const units = [...new Set(points.map(({ source }) => source))].slice(0, MOST_LINES)
  const option = {
    tooltip: { trigger: 'axis' },
    legend: { type: 'scroll', bottom: 0 },
    grid: { left: 40, right: 16, top: 16, bottom: 56 },
    xAxis: { type: 'category', data: days },
    yAxis: { type: 'value', min: (value: { min: number }) => Math.floor(Math.max(0, value.min - 5)), max: 100 },
    series: units.map((id) => ({
      type: 'line',
      name: names.get(id) ?? id,
      connectNulls: true,
      data: days.map((day) => points.find((point) => point.source === id && point.day === day)?.total ?? null),
    })),
  }
  return (
    <Chart
      option={option}
      height={280}
      label={{ zh: '来源单位得分走势', en: 'Scores of sources over time' }}
      table={{
        columns: [t({ zh: '来源单位', en: 'Source' }), t({ zh: '日期', en: 'Day' }), t({ zh: '得分', en: 'Score' })],
        rows: points.map(({ source, day, total }) => [names.get(source) ?? source, day, total]),
      }}
    />
  )
}
