import { defineModule, words } from '#runtime'
import { cloudDatasets } from './declarations/datasets.ts'
import { instructionLoop, jointTaskLoop, taskLoop } from './declarations/loop-task.ts'
import { cloudIndicators, cloudLayers } from './declarations/measures.ts'
import { cloudAuditEvents, cloudRights, cloudRoles } from './declarations/roles.ts'
import { duplicateRule } from './rules/duplicate.ts'
import { ladderRule } from './rules/ladder.ts'
import { letterRule } from './rules/letter.ts'
import { lightRule } from './rules/light.ts'
import { pageRule } from './rules/page.ts'
import { scoreRule } from './rules/score.ts'

export const supervisionCloudModule = defineModule({
  id: 'supervision.cloud',
  title: words('督查督办', 'Supervision cloud'),
  about: words(
    '把年度重点工作分解成带权重的目标树，交办、督办、核验、评分，每一分都能打开来源',
    'Breaks the year down into a weighted tree, assigns, urges, checks and scores it; every point opens its source',
  ),
  plan: '1.1',
  needs: ['identity', 'registry', 'rules', 'loops', 'documents', 'notices', 'indicators', 'map'],
  folder: import.meta.dirname,
  datasets: cloudDatasets,
  rules: [lightRule, scoreRule, ladderRule, letterRule, pageRule, duplicateRule],
  loops: [taskLoop, jointTaskLoop, instructionLoop],
  indicators: cloudIndicators,
  layers: cloudLayers,
  rights: cloudRights,
  roles: cloudRoles,
  auditEvents: cloudAuditEvents,
  server: () => import('./server/index.ts'),
})
