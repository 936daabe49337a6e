import { defineModule, words } from '#runtime'
import { elementDataset, mappingDataset, plannedDataset } from './declarations/datasets.ts'
import { changeLoop, changeNoticeLoop } from './declarations/loop-change.ts'
import { claimLoop } from './declarations/loop-claim.ts'
import { standardsAuditEvents, standardsRights, standardsRoles } from './declarations/roles.ts'
import { noticeRule } from './rules/terms.ts'

export const standardsModule = defineModule({
  id: 'standards',
  title: words('一数一源一标', 'One item, one source, one standard'),
  about: words(
    '数据元、代码表和来源单位；认领、争议、变更和谁还在另存一份',
    'Elements, code lists and their sources; claims, disputes, changes, and who still keeps a copy of his own',
  ),
  plan: '17.3',
  needs: ['identity', 'registry', 'rules', 'loops', 'notices', 'exchange', 'collection'],
  folder: import.meta.dirname,
  datasets: [elementDataset, mappingDataset, plannedDataset],
  rules: [noticeRule],
  loops: [claimLoop, changeLoop, changeNoticeLoop],
  rights: standardsRights,
  roles: standardsRoles,
  auditEvents: standardsAuditEvents,
  server: () => import('./server/index.ts'),
})
