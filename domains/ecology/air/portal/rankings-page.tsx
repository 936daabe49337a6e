import { useQuery } from '@tanstack/react-query'
import { DatePicker, Flex, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { api, Chart, DataState, PageFrame, Rows, useLiveQueries, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { pollutantName, SHOWN } from './names.ts'
import { ReplayTag } from './notes.tsx'

interface Row {
  readonly place: number
  readonly member: string
  readonly name: Words
  readonly index: number | null
  readonly before: number | null
  readonly days: number
  readonly values: Readonly<Record<string, number | null>>
  readonly parts: readonly { readonly pollutant: string; readonly ratio: number }[]
  readonly replay: boolean
}

/** Counties or stations by composite index over a month or a year, the cleanest first. */
export function RankingsPage() {
  const t = useWords()
  const [of, setOf] = useState<'area' | 'station'>('area')
  const [unit, setUnit] = useState<'month' | 'year'>('month')
  const [at, setAt] = useState(dayjs())
  const period = at.format(unit === 'month' ? 'YYYY-MM' : 'YYYY')
  const query = useQuery({
    queryKey: ['air', 'rankings', of, period],
    queryFn: () => api.get<{ rows: Row[] }>('/api/air/rankings', { of, period }),
  })
  useLiveQueries(['air.period.computed'], ['air', 'rankings'])
  return (
    <PageFrame
      title={{ zh: '空气质量排名', en: 'Air rankings' }}
      about={{ zh: '按综合指数由低到高；越低越好。', en: 'By composite index, lowest first; lower is better.' }}
      above={[{ title: { zh: '空气质量', en: 'Air quality' }, path: '/air' }]}
    >
      <Flex wrap gap="small">
        <Segmented
          aria-label={t({ zh: '排名对象', en: 'What is ranked' })}
          value={of}
          onChange={setOf}
          options={[
            { value: 'area' as const, label: t({ zh: '县市区', en: 'Counties' }) },
            { value: 'station' as const, label: t({ zh: '站点', en: 'Stations' }) },
          ]}
        />
        <Segmented
          aria-label={t({ zh: '时段', en: 'Period' })}
          value={unit}
          onChange={setUnit}
          options={[
            { value: 'month' as const, label: t({ zh: '月', en: 'Month' }) },
            { value: 'year' as const, label: t({ zh: '年', en: 'Year' }) },
          ]}
        />
        <DatePicker
          aria-label={t({ zh: '选择时段', en: 'Choose the period' })}
          picker={unit}
          allowClear={false}
          value={at}
          onChange={(value) => value && setAt(value)}
        />
      </Flex>
      <DataState query={query} empty={{ zh: '这个时段还没有日数据', en: 'No days are known of this period yet' }}>
        {({ rows }) => <Ranking rows={rows} />}
      </DataState>
    </PageFrame>
  )
}

function Ranking({ rows }: { readonly rows: readonly Row[] }) {
  const t = useWords()
  return (
    <Flex vertical gap="middle">
      {rows.some(({ replay }) => replay) && <ReplayTag />}
      <Chart
        label={{ zh: '综合指数构成', en: 'What the composite index is made of' }}
        height={80 + rows.length * 34}
        table={{
          columns: [t({ zh: '地区或站点', en: 'Place' }), ...SHOWN.map((id) => t(pollutantName(id)))],
          rows: rows.map(({ name, parts }) => [
            t(name),
            ...SHOWN.map((id) => parts.find(({ pollutant }) => pollutant === id)?.ratio ?? null),
          ]),
        }}
        option={{
          tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
          legend: { top: 0 },
          grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
          xAxis: { type: 'value' },
          yAxis: {
            type: 'category',
            inverse: true,
            data: rows.map(({ name }) => t(name)),
            axisLabel: { width: 120, overflow: 'truncate' },
          },
          series: SHOWN.map((id) => ({
            type: 'bar',
            stack: 'index',
            name: t(pollutantName(id)),
            data: rows.map(({ parts }) => parts.find(({ pollutant }) => pollutant === id)?.ratio ?? 0),
          })),
        }}
      />
      <Rows<Row>
        rows={rows}
        rowKey={({ member }) => member}
        caption={{ zh: '排名', en: 'Ranking' }}
        columns={[
          {
            id: 'name',
            title: { zh: '地区或站点', en: 'Place' },
            heading: true,
            show: ({ place, name, index }) => `${index === null ? '—' : place}. ${t(name)}`,
          },
          {
            id: 'index',
            title: { zh: '综合指数', en: 'Index' },
            align: 'right',
            show: ({ index }) => index ?? t({ zh: '缺项', en: 'Incomplete' }),
          },
          {
            id: 'before',
            title: { zh: '上年同期', en: 'A year before' },
            align: 'right',
            show: ({ before }) => before ?? '—',
          },
          { id: 'days', title: { zh: '天数', en: 'Days' }, align: 'right', show: ({ days }) => days },
          ...SHOWN.map((id) => ({
            id,
            title: pollutantName(id),
            align: 'right' as const,
            show: ({ values }: Row) => values[id] ?? '—',
          })),
        ]}
      />
    </Flex>
  )
}
