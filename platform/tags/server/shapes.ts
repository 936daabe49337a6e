import { Type } from 'typebox'

export const Pair = Type.Object({ zh: Type.String(), en: Type.String() })
export const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
export const TagId = Type.Object({ id: Type.String({ maxLength: 80 }) })
export const Key = Type.String({ minLength: 1, maxLength: 60 })
export const Cursor = Type.Optional(Type.String({ maxLength: 200 }))
/** Rows whose columns are those of a statement. */
export const Answer = Type.Object({
  columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
  rows: Type.Array(Type.Array(Type.Unknown())),
  cut: Type.Boolean(),
})
