import { useQuery } from '@tanstack/react-query'
import { Flex, InputNumber } from 'antd'
import { useState } from 'react'
import { api, Chart, DataState, formatted, useWords, Wide } from '#portal/ui'
import type { AirIndexView, StationDetail } from './air-types.ts'
import { Labelled } from './labelled.tsx'

/** The days of a year in the colours of their level. */
export function Calendar({ station }: { readonly station: StationDetail }) {
  const t = useWords()
  const [year, setYear] = useState(Number((station.latest?.at ?? new Date().toISOString()).slice(0, 4)))
  const query = useQuery({
    queryKey: ['air', 'station', station.code, 'calendar', year],
    queryFn: () =>
      api.get<{ rows: AirIndexView[] }>(`/api/air/stations/${encodeURIComponent(station.code)}/indices`, {
        period: 'day',
        from: `${year}-01-01T00:00:00+08:00`,
        to: `${year + 1}-01-01T00:00:00+08:00`,
      }),
  })
  return (
    <Flex vertical gap="small">
      <Labelled label={t({ zh: '年份', en: 'Year' })}>
        {(id) => (
          <InputNumber id={id} min={2013} max={2100} value={year} onChange={(value) => value && setYear(value)} />
        )}
      </Labelled>
      <DataState query={query} empty={{ zh: '这一年没有日指数', en: 'No daily index in this year' }}>
        {({ rows }) => <Days rows={rows} year={year} station={station} />}
      </DataState>
    </Flex>
  )
}

function Days({
  rows,
  year,
  station,
}: {
  readonly rows: readonly AirIndexView[]
  readonly year: number
  readonly station: StationDetail
}) {
  const t = useWords()
  const days = rows.map((row) => ({ day: formatted(new Date(row.at), true), aqi: row.aqi, level: row.level }))
  const word = (level: number | null) => {
    const found = station.levels.find((each) => each.level === level)
    return found ? t(found.title) : 'NA'
  }
  const pieces = station.levels.map(({ upTo, rgb, title }, at) => ({
    gt: at === 0 ? -1 : (station.levels[at - 1]?.upTo ?? 0),
    ...(upTo === null ? {} : { lte: upTo }),
    color: `rgb(${rgb.join(',')})`,
    label: t(title),
  }))
  return (
    <Wide label={t({ zh: '空气日历', en: 'Air calendar' })}>
      <div style={{ minWidth: 760 }}>
        <Chart
          label={{ zh: `${year}年逐日空气质量`, en: `Air quality day by day in ${year}` }}
          height={240}
          table={{
            columns: [t({ zh: '日期', en: 'Day' }), 'AQI', t({ zh: '级别', en: 'Level' })],
            rows: days.map(({ day, aqi, level }) => [day, aqi, word(level)]),
          }}
          option={{
            tooltip: { formatter: (item: { value: [string, number] }) => `${item.value[0]} AQI ${item.value[1]}` },
            visualMap: { type: 'piecewise', pieces, orient: 'horizontal', left: 'center', bottom: 0 },
            calendar: { range: String(year), cellSize: ['auto', 18], top: 28, left: 40, right: 12 },
            series: [
              {
                type: 'heatmap',
                coordinateSystem: 'calendar',
                data: days.flatMap(({ day, aqi }) => (aqi === null ? [] : [[day, aqi]])),
              },
            ],
          }}
        />
      </div>
    </Wide>
  )
}
