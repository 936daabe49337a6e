import { defineModule, words } from '#runtime'
import { airDatasets } from './declarations/datasets.ts'
import { airIndicators } from './declarations/indicators.ts'
import { airLayers } from './declarations/layers.ts'
import { dataFraudLoop } from './declarations/loop-data-fraud.ts'
import { exceedanceLoop } from './declarations/loop-exceedance.ts'
import { heavyPollutionLoop } from './declarations/loop-heavy-pollution.ts'
import { airAuditEvents, airRights, airRoles } from './declarations/roles.ts'
import { airHourly } from './declarations/series.ts'
import { airWarnings } from './declarations/warnings.ts'
import { airRules } from './rules/rules.ts'

export const airModule = defineModule({
  id: 'air',
  title: words('环境空气', 'Ambient air'),
  about: words(
    '站点逐时数据成为空气质量指数，超标成为预警，预警成为区县的事项，站点恢复才办结',
    'Hourly values become indices, exceedances become warnings, warnings become matters of the county, which only the station closes',
  ),
  plan: '6.1',
  needs: ['identity', 'registry', 'rules', 'loops', 'sensing', 'indicators', 'map'],
  folder: import.meta.dirname,
  datasets: airDatasets,
  series: [airHourly],
  rules: airRules,
  indicators: airIndicators,
  warnings: airWarnings,
  loops: [exceedanceLoop, dataFraudLoop, heavyPollutionLoop],
  layers: airLayers,
  rights: airRights,
  roles: airRoles,
  auditEvents: airAuditEvents,
  server: () => import('./server/index.ts'),
})
