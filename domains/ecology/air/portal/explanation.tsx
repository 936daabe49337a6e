import { useQuery } from '@tanstack/react-query'
import { Card, Col, DatePicker, Descriptions, Flex, Row, Tag, Typography } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { api, DataState, PageLink, Rows, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { StationDetail } from './air-types.ts'
import { Labelled } from './labelled.tsx'
import { pollutantName } from './names.ts'

interface Step {
  readonly pollutant: string
  readonly value: number | null
  readonly iaqi: number | null
  readonly explanation: Words
}
interface Edition {
  readonly pack: string
  readonly title: Words
  readonly document: string
  readonly inForce: boolean
  readonly aqi: number | null
  readonly level: Words | null
  readonly primary: readonly string[]
  readonly reason: Words | null
  readonly steps: readonly Step[]
}
interface Answer {
  readonly published: {
    readonly aqi: number | null
    readonly level: string | null
    readonly primary: string | null
  } | null
  readonly editions: readonly Edition[]
}

/** An hour's index, pollutant by pollutant, under each edition, beside what the authority published. */
export function Explanation({ station }: { readonly station: StationDetail }) {
  const t = useWords()
  const [at, setAt] = useState(station.latest?.at ?? new Date().toISOString())
  const query = useQuery({
    queryKey: ['air', 'station', station.code, 'explanation', at],
    queryFn: () => api.get<Answer>(`/api/air/stations/${encodeURIComponent(station.code)}/explanation`, { at }),
    retry: false,
  })
  return (
    <Flex vertical gap="middle">
      <Labelled label={t({ zh: '时段开始（北京时间）', en: 'Hour from (Beijing time)' })}>
        {(id) => (
          <DatePicker
            id={id}
            showTime={{ format: 'HH' }}
            format="YYYY-MM-DD HH:00"
            allowClear={false}
            value={dayjs(at)}
            onChange={(value) => value && setAt(value.startOf('hour').toISOString())}
          />
        )}
      </Labelled>
      <DataState query={query}>
        {({ published, editions }) => (
          <Flex vertical gap="middle">
            {published && (
              <Descriptions
                size="small"
                title={t({ zh: '主管部门发布', en: 'As the authority published it' })}
                items={[
                  { key: 'aqi', label: 'AQI', children: published.aqi ?? '—' },
                  { key: 'level', label: t({ zh: '级别', en: 'Level' }), children: published.level ?? '—' },
                  { key: 'primary', label: t({ zh: '首要污染物', en: 'Primary' }), children: published.primary ?? '—' },
                ]}
              />
            )}
            <Row gutter={[16, 16]}>
              {editions.map((edition) => (
                <Col key={edition.pack} xs={24} xl={12}>
                  <EditionCard edition={edition} />
                </Col>
              ))}
            </Row>
          </Flex>
        )}
      </DataState>
    </Flex>
  )
}

function EditionCard({ edition }: { readonly edition: Edition }) {
  const t = useWords()
  const { list } = useMarks()
  const primary = edition.primary.map((id) => t(pollutantName(id))).join(list)
  return (
    <Card
      size="small"
      title={<PageLink to="/rules/air.index">{edition.document}</PageLink>}
      extra={edition.inForce && <Tag color="blue">{t({ zh: '当时有效', en: 'In force then' })}</Tag>}
    >
      <Typography.Paragraph strong>
        AQI {edition.aqi ?? 'NA'} {edition.level && t(edition.level)} {primary}
      </Typography.Paragraph>
      {edition.reason && <Typography.Paragraph type="warning">{t(edition.reason)}</Typography.Paragraph>}
      <Rows<Step>
        rows={edition.steps}
        rowKey={({ pollutant }) => pollutant}
        caption={{ zh: '分指数', en: 'Sub-indices' }}
        columns={[
          {
            id: 'pollutant',
            title: { zh: '污染物', en: 'Pollutant' },
            show: ({ pollutant }) => t(pollutantName(pollutant)),
          },
          { id: 'value', title: { zh: '浓度', en: 'Value' }, align: 'right', show: ({ value }) => value ?? '—' },
          { id: 'iaqi', title: { zh: '分指数', en: 'Sub-index' }, align: 'right', show: ({ iaqi }) => iaqi ?? '—' },
          { id: 'how', title: { zh: '计算', en: 'How' }, show: ({ explanation }) => t(explanation) },
        ]}
      />
    </Card>
  )
}
