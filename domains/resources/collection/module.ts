import { defineModule, words } from '#runtime'
import { collectionDatasets } from './declarations/datasets.ts'
import { correctionLoop } from './declarations/loop-correction.ts'
import { inventoryLoop } from './declarations/loop-inventory.ts'
import { objectionLoop } from './declarations/loop-objection.ts'
import { collectionAuditEvents, collectionRights, collectionRoles } from './declarations/roles.ts'
import { zombieRule } from './rules/clocks.ts'
import { reachRule } from './rules/reach.ts'
import { scoreRule } from './rules/score.ts'

export const collectionModule = defineModule({
  id: 'collection',
  title: words('数据汇集', 'Collection of data'),
  about: words(
    '摸清系统和数据表，检查数据质量，把问题退回来源单位更正，受理数据异议',
    'Knows every system and table, checks quality, sends faults back to their source, hears objections',
  ),
  plan: '17.1',
  needs: ['identity', 'registry', 'sources', 'exchange', 'analytics', 'rules', 'loops'],
  folder: import.meta.dirname,
  datasets: collectionDatasets,
  rules: [scoreRule, reachRule, zombieRule],
  loops: [correctionLoop, objectionLoop, inventoryLoop],
  rights: collectionRights,
  roles: collectionRoles,
  auditEvents: collectionAuditEvents,
  server: () => import('./server/index.ts'),
})
