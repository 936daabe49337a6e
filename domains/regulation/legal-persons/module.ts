import { defineModule, words } from '#runtime'
import { segmentMembers } from './declarations/datasets.ts'
import { firmFeatures } from './declarations/features.ts'
import { firmAuditEvents, firmRights, firmRoles } from './declarations/roles.ts'
import { firmSubject } from './declarations/subject.ts'
import { firmTags } from './declarations/tags/all.ts'
import { industriesRule } from './rules/industries.ts'
import { limitsRule } from './rules/limits.ts'
import { modelsRule } from './rules/models.ts'
import { sizeRule } from './rules/size.ts'

export const legalPersonsModule = defineModule({
  id: 'legal-persons',
  title: words('法人标签和画像', 'Tags and portraits of legal persons'),
  about: words(
    '法人库的标签、画像和人群，企业看得到也可以异议',
    'Tags, portraits and segments of firms, which firms see and may object to',
  ),
  plan: '3.10',
  needs: ['identity', 'registry', 'rules', 'tags', 'base'],
  folder: import.meta.dirname,
  tagSubjects: [firmSubject],
  tagFeatures: firmFeatures,
  tags: firmTags,
  rules: [limitsRule, sizeRule, industriesRule, modelsRule],
  datasets: [segmentMembers],
  rights: firmRights,
  roles: firmRoles,
  auditEvents: firmAuditEvents,
  server: () => import('./server/index.ts'),
})
