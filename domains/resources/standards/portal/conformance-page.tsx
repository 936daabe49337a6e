import { useQuery } from '@tanstack/react-query'
import { Card, Flex, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { api, Chart, DataState, OrganisationName, PageFrame, PageLink, Rows, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { datasetPath, elementPath, HOME } from './types.ts'

interface Rate {
  readonly source: string
  readonly name: Words
  readonly fields: number
  readonly mapped: number
  readonly conforming: number
  readonly rivals: number
}
interface Fault {
  readonly dataset: string
  readonly datasetTitle: Words
  readonly source: string
  readonly field: string
  readonly fieldTitle: Words
  readonly element: string
  readonly elementTitle: Words
  readonly owner: string | null
  readonly rival: boolean
  readonly faults: readonly Words[]
}
type Sight = 'rivals' | 'faults'

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10)

/** How far each unit keeps to the standards, and who keeps a copy of what another is the source of. */
export function ConformancePage() {
  const query = useQuery({
    queryKey: ['standards', 'conformance'],
    queryFn: () => api.get<{ rates: Rate[]; faults: Fault[] }>('/api/standards/conformance'),
  })
  return (
    <PageFrame
      title={{ zh: '标准执行情况', en: 'How far standards are kept' }}
      about={{
        zh: '按单位看字段对标率和一致率；谁还在另存一份，点开可以看到数据集。',
        en: 'Fields with an element and fields as they should be, by unit; and who still keeps a copy of his own.',
      }}
      above={[HOME]}
    >
      <DataState query={query}>
        {({ rates, faults }) => (
          <Flex vertical gap="middle">
            <Rates rates={rates} />
            <Faults faults={faults} />
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Rates({ rates }: { readonly rates: readonly Rate[] }) {
  const t = useWords()
  const sorted = rates.toSorted((a, b) => percent(b.mapped, b.fields) - percent(a.mapped, a.fields))
  const names = sorted.map(({ name }) => t(name))
  const mapped = sorted.map(({ mapped: own, fields }) => percent(own, fields))
  const conforming = sorted.map(({ conforming: own, mapped: of }) => percent(own, of))
  const titles = [t({ zh: '对标率', en: 'Fields with an element' }), t({ zh: '一致率', en: 'As they should be' })]
  return (
    <Card size="small" title={t({ zh: '各单位', en: 'By unit' })}>
      <Chart
        height={Math.max(240, 34 * rates.length)}
        label={{ zh: '各单位对标率和一致率', en: 'Fields with an element and as they should be, by unit' }}
        option={{
          grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
          legend: { top: 0 },
          tooltip: { trigger: 'axis' },
          xAxis: { type: 'value', max: 100, axisLabel: { formatter: '{value}%' } },
          yAxis: { type: 'category', data: names, inverse: true },
          series: [mapped, conforming].map((data, at) => ({ type: 'bar', name: titles[at], data })),
        }}
        table={{
          columns: [
            t({ zh: '单位', en: 'Unit' }),
            t({ zh: '字段', en: 'Fields' }),
            `${titles[0]} %`,
            `${titles[1]} %`,
            t({ zh: '另存副本', en: 'Copies kept' }),
          ],
          rows: sorted.map(({ fields, rivals }, at) => [
            names[at] ?? '',
            fields,
            mapped[at] ?? 0,
            conforming[at] ?? 0,
            rivals,
          ]),
        }}
      />
    </Card>
  )
}

function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  const t = useWords()
  const [sight, setSight] = useState<Sight>('rivals')
  const shown = faults.filter(({ rival, faults: own }) => (sight === 'rivals' ? rival : own.length > 0))
  return (
    <Card size="small" title={t({ zh: '要解决的', en: 'To be solved' })}>
      <Flex vertical gap="middle">
        <Segmented<Sight>
          aria-label={t({ zh: '显示哪些', en: 'Which' })}
          value={sight}
          onChange={setSight}
          options={[
            { value: 'rivals', label: t({ zh: '另存副本', en: 'Copies kept' }) },
            { value: 'faults', label: t({ zh: '与标准不一致', en: 'Not as they should be' }) },
          ]}
        />
        <Rows<Fault>
          rows={shown}
          rowKey={({ dataset, field }) => `${dataset} ${field}`}
          caption={{ zh: '字段', en: 'Fields' }}
          empty={{ zh: '没有问题', en: 'Nothing to solve' }}
          columns={[
            {
              id: 'dataset',
              title: { zh: '数据集', en: 'Dataset' },
              heading: true,
              show: ({ dataset, datasetTitle }) => <PageLink to={datasetPath(dataset)}>{t(datasetTitle)}</PageLink>,
            },
            { id: 'field', title: { zh: '字段', en: 'Field' }, show: ({ fieldTitle }) => t(fieldTitle) },
            { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ source }) => <OrganisationName id={source} /> },
            {
              id: 'element',
              title: { zh: '数据元', en: 'Element' },
              show: ({ element, elementTitle }) => <PageLink to={elementPath(element)}>{t(elementTitle)}</PageLink>,
            },
            {
              id: 'owner',
              title: { zh: '应来自', en: 'Should come from' },
              show: ({ owner }) => <OrganisationName id={owner} />,
            },
            {
              id: 'what',
              title: { zh: '问题', en: 'What is wrong' },
              show: ({ rival, faults: own }) => (
                <Flex vertical gap={4} align="start">
                  {rival && <Tag color="red">{t({ zh: '另存副本', en: 'A copy of its own' })}</Tag>}
                  {own.map((fault) => (
                    <Tag key={fault.en} color="orange">
                      {t(fault)}
                    </Tag>
                  ))}
                </Flex>
              ),
            },
          ]}
        />
      </Flex>
    </Card>
  )
}
