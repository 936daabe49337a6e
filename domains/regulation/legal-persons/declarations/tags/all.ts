import type { Tag } from '#platform/tags'
import { industryTags } from './industry.ts'
import { licenceTags } from './licence.ts'
import { recordTags } from './record.ts'
import { registrationTags } from './registration.ts'
import { relationTags } from './relation.ts'
import { riskTags } from './risk.ts'
import { sizeTags } from './size.ts'
import { staffTags } from './staff.ts'
import { supervisionTags } from './supervision.ts'
import { taxTags } from './tax.ts'

export const firmTags: readonly Tag[] = [
  ...registrationTags,
  ...industryTags,
  ...sizeTags,
  ...taxTags,
  ...staffTags,
  ...licenceTags,
  ...supervisionTags,
  ...relationTags,
  ...recordTags,
  ...riskTags,
]
