import { Type } from 'typebox'
import { words } from '#runtime'

/** The six dimensions of GB/T 36344. */
export const DIMENSIONS = {
  normative: words('规范性', 'Conformity'),
  complete: words('完整性', 'Completeness'),
  accurate: words('准确性', 'Accuracy'),
  consistent: words('一致性', 'Consistency'),
  timely: words('时效性', 'Timeliness'),
  accessible: words('可访问性', 'Accessibility'),
} as const
export type Dimension = keyof typeof DIMENSIONS
export const DIMENSION_IDS = Object.keys(DIMENSIONS) as Dimension[]

/** How much a rule weighs in its dimension. */
export const SEVERITIES = {
  minor: words('一般', 'Minor'),
  major: words('重要', 'Major'),
  critical: words('严重', 'Critical'),
} as const
export type Severity = keyof typeof SEVERITIES

/** A pair of words that a matter carries, e.g. the title of a dataset. */
export const WORDS = Type.Object({ zh: Type.String(), en: Type.String() }, { additionalProperties: false })
