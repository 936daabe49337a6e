import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Words = Type.Object({ zh: Name, en: Name }, closed)
const Place = Type.String({ maxLength: 200 })
const Database = (kind: 'postgres' | 'mysql') =>
  Type.Object(
    {
      kind: Type.Literal(kind),
      host: Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\s/@]+$' }),
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      database: Name,
      user: Name,
      tls: Type.Boolean(),
    },
    closed,
  )

export const ConnectionSchema = Type.Union([
  Type.Object({ kind: Type.Literal('folder'), path: Type.String({ maxLength: 500 }) }, closed),
  Database('postgres'),
  Database('mysql'),
  Type.Object(
    { kind: Type.Literal('http'), address: Type.String({ maxLength: 1000 }), user: Type.Optional(Name) },
    closed,
  ),
  Type.Object({ kind: Type.Literal('push') }, closed),
])

const Secret = Type.Optional(Type.String({ minLength: 1, maxLength: 4000 }))

export const SourceBody = Type.Object(
  { title: Words, organisation: Name, connection: ConnectionSchema, secret: Secret, isOn: Type.Boolean() },
  closed,
)

/** A connection to try; without a secret that of the stored source with this id is used. */
export const TrialBody = Type.Object(
  {
    id: Type.Optional(Type.String({ maxLength: 60 })),
    organisation: Name,
    connection: ConnectionSchema,
    secret: Secret,
  },
  closed,
)

const Pages = Type.Object(
  {
    rows: Place,
    next: Type.Union([
      Type.Object({ by: Type.Literal('nothing') }, closed),
      Type.Object({ by: Type.Literal('link'), place: Place }, closed),
      Type.Object({ by: Type.Literal('cursor'), place: Place, parameter: Name }, closed),
      Type.Object({ by: Type.Literal('number'), parameter: Name, first: Type.Integer({ minimum: 0 }) }, closed),
    ]),
    total: Type.Optional(Place),
  },
  closed,
)

export const FieldsByColumn = Type.Record(
  Type.String({ maxLength: 1000 }),
  Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
)

export const FeedBody = Type.Object(
  {
    source: Name,
    title: Words,
    dataset: Type.String({ maxLength: 100 }),
    from: Type.String({ maxLength: 1000 }),
    mode: Type.Enum(['snapshot', 'watermark', 'replication']),
    watermark: Type.Optional(
      Type.Object(
        {
          column: Name,
          overlapSeconds: Type.Integer({ minimum: 0, maximum: 31_536_000 }),
          overlapNumbers: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
          first: Type.Optional(Name),
          givesAll: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    deletes: Type.Enum(['keep', 'missing']),
    wholeEveryDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
    schedule: Type.Optional(
      Type.Union([
        Type.Object({ everyMinutes: Type.Integer({ minimum: 1, maximum: 527_040 }) }, closed),
        Type.Object({ cron: Type.String({ maxLength: 100 }) }, closed),
      ]),
    ),
    freshHours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 87_600 })),
    columns: Type.Optional(FieldsByColumn),
    pages: Type.Optional(Pages),
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_600 })),
    isOn: Type.Boolean(),
  },
  closed,
)

export const PreviewBody = Type.Object(
  {
    from: Type.String({ maxLength: 1000 }),
    dataset: Type.String({ maxLength: 100 }),
    pages: Type.Optional(Pages),
  },
  closed,
)

export const SourceParams = Type.Object({ source: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' }) })
export const FeedParams = Type.Object({ feed: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,119}$' }) })
export const RunParams = Type.Object({ run: Type.Integer({ minimum: 1 }) })
export const Done = Type.Object({ done: Type.Boolean() })
export const Run = Type.Object({ run: Type.Integer() })
