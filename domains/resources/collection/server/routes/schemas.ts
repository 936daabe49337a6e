import { Type } from 'typebox'
import { QualityCheck } from '#platform/registry'
import { DIMENSION_IDS } from '../../declarations/dimensions.ts'

export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
export const DatasetParams = Type.Object({ dataset: Type.String({ maxLength: 100 }) })
export const Done = Type.Object({ done: Type.Boolean() })

/** A rule as a steward writes it. */
export const RuleBody = Type.Object(
  {
    dataset: Type.String({ minLength: 1, maxLength: 100 }),
    title: Type.Object(
      { zh: Type.String({ minLength: 1, maxLength: 100 }), en: Type.String({ maxLength: 100 }) },
      { additionalProperties: false },
    ),
    dimension: Type.Enum(DIMENSION_IDS),
    severity: Type.Enum(['minor', 'major', 'critical']),
    check: QualityCheck,
    /** Least share of rows that must be good. */
    least: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    /** Rule whose place it takes once it is in force. */
    replaces: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)
