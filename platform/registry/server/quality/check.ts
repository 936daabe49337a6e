import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Field = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$' })
const Bound = Type.Union([Type.Number(), Type.String({ pattern: '^(today|\\d{4}-\\d{2}-\\d{2})$' })])

/**
 * What a steward asks of the rows of a dataset, as data. All but `fresh` speak of each row; an empty value fails
 * `required` only. Bounds of days may be `today`.
 */
export const QualityCheck = Type.Union([
  Type.Object({ kind: Type.Literal('required'), field: Field }, closed),
  Type.Object(
    { kind: Type.Literal('range'), field: Field, from: Type.Optional(Bound), to: Type.Optional(Bound) },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('codes'),
      field: Field,
      /** A code list of the registry, or the codes themselves. */
      codes: Type.Union([
        Type.String({ minLength: 1, maxLength: 100 }),
        Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 500 }),
      ]),
    },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('pattern'), field: Field, pattern: Type.String({ minLength: 1, maxLength: 300 }) },
    closed,
  ),
  Type.Object({ kind: Type.Literal('unique'), fields: Type.Array(Field, { minItems: 1, maxItems: 5 }) }, closed),
  Type.Object(
    { kind: Type.Literal('reference'), field: Field, dataset: Type.String({ maxLength: 100 }), other: Field },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('compare'),
      field: Field,
      operator: Type.Enum(['=', '<>', '<', '<=', '>', '>=']),
      other: Field,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('fresh'),
      /** The newest row is at most so many days old. */
      days: Type.Integer({ minimum: 1, maximum: 3660 }),
      /** A day or instant of the row; the time of its last change unless said. */
      field: Type.Optional(Field),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('condition'), sql: Type.String({ minLength: 1, maxLength: 2000 }) }, closed),
])
export type QualityCheck = Static<typeof QualityCheck>
