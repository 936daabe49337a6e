import { Chart, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { useUnitNames } from './use-unit-names.ts'

interface UnitBarsProps<R> {
  readonly rows: readonly R[]
  readonly unitOf: (row: R) => string
  /** What each bar is made of, from its beginning on. */
  readonly parts: readonly { readonly title: string; readonly of: (row: R) => number }[]
  readonly label: Words
  /** Pixels of one unit. */
  readonly step: number
}

/** One bar a unit, made of parts. */
export function UnitBars<R>({ rows, unitOf, parts, label, step }: UnitBarsProps<R>) {
  const t = useWords()
  const names = useUnitNames(rows.map(unitOf))
  const labels = rows.map((row) => names.get(unitOf(row)) ?? unitOf(row))
  return (
    <Chart
      height={Math.max(220, rows.length * step + 80)}
      label={label}
      option={{
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
        legend: { bottom: 0, type: 'scroll' },
        grid: { left: 8, right: 24, top: 8, bottom: 48, containLabel: true },
        xAxis: { type: 'value', minInterval: 1 },
        yAxis: { type: 'category', data: labels, inverse: true, axisLabel: { width: 140, overflow: 'truncate' } },
        series: parts.map(({ title, of }) => ({ type: 'bar', stack: 'all', name: title, data: rows.map(of) })),
      }}
      table={{
        columns: [t({ zh: '单位', en: 'Unit' }), ...parts.map(({ title }) => title)],
        rows: rows.map((row, at) => [labels[at] ?? '', ...parts.map(({ of }) => of(row))]),
      }}
    />
  )
}
