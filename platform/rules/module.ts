import { defineModule, words } from '#runtime'
import { checkRules } from './server/check-rules.ts'

/** Rule packs: numbers of laws and standards as data in force by date. */
export const rulesModule = defineModule({
  id: 'rules',
  title: words('规则包', 'Rule packs'),
  about: words(
    '法律和标准里的数字按生效日期成为数据，结果可追溯、可重算',
    'Numbers of laws and standards as data in force by date; every result can be traced and made again',
  ),
  needs: ['runtime', 'identity'],
  claims: [{ list: 'rules', check: checkRules }],
  folder: import.meta.dirname,
  rights: [
    { id: 'rules.pack.write', title: words('起草规则版本', 'Draft editions of rules') },
    { id: 'rules.pack.publish', title: words('复核并发布规则版本', 'Review and publish editions of rules') },
  ],
  roles: [
    { id: 'rules.author', title: words('规则起草人', 'Author of rules'), rights: { 'rules.pack.write': 'city' } },
    { id: 'rules.reviewer', title: words('规则复核人', 'Reviewer of rules'), rights: { 'rules.pack.publish': 'city' } },
  ],
  auditEvents: [
    { id: 'rules.pack.drafted', title: words('起草规则版本', 'Edition drafted'), kind: 'write' },
    { id: 'rules.pack.published', title: words('发布规则版本', 'Edition published'), kind: 'write' },
  ],
  server: () => import('./server/index.ts'),
})
