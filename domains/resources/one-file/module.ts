import { defineModule, words } from '#runtime'
import { reviewLoop } from './declarations/loops.ts'
import { MATCHING, readings, SHOWING } from './declarations/readings.ts'
import { auditEvents, rights, roles } from './declarations/roles.ts'
import { controlRule } from './rules/control.ts'
import { matchingRule } from './rules/matching.ts'
import { purposesRule } from './rules/purposes.ts'
import { strikeOffRule } from './rules/strike-off.ts'
import { survivorshipRule } from './rules/survivorship.ts'

const datasets = readings.map(({ dataset }) => dataset)

export const oneFileModule = defineModule({
  id: 'one-file',
  title: words('一人一档、一企一档', 'One file per person and firm'),
  about: words(
    '把各部门的记录归并到人和企业：每个值都有来源和时间，谁看过也看得见',
    'Puts the records of all departments together to persons and firms: every value with its source and time, and who read it',
  ),
  plan: '17.4',
  needs: [
    'identity',
    'audit',
    'crypto',
    'registry',
    'sources',
    'rules',
    'loops',
    'exchange',
    'analytics',
    'base',
    'collection',
  ],
  folder: import.meta.dirname,
  keyPurposes: [{ id: 'one-file.index', title: words('档案检索索引', 'Index by which files are found'), use: 'mac' }],
  unsealedPurposes: [
    { id: MATCHING, title: words('归并档案', 'Matching of the files'), datasets },
    { id: SHOWING, title: words('展示档案', 'Showing a file'), datasets },
  ],
  rules: [matchingRule, survivorshipRule, strikeOffRule, controlRule, purposesRule],
  loops: [reviewLoop],
  rights,
  roles,
  auditEvents,
  server: () => import('./server/index.ts'),
})
