import type { Indicator } from '#platform/indicators'
import type { Layer } from '#platform/map'
import { words } from '#runtime'

export const cloudIndicators: readonly Indicator[] = [
  {
    id: 'supervision.cloud.spi',
    title: words('重点工作进度指数', 'Progress index of key work'),
    about: words('单位牵头任务已完成权重与应完成权重之比', 'Earned over planned weight of the tasks that a unit leads'),
    unit: '1',
    period: 'day',
    dimension: 'organisation',
    better: 'higher',
    revision: words('每日计算，核验后的变化计入次日', 'Computed every day; a check counts from the next day on'),
    source: 'city.government-office',
    decimals: 2,
    compute: 'supervision.cloud.spi',
    drill: '/supervision',
  },
]

export const cloudLayers: readonly Layer[] = [
  {
    id: 'supervision.cloud.counties',
    title: words('重点工作亮灯（区县）', 'Lights of key work by county'),
    geometry: 'polygon',
    right: 'supervision.cloud.read',
    source: { hook: 'supervision.cloud.counties' },
    properties: ['name', 'name_en', 'level', 'tasks', 'behind', 'division'],
    colours: {
      property: 'level',
      steps: [
        { from: 3, colour: '#cf1322', title: words('红灯：落后', 'Red: behind') },
        { from: 2, colour: '#d4b106', title: words('黄灯：偏慢', 'Yellow: slow') },
        { from: 1, colour: '#389e0d', title: words('绿灯：正常', 'Green: on plan') },
      ],
      missing: '#bfbfbf',
    },
    hidden: true,
    page: '/supervision?division={id}',
    refreshOn: ['supervision.cloud.node.changed'],
  },
]
