import {
  BarChart,
  CustomChart,
  GaugeChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  PieChart,
  RadarChart,
  SankeyChart,
  ScatterChart,
} from 'echarts/charts'
import {
  CalendarComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  PolarComponent,
  RadarComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useDark } from './appearance.tsx'
import type { ChartProps } from './chart.tsx'

use([
  LineChart,
  BarChart,
  ScatterChart,
  PieChart,
  HeatmapChart,
  GaugeChart,
  GraphChart,
  RadarChart,
  SankeyChart,
  CustomChart,
  GridComponent,
  PolarComponent,
  RadarComponent,
  CalendarComponent,
  DatasetComponent,
  DataZoomComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
])

/** The picture itself; pages use `Chart`. */
export function EChart({ option, height = 320, onClick }: Pick<ChartProps, 'option' | 'height' | 'onClick'>) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const dark = useDark()
  const click = useRef(onClick)
  click.current = onClick
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, dark ? 'dark' : undefined)
    made.on('click', (event) => click.current?.(event as Parameters<NonNullable<ChartProps['onClick']>>[0]))
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [dark])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart made anew for another ground needs its option again
  useEffect(() => {
    chart.current?.setOption({ backgroundColor: 'transparent', animationDuration: 300, ...option }, { notMerge: true })
  }, [option, dark])
  return <div ref={box} style={{ height, width: '100%' }} />
}
