import { Chart, useWords } from '#portal/ui'
import { shownPeriod } from './headlines.tsx'
import { Nothing } from './panel.tsx'
import type { Measure } from './use-cockpit.ts'

/** The chosen measure of the whole city over its last periods. */
export function Trend({ measure, height }: { readonly measure: Measure; readonly height: number }) {
  const t = useWords()
  const points = measure.trend.slice(-60)
  if (points.length === 0) return <Nothing>{t({ zh: '暂无全市数值', en: 'No values of the whole city yet' })}</Nothing>
  const periods = points.map(({ at }) => shownPeriod({ at, period: measure.period }))
  return (
    <Chart
      height={height}
      label={{ zh: `${measure.title.zh}走势`, en: `Trend: ${measure.title.en}` }}
      table={{
        columns: [t({ zh: '时段', en: 'Period' }), t(measure.title)],
        rows: points.map(({ value }, at) => [periods[at] ?? '', value]),
      }}
      option={{
        animation: false,
        grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
        xAxis: { type: 'category', data: periods },
        yAxis: { type: 'value', scale: true },
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
