import { defineModule, words } from '#runtime'
import { baseIndicators } from './declarations/indicators.ts'
import { baseTables } from './tables.ts'

export const baseModule = defineModule({
  id: 'base',
  title: words('人口库和法人库', 'Population and legal-person bases'),
  about: words(
    '各部门交来的人口和法人数据，一表一源',
    'What departments hand over about people and firms, one source for each table',
  ),
  plan: '17.1',
  needs: ['identity', 'registry', 'indicators', 'sources'],
  folder: import.meta.dirname,
  indicators: baseIndicators,
  datasets: baseTables.map(({ dataset }) => dataset),
  server: () => import('./server/index.ts'),
})
