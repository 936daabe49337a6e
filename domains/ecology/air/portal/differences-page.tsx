import { useQuery } from '@tanstack/react-query'
import { Alert, Flex, Segmented } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, PageLink, Rows, useMarks, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { pollutantName } from './names.ts'

interface Row {
  readonly station: string
  readonly name: string
  readonly city: string
  readonly at: string
  readonly published: number | null
  readonly computed: number | null
  readonly publishedPrimary: string | null
  readonly computedPrimary: readonly string[]
  readonly equal: boolean
  readonly reasons: readonly Words[]
  readonly pack: string
}
interface Answer {
  readonly published: number
  readonly equal: number
  readonly rows: readonly Row[]
}

/** Every index that the authority published beside ours, and why where they differ. */
export function DifferencesPage() {
  const query = useQuery({ queryKey: ['air', 'differences'], queryFn: () => api.get<Answer>('/api/air/differences') })
  return (
    <PageFrame
      title={{ zh: '与发布值核对', en: 'Checked against the authority' }}
      about={{
        zh: '随产品提供的山东各站真实小时数据：主管部门发布的指数与本系统计算的指数。',
        en: 'Real hours of Shandong that ship with the product: the published index beside the one computed here.',
      }}
      above={[{ title: { zh: '空气质量', en: 'Air quality' }, path: '/air' }]}
    >
      <DataState query={query}>{(answer) => <Comparison answer={answer} />}</DataState>
    </PageFrame>
  )
}

type Sight = 'all' | 'noted'

function Comparison({ answer }: { readonly answer: Answer }) {
  const t = useWords()
  const { sentences } = useMarks()
  const { list } = useMarks()
  const [sight, setSight] = useState<Sight>('all')
  const rows = answer.rows.filter((row) => sight === 'all' || !row.equal || row.reasons.length > 0)
  return (
    <Flex vertical gap="middle">
      <Alert
        type={answer.equal === answer.published ? 'success' : 'warning'}
        showIcon
        title={t({
          zh: `发布 ${answer.published} 个，相同 ${answer.equal} 个，不同 ${answer.published - answer.equal} 个`,
          en: `${answer.published} published, ${answer.equal} equal, ${answer.published - answer.equal} different`,
        })}
      />
      <Segmented<Sight>
        aria-label={t({ zh: '显示哪些', en: 'Which rows' })}
        value={sight}
        onChange={setSight}
        options={[
          { value: 'all', label: t({ zh: '全部', en: 'All' }) },
          { value: 'noted', label: t({ zh: '不同或无数据', en: 'Different or without data' }) },
        ]}
      />
      <Rows<Row>
        rows={rows}
        rowKey={({ station, at }) => `${station} ${at}`}
        caption={{ zh: '核对', en: 'Comparison' }}
        columns={[
          {
            id: 'station',
            title: { zh: '站点', en: 'Station' },
            heading: true,
            show: ({ station, name, city }) => (
              <PageLink to={`/air/stations/${encodeURIComponent(station)}`}>{`${city} ${name}`}</PageLink>
            ),
          },
          { id: 'at', title: { zh: '发布时刻', en: 'Hour (end)' }, show: ({ at }) => <When at={at} /> },
          {
            id: 'published',
            title: { zh: '发布AQI', en: 'Published' },
            align: 'right',
            show: ({ published }) => published ?? '—',
          },
          {
            id: 'computed',
            title: { zh: '计算AQI', en: 'Computed' },
            align: 'right',
            show: ({ computed }) => computed ?? '—',
          },
          {
            id: 'primary',
            title: { zh: '发布首要污染物', en: 'Published primary' },
            show: ({ publishedPrimary }) => publishedPrimary || '—',
          },
          {
            id: 'ours',
            title: { zh: '计算首要污染物', en: 'Computed primary' },
            show: ({ computedPrimary }) => computedPrimary.map((id) => t(pollutantName(id))).join(list) || '—',
          },
          {
            id: 'result',
            title: { zh: '结果', en: 'Result' },
            show: ({ equal, reasons }) =>
              reasons.length > 0
                ? reasons.map(t).join(sentences)
                : t(equal ? { zh: '相同', en: 'Equal' } : { zh: '不同', en: 'Different' }),
          },
          { id: 'pack', title: { zh: '版本', en: 'Edition' }, show: ({ pack }) => pack },
        ]}
      />
    </Flex>
  )
}
