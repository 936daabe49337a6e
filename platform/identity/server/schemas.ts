import { Type } from 'typebox'

export const NameView = Type.Object({ zh: Type.String(), en: Type.String() })
export const NameBody = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 100 }), en: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
)
export const Nullable = Type.Union([Type.String(), Type.Null()])
export const Instant = Type.String({ format: 'date-time' })
export const MaybeInstant = Type.Union([Instant, Type.Null()])
export const ById = Type.Object({ id: Type.String({ maxLength: 100 }) })
export const KindView = Type.Union([Type.Literal('staff'), Type.Literal('resident'), Type.Literal('firm')])
export const ReachView = Type.Union([
  Type.Literal('own'),
  Type.Literal('unit'),
  Type.Literal('subtree'),
  Type.Literal('city'),
])
export const Done = Type.Object({ id: Type.String() })
