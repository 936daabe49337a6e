import { defineModule, words } from '#runtime'
import { openDatasets } from './declarations/datasets.ts'
import { applicationLoop, voiceLoop } from './declarations/loop-readers.ts'
import { releaseLoop } from './declarations/loop-release.ts'
import { openAuditEvents, openRights, openRoles } from './declarations/roles.ts'
import { disclosureRule } from './rules/disclosure.ts'
import { fileKeepingRule } from './rules/file-keeping.ts'
import { metadataQualityRule } from './rules/metadata-quality.ts'
import { freshnessRule, termRule } from './rules/terms.ts'

export const openDataModule = defineModule({
  id: 'open-data',
  title: words('公共数据开放', 'Open data'),
  about: words(
    '经审核的数据集向社会开放：检索、预览、接口、下载、版本、更新承诺、需求与纠错，其他门户和客户端可直接读取',
    'Reviewed datasets open to all: search, preview, query, bulk, versions, promises, requests and corrections, readable by other portals and clients',
  ),
  plan: '17.2',
  needs: ['identity', 'documents', 'registry', 'rules', 'loops', 'sensing', 'analytics', 'notices', 'map'],
  folder: import.meta.dirname,
  datasets: openDatasets,
  rules: [disclosureRule, metadataQualityRule, termRule, freshnessRule, fileKeepingRule],
  loops: [releaseLoop, voiceLoop, applicationLoop],
  rights: openRights,
  roles: openRoles,
  auditEvents: openAuditEvents,
  server: () => import('./server/index.ts'),
})
