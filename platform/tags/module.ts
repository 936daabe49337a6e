import { defineModule, words } from '#runtime'
import { checkTags } from './check-tags.ts'
import { tagLoops } from './loops.ts'
import { tagAuditEvents, tagRights, tagRoles } from './rights.ts'

export const tagsModule = defineModule({
  id: 'tags',
  title: words('标签', 'Tags'),
  about: words(
    '由数据算出的标签：定义、运行、依据、抽查、人群和推送',
    'Tags computed from facts: definition, runs, evidence, review, segments and their hand-over',
  ),
  needs: ['identity', 'notices', 'registry', 'rules', 'loops', 'analytics'],
  folder: import.meta.dirname,
  claims: [
    { list: 'tagSubjects' },
    { list: 'tagFeatures' },
    { list: 'tags', check: (_, modules) => checkTags(modules) },
  ],
  rights: tagRights,
  roles: tagRoles,
  auditEvents: tagAuditEvents,
  loops: tagLoops,
  server: () => import('./server/index.ts'),
})
