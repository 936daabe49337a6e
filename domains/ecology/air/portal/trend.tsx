import { useQuery } from '@tanstack/react-query'
import { Flex, Segmented, Select } from 'antd'
import { useState } from 'react'
import { api, Chart, DataState, formatted, useLiveQueries, useWords } from '#portal/ui'
import type { StationDetail } from './air-types.ts'
import { pollutantName, pollutantUnit, SHOWN } from './names.ts'

interface TrendColumn {
  readonly pollutant: string
  readonly at: readonly number[]
  readonly value: readonly (number | null)[]
  readonly flags: readonly { readonly at: number; readonly flag: string }[]
}

type Reach = '24h' | '7d' | '30d' | 'all'
const DAY = 86_400_000
const LENGTH: Readonly<Record<Reach, number>> = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, all: 366 * DAY }

/** A pollutant's curve with the limit drawn and suspicious or decided values marked. */
export function Trend({ station }: { readonly station: StationDetail }) {
  const t = useWords()
  const [reach, setReach] = useState<Reach>('7d')
  const [pollutant, setPollutant] = useState<string>('pm25')
  const end = station.latest ? Date.parse(station.latest.at) + 3_600_000 : Math.ceil(Date.now() / 3_600_000) * 3_600_000
  const key = ['air', 'station', station.code, 'trend', reach, end]
  const query = useQuery({
    queryKey: key,
    queryFn: () =>
      api.get<{ columns: TrendColumn[] }>(`/api/air/stations/${encodeURIComponent(station.code)}/trend`, {
        from: new Date(end - LENGTH[reach]).toISOString(),
        to: new Date(end).toISOString(),
        ...(reach === 'all' ? { step: 'day' } : {}),
      }),
    placeholderData: (before) => before,
  })
  useLiveQueries(['air.hour.computed'], ['air', 'station', station.code])
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small">
        <Select
          aria-label={t({ zh: '污染物', en: 'Pollutant' })}
          value={pollutant}
          onChange={setPollutant}
          style={{ minWidth: 130 }}
          options={SHOWN.map((id) => ({ value: id, label: t(pollutantName(id)) }))}
        />
        <Segmented<Reach>
          aria-label={t({ zh: '时间范围', en: 'Span' })}
          value={reach}
          onChange={setReach}
          options={[
            { value: '24h', label: t({ zh: '24小时', en: '24 h' }) },
            { value: '7d', label: t({ zh: '7天', en: '7 days' }) },
            { value: '30d', label: t({ zh: '30天', en: '30 days' }) },
            { value: 'all', label: t({ zh: '一年（日均）', en: 'A year (daily)' }) },
          ]}
        />
      </Flex>
      <DataState query={query}>
        {({ columns }) => (
          <Curve
            column={columns.find((column) => column.pollutant === pollutant)}
            pollutant={pollutant}
            limit={station.limits[pollutant] ?? null}
          />
        )}
      </DataState>
    </Flex>
  )
}

interface CurveProps {
  readonly column: TrendColumn | undefined
  readonly pollutant: string
  readonly limit: number | null
}

function Curve({ column, pollutant, limit }: CurveProps) {
  const t = useWords()
  const name = `${t(pollutantName(pollutant))} (${pollutantUnit(pollutant)})`
  const at = column?.at ?? []
  const value = column?.value ?? []
  const marks = (column?.flags ?? []).filter(({ flag }) => /^(suspect|invalid|manual|range)/.test(flag))
  const valueAt = new Map(at.map((instant, place) => [instant, value[place] ?? null]))
  const limitName = t({ zh: '二级限值', en: 'Class 2 limit' })
  return (
    <Chart
      label={{ zh: `${t(pollutantName(pollutant))}浓度曲线`, en: `Curve of ${t(pollutantName(pollutant))}` }}
      table={{
        columns: [t({ zh: '时段开始', en: 'Hour from' }), name],
        rows: at.map((instant, place) => [formatted(new Date(instant)), value[place] ?? null]),
      }}
      option={{
        tooltip: { trigger: 'axis' },
        grid: { left: 48, right: 24, top: 32, bottom: 48 },
        xAxis: { type: 'time' },
        yAxis: { type: 'value', name, nameTextStyle: { align: 'left' } },
        dataZoom: [{ type: 'inside' }],
        series: [
          {
            type: 'line',
            name,
            showSymbol: false,
            connectNulls: false,
            data: at.map((instant, place) => [instant, value[place] ?? null]),
            ...(limit === null
              ? {}
              : {
                  markLine: {
                    symbol: 'none',
                    data: [{ yAxis: limit, name: limitName }],
                    label: { formatter: `${limitName} ${limit}`, position: 'insideEndTop' as const },
                  },
                }),
          },
          {
            type: 'scatter',
            name: t({ zh: '有标记的值', en: 'Marked values' }),
            symbol: 'diamond',
            symbolSize: 10,
            data: marks.map((mark) => [mark.at, valueAt.get(mark.at) ?? 0]),
          },
        ],
      }}
    />
  )
}
