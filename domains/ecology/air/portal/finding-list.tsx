import { Flex, Select, Tag } from 'antd'
import { useState } from 'react'
import { Chart, formatted, KeysetTable, PageLink, useWords, When } from '#portal/ui'
import { pollutantName, pollutantUnit, SCREEN_NAMES } from './names.ts'

interface Evidence {
  readonly values?: readonly (number | null)[]
  readonly message?: { readonly zh: string; readonly en: string }
  readonly other?: {
    readonly station: string
    readonly from: string
    readonly values: readonly (number | null)[]
  } | null
}
interface FindingRow {
  readonly id: string
  readonly station: string
  readonly name: string
  readonly pollutant: string
  readonly screen: string
  readonly from: string
  readonly hours: number
  readonly state: string
  readonly loop: string | null
  readonly evidence: Evidence
}

const STATES = {
  open: { colour: 'gold', words: { zh: '待核查', en: 'To be checked' } },
  flagged: { colour: 'red', words: { zh: '已认定异常', en: 'Confirmed' } },
  dismissed: { colour: 'default', words: { zh: '已排除', en: 'Dismissed' } },
} as const

/** What the screens found, with the curve that made them ask; of one station or of all within reach. */
export function FindingList({ station }: { readonly station?: string }) {
  const t = useWords()
  const [screen, setScreen] = useState<string>()
  const [state, setState] = useState<string>()
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small">
        <Select
          aria-label={t({ zh: '筛查', en: 'Screen' })}
          placeholder={t({ zh: '全部筛查', en: 'All screens' })}
          allowClear
          value={screen}
          onChange={setScreen}
          style={{ minWidth: 180 }}
          options={Object.entries(SCREEN_NAMES).map(([value, words]) => ({ value, label: t(words) }))}
        />
        <Select
          aria-label={t({ zh: '状态', en: 'State' })}
          placeholder={t({ zh: '全部状态', en: 'All states' })}
          allowClear
          value={state}
          onChange={setState}
          style={{ minWidth: 140 }}
          options={Object.entries(STATES).map(([value, { words }]) => ({ value, label: t(words) }))}
        />
      </Flex>
      <KeysetTable<FindingRow>
        path="/api/air/findings"
        query={{ station, screen, state }}
        rowKey={({ id }) => id}
        caption={{ zh: '筛查结果', en: 'Findings' }}
        empty={{ zh: '没有发现异常', en: 'Nothing was found' }}
        columns={[
          {
            id: 'station',
            title: { zh: '站点', en: 'Station' },
            heading: true,
            show: (row) => <PageLink to={`/air/stations/${encodeURIComponent(row.station)}`}>{row.name}</PageLink>,
          },
          {
            id: 'what',
            title: { zh: '发现', en: 'What' },
            show: ({ screen: found, pollutant, evidence }) => (
              <Flex vertical>
                <span>{`${t(pollutantName(pollutant))} ${t(SCREEN_NAMES[found] ?? { zh: found, en: found })}`}</span>
                {evidence.message && <span>{t(evidence.message)}</span>}
              </Flex>
            ),
          },
          { id: 'from', title: { zh: '开始', en: 'From' }, show: ({ from }) => <When at={from} /> },
          { id: 'hours', title: { zh: '小时', en: 'Hours' }, align: 'right', show: ({ hours }) => hours },
          { id: 'curve', title: { zh: '曲线', en: 'Curve' }, width: 280, show: (row) => <EvidenceCurve row={row} /> },
          {
            id: 'state',
            title: { zh: '状态', en: 'State' },
            show: (row) => {
              const look = STATES[row.state as keyof typeof STATES]
              return (
                <Flex vertical align="start">
                  <Tag color={look.colour}>{t(look.words)}</Tag>
                  {row.loop && <PageLink to={`/loops/${row.loop}`}>{t({ zh: '核查事项', en: 'Matter' })}</PageLink>}
                </Flex>
              )
            },
          },
        ]}
      />
    </Flex>
  )
}

const HOUR = 3_600_000

function EvidenceCurve({ row: { evidence, from, pollutant, station } }: { readonly row: FindingRow }) {
  const t = useWords()
  const { values = [], other } = evidence
  const times = values.map((_, at) => formatted(new Date(Date.parse(from) + at * HOUR)))
  const otherName = other && (other.station === station ? formatted(new Date(other.from)) : other.station)
  const unit = pollutantUnit(pollutant)
  return (
    <Chart
      height={110}
      label={{
        zh: `${t(pollutantName(pollutant))}异常时段的曲线`,
        en: `Curve of the stretch, ${t(pollutantName(pollutant))}`,
      }}
      table={{
        columns: [t({ zh: '时段', en: 'Hour' }), unit, ...(other ? [otherName ?? ''] : [])],
        rows: times.map((time, at) => [time, values[at] ?? null, ...(other ? [other.values[at] ?? null] : [])]),
      }}
      option={{
        grid: { left: 34, right: 8, top: 8, bottom: 20 },
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'category', data: times, axisLabel: { show: false } },
        yAxis: { type: 'value', splitNumber: 2 },
        series: [
          { type: 'line', name: unit, data: values },
          ...(other
            ? [{ type: 'line', name: otherName ?? '', lineStyle: { type: 'dashed' }, data: other.values }]
            : []),
        ],
      }}
    />
  )
}
