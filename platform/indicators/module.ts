import { defineModule, words } from '#runtime'
import { checkIndicators, checkWarnings } from './server/check-declarations.ts'

export const indicatorsModule = defineModule({
  id: 'indicators',
  title: words('指标与预警', 'Indicators and warnings'),
  about: words(
    '指标按版本保存、可追溯；越过阈值即预警，预警转为事项，指标恢复才解除',
    'Measures with vintages and drill-down; thresholds raise warnings, warnings open loops, and the measure clears them',
  ),
  needs: ['identity', 'registry', 'analytics', 'sensing', 'loops'],
  folder: import.meta.dirname,
  claims: [
    { list: 'indicators', check: checkIndicators },
    { list: 'warnings', check: checkWarnings },
  ],
  rights: [
    { id: 'indicators.read', title: words('查看指标和预警', 'See measures and warnings') },
    { id: 'indicators.compute', title: words('重新计算指标', 'Compute measures again') },
  ],
  roles: [
    {
      id: 'indicators.viewer',
      title: words('指标查看', 'Viewer of measures'),
      rights: { 'indicators.read': 'city' },
    },
    {
      id: 'indicators.analyst',
      title: words('指标分析', 'Analyst of measures'),
      rights: { 'indicators.read': 'city', 'indicators.compute': 'city' },
    },
  ],
  auditEvents: [
    { id: 'indicators.values.published', title: words('发布指标值', 'Published values of a measure'), kind: 'write' },
    { id: 'indicators.warning.opened', title: words('发出预警', 'Opened a warning'), kind: 'write' },
    { id: 'indicators.warning.raised', title: words('预警升级', 'Raised a warning'), kind: 'write' },
    { id: 'indicators.warning.lowered', title: words('预警降级', 'Lowered a warning'), kind: 'write' },
    { id: 'indicators.warning.cleared', title: words('解除预警', 'Cleared a warning'), kind: 'write' },
    {
      id: 'indicators.compute.asked',
      title: words('要求重新计算指标', 'Asked to compute a measure again'),
      kind: 'write',
    },
  ],
  server: () => import('./server/index.ts'),
})
