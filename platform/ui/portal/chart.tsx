import { Button, Skeleton } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense, useState } from 'react'
import type { Words } from '../../runtime/words.ts'
import { useWords } from './language.tsx'

export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export interface ChartProps {
  /** ECharts option of line, bar, scatter, pie, heat map, gauge, radar, Sankey, graph or calendar charts. */
  readonly option: EChartsCoreOption
  /** What the picture shows, for those who do not see it. */
  readonly label: Words | string
  /** The same values as a table, shown at the press of a button. */
  readonly table: ChartTable
  /** Pixels; 320 unless said. */
  readonly height?: number
  readonly onClick?: (params: {
    readonly name: string
    readonly dataIndex: number
    readonly seriesName?: string
  }) => void
}

const EChart = lazy(() => import('./echart.tsx').then((m) => ({ default: m.EChart })))

/** A chart, loaded when needed, with its values as a table for those who cannot see or use it. */
export function Chart({ label, table, height = 320, ...chart }: ChartProps) {
  const t = useWords()
  const [asTable, setAsTable] = useState(false)
  const text = typeof label === 'string' ? label : t(label)
  return (
    <figure className="dz-chart">
      {asTable ? (
        <ValueTable label={text} table={table} height={height} />
      ) : (
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}>
          <div role="img" aria-label={text}>
            <EChart {...chart} height={height} />
          </div>
        </Suspense>
      )}
      <Button size="small" type="text" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? t({ zh: '看图', en: 'Show as picture' }) : t({ zh: '看数据表', en: 'Show as table' })}
      </Button>
    </figure>
  )
}

function ValueTable({ label, table, height }: { label: string; table: ChartTable; height: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className="dz-values" style={{ maxHeight: height }} tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join()}>
              {row.map((value, place) => (
                <td key={table.columns[place]}>{value ?? '—'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
