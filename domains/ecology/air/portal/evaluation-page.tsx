import { useQuery } from '@tanstack/react-query'
import { Card, Flex, InputNumber, Statistic, Tag } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, Rows, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { Labelled } from './labelled.tsx'
import { pollutantName, pollutantUnit } from './names.ts'
import { ReplayTag } from './notes.tsx'

interface Item {
  readonly statistic: string
  readonly percentile: number | null
  readonly value: number | null
  readonly limits: readonly number[] | null
  readonly class: number | null
  readonly exceedance: number | null
}
interface PollutantResult {
  readonly pollutant: string
  readonly days: number
  readonly requiredDays: number
  readonly valid: boolean
  readonly compliant: boolean | null
  readonly class: number | null
  readonly items: readonly Item[]
}
interface Area {
  readonly division: string
  readonly name: Words
  readonly days: number
  readonly goodDays: number
  readonly replay: boolean
  readonly compliant: boolean | null
  readonly pollutants: readonly PollutantResult[]
}

/** The year of every area against the limits, item by item. */
export function EvaluationPage() {
  const t = useWords()
  const [year, setYear] = useState(new Date().getFullYear())
  const query = useQuery({
    queryKey: ['air', 'evaluation', year],
    queryFn: () => api.get<{ packs: string[]; areas: Area[] }>('/api/air/evaluation', { year }),
  })
  return (
    <PageFrame
      title={{ zh: '空气年度评价', en: 'Annual evaluation of air' }}
      about={{
        zh: '天数不足时只列出数值，不作达标判断。',
        en: 'With too few days the values are shown and nothing is judged.',
      }}
      above={[{ title: { zh: '空气质量', en: 'Air quality' }, path: '/air' }]}
    >
      <Labelled label={t({ zh: '年份', en: 'Year' })}>
        {(id) => (
          <InputNumber id={id} min={2013} max={2100} value={year} onChange={(value) => value && setYear(value)} />
        )}
      </Labelled>
      <DataState
        query={query}
        isEmpty={({ areas }) => areas.every(({ days }) => days === 0)}
        empty={{ zh: '这一年还没有日数据', en: 'No days are known of this year' }}
      >
        {({ packs, areas }) => (
          <Flex vertical gap="middle">
            <span>{`${t({ zh: '依据', en: 'By' })} ${packs.join('、')}`}</span>
            {areas
              .filter(({ days }) => days > 0)
              .map((area) => (
                <AreaCard key={area.division} area={area} />
              ))}
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function AreaCard({ area }: { readonly area: Area }) {
  const t = useWords()
  const rows = area.pollutants.flatMap((result) => result.items.map((item) => ({ ...item, of: result })))
  return (
    <Card size="small" title={t(area.name)} extra={area.replay && <ReplayTag />}>
      <Flex wrap gap="large">
        <Statistic title={t({ zh: '有效天数', en: 'Valid days' })} value={area.days} />
        <Statistic
          title={t({ zh: '优良天数比例', en: 'Good days' })}
          value={area.days === 0 ? 0 : (area.goodDays * 100) / area.days}
          precision={1}
          suffix="%"
        />
        <Verdict compliant={area.compliant} />
      </Flex>
      <Rows
        rows={rows}
        rowKey={({ of, statistic }) => `${of.pollutant} ${statistic}`}
        caption={{ zh: '逐项评价', en: 'Item by item' }}
        columns={[
          {
            id: 'item',
            title: { zh: '项目', en: 'Item' },
            heading: true,
            show: ({ of, percentile }) =>
              `${t(pollutantName(of.pollutant))} ${percentile === null ? t({ zh: '年均值', en: 'annual mean' }) : t({ zh: `第${percentile}百分位数`, en: `${percentile}th percentile` })}`,
          },
          {
            id: 'value',
            title: { zh: '数值', en: 'Value' },
            align: 'right',
            show: ({ value, of }) => `${value ?? '—'} ${pollutantUnit(of.pollutant)}`,
          },
          {
            id: 'limit',
            title: { zh: '一级／二级限值', en: 'Class 1 / 2' },
            align: 'right',
            show: ({ limits }) => limits?.join(' / ') ?? '—',
          },
          {
            id: 'class',
            title: { zh: '类别', en: 'Class' },
            show: (item) => (item.of.valid ? <ClassTag item={item} /> : '—'),
          },
          {
            id: 'exceedance',
            title: { zh: '超标倍数', en: 'Exceeds by' },
            align: 'right',
            show: ({ exceedance, of }) => (of.valid && exceedance !== null ? exceedance : '—'),
          },
          {
            id: 'days',
            title: { zh: '天数／要求', en: 'Days / needed' },
            align: 'right',
            show: ({ of }) => `${of.days} / ${of.requiredDays}`,
          },
        ]}
      />
    </Card>
  )
}

function ClassTag({ item }: { readonly item: Item }) {
  const t = useWords()
  if (item.class === null) return <span>—</span>
  if (item.class === 3) return <Tag color="red">{t({ zh: '超二级', en: 'Above class 2' })}</Tag>
  return (
    <Tag color="green">{item.class === 1 ? t({ zh: '一级', en: 'Class 1' }) : t({ zh: '二级', en: 'Class 2' })}</Tag>
  )
}

function Verdict({ compliant }: { readonly compliant: boolean | null }) {
  const t = useWords()
  const text =
    compliant === null
      ? { zh: '数据不足，不判定', en: 'Too little data to judge' }
      : compliant
        ? { zh: '达标', en: 'Complies' }
        : { zh: '不达标', en: 'Does not comply' }
  return <Tag color={compliant === null ? 'default' : compliant ? 'green' : 'red'}>{t(text)}</Tag>
}
