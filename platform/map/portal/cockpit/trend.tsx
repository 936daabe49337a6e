import { useEffect, useState } from 'react'
import { Chart, useWords } from '#portal/ui'
import { shownPeriod } from './headlines.tsx'
import { Nothing } from './panel.tsx'
import type { Measure } from './use-cockpit.ts'

/** The chosen measure of the whole city over its last periods. */
export function Trend({ measure }: { readonly measure: Measure }) {
  const t = useWords()
  const wall = useWallHeight()
  const fontSize = Math.max(12, Math.round(wall / 80))
  const points = measure.trend.slice(-60)
  if (points.length === 0) return <Nothing>{t({ zh: '暂无全市数值', en: 'No values of the whole city yet' })}</Nothing>
  const periods = points.map(({ at }) => shownPeriod({ at, period: measure.period }))
  return (
    <Chart
      height={Math.round(wall * 0.3)}
      label={{ zh: `${measure.title.zh}走势`, en: `Trend: ${measure.title.en}` }}
      table={{
        columns: [t({ zh: '时段', en: 'Period' }), t(measure.title)],
        rows: points.map(({ value }, at) => [periods[at] ?? '', value]),
      }}
      option={{
        animation: false,
        grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
        xAxis: { type: 'category', data: periods, axisLabel: { fontSize } },
        yAxis: { type: 'value', scale: true, axisLabel: { fontSize } },
        tooltip: { trigger: 'axis' },
        series: [
          {
            type: 'line',
            name: t(measure.title),
            data: points.map(({ value }) => value),
            areaStyle: { opacity: 0.15 },
          },
        ],
      }}
    />
  )
}

/** Height of the screen in pixels; the picture takes its share of it. */
function useWallHeight(): number {
  const [height, setHeight] = useState(innerHeight)
  useEffect(() => {
    const read = () => setHeight(innerHeight)
    addEventListener('resize', read)
    return () => removeEventListener('resize', read)
  }, [])
  return height
}
