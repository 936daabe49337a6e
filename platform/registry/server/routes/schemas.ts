import { Type } from 'typebox'

export const DatasetParams = Type.Object({ dataset: Type.String({ maxLength: 100 }) })
export const RowParams = Type.Object({ dataset: Type.String({ maxLength: 100 }), row: Type.Integer({ minimum: 1 }) })
export const LoadParams = Type.Object({ load: Type.Integer({ minimum: 1 }) })

export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

export const Reason = Type.Object({
  field: Nullable(Type.String()),
  column: Type.Integer(),
  message: Words,
})

export const RowView = Type.Object({
  id: Type.Integer(),
  version: Type.Integer(),
  since: Type.String({ format: 'date-time' }),
  by: Type.String(),
  lineage: Type.Optional(Type.Object({ load: Type.Integer(), line: Type.Integer() })),
  value: Type.Record(Type.String(), Type.Unknown()),
  marks: Type.Array(
    Type.Object({
      code: Type.String(),
      title: Words,
      since: Type.String({ format: 'date-time' }),
      path: Type.Optional(Type.String()),
    }),
  ),
})

export const ReadingSchema = Type.Object(
  {
    format: Type.Enum(['csv', 'xlsx', 'json']),
    encoding: Type.Enum(['utf-8', 'gb18030', 'utf-16le']),
    separator: Type.Enum([',', ';', '\t', '|']),
    headerLine: Type.Integer({ minimum: 0, maximum: 100 }),
    header: Type.Array(Type.String({ maxLength: 1000 }), { minItems: 1, maxItems: 1000 }),
  },
  { additionalProperties: false },
)

export const Columns = Type.Array(Nullable(Type.String({ maxLength: 100 })), { maxItems: 1000 })
export const Where = Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 }))
export const Done = Type.Object({ done: Type.Boolean() })
