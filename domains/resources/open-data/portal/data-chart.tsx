import { Flex, Select, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { Chart, DataState, useWords } from '#portal/ui'
import type { ColumnView, DatasetView, RowsView } from './types.ts'
import { useRows } from './use-rows.ts'
import { valueText } from './value-text.ts'

const ROWS = 1_000
const BARS = 20
const NUMBERS = new Set(['integer', 'decimal'])
const TIMES = new Set(['instant', 'date'])
const COUNT = ''

/** A picture of the data: a number over time, or a sum, or how often each value occurs. */
export function DataChart({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const { columns } = dataset.current
  const numbers = columns.filter(({ kind }) => NUMBERS.has(kind))
  const groups = columns.filter(({ kind }) => !NUMBERS.has(kind) && kind !== 'point' && kind !== 'json')
  const time = columns.find(({ kind }) => TIMES.has(kind))
  const plain = groups.find(({ kind }) => kind === 'code') ?? groups.find(({ key }) => !key) ?? groups[0]
  const [by, setBy] = useState((time ?? plain)?.name ?? '')
  const [of, setOf] = useState(numbers[0]?.name ?? COUNT)
  const query = useRows(dataset.id, { limit: ROWS, ...(time ? { sort: `-${time.name}` } : {}) })
  const names = [...groups].map(({ name, title }) => ({ value: name, label: t(title) }))
  const measures = [
    ...numbers.map(({ name, title, unit }) => ({ value: name, label: `${t(title)}${unit ? ` (${unit})` : ''}` })),
    { value: COUNT, label: t({ zh: '行数', en: 'Number of rows' }) },
  ]
  const grouped = columns.find(({ name }) => name === by)
  const measured = columns.find(({ name }) => name === of)
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small">
        <Select
          aria-label={t({ zh: '按什么分组', en: 'By' })}
          value={by}
          options={names}
          onChange={setBy}
          style={{ minWidth: 160 }}
        />
        <Select
          aria-label={t({ zh: '看什么数', en: 'Measure' })}
          value={of}
          options={measures}
          onChange={setOf}
          style={{ minWidth: 160 }}
        />
      </Flex>
      <DataState query={query}>
        {(found) => grouped && <Picture dataset={dataset} found={found} grouped={grouped} measured={measured} />}
      </DataState>
    </Flex>
  )
}

interface PictureProps {
  readonly dataset: DatasetView
  readonly found: RowsView
  readonly grouped: ColumnView
  readonly measured: ColumnView | undefined
}

function Picture({ dataset, found, grouped, measured }: PictureProps) {
  const t = useWords()
  const bars = useMemo(() => barsOf(found, grouped, measured, t), [found, grouped, measured, t])
  const title = measured ? t(measured.title) : t({ zh: '行数', en: 'Number of rows' })
  return (
    <>
      <Chart
        label={{
          zh: `${dataset.title.zh}：按${grouped.title.zh}的${title}`,
          en: `${dataset.title.en}: ${title} by ${grouped.title.en}`,
        }}
        table={{ columns: [t(grouped.title), title], rows: bars }}
        option={{
          tooltip: { trigger: 'axis' },
          grid: { left: 56, right: 24, top: 32, bottom: 72 },
          xAxis: { type: 'category', data: bars.map(([name]) => name), axisLabel: { rotate: 30 } },
          yAxis: { type: 'value', name: title, nameTextStyle: { align: 'left' } },
          series: [{ type: TIMES.has(grouped.kind) ? 'line' : 'bar', data: bars.map(([, value]) => value) }],
        }}
      />
      <Typography.Text type="secondary">
        {t({
          zh: `图上是${found.total > ROWS ? `最近 ${ROWS} 行` : '全部数据'}，数值取平均。`,
          en: `Drawn from ${found.total > ROWS ? `the latest ${ROWS} rows` : 'all rows'}; numbers are means.`,
        })}
      </Typography.Text>
    </>
  )
}

/** Mean of the measure, or number of rows, of each value; times in their order, others the largest first. */
function barsOf(
  { rows }: RowsView,
  grouped: ColumnView,
  measured: ColumnView | undefined,
  t: (words: { zh: string; en: string }) => string,
): [string, number][] {
  const sums = new Map<string, { sum: number; count: number }>()
  for (const row of rows) {
    const value = measured ? row[measured.name] : 1
    if (typeof value !== 'number') continue
    const key = valueText(grouped, row[grouped.name], t)
    const before = sums.get(key) ?? { sum: 0, count: 0 }
    sums.set(key, { sum: before.sum + value, count: before.count + 1 })
  }
  const bars = [...sums].map(([key, { sum, count }]): [string, number] => [
    key,
    measured ? Math.round((sum / count) * 100) / 100 : count,
  ])
  if (TIMES.has(grouped.kind)) return bars.toSorted((a, b) => a[0].localeCompare(b[0]))
  return bars.toSorted((a, b) => b[1] - a[1]).slice(0, BARS)
}
