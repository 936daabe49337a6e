import { type Static, Type } from 'typebox'
import { ACCESS, GROUNDS, LICENCES, PROMISES, THEMES } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const codes = <C extends string>(list: Readonly<Record<C, unknown>>) => Type.Enum(Object.keys(list) as [C, ...C[]])
const pair = (max: number) =>
  Type.Object(
    { zh: Type.String({ minLength: 1, maxLength: max }), en: Type.String({ minLength: 1, maxLength: max }) },
    closed,
  )
const fieldName = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,59}$' })
const fields = (min: number) => Type.Array(fieldName, { minItems: min, maxItems: 200, uniqueItems: true })
const value = Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()])

/** A condition on rows, the registry's `Condition` as data. */
const condition = Type.Union([
  Type.Object({ is: value }, closed),
  Type.Object({ in: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 200 }) }, closed),
  Type.Object({ prefix: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  Type.Object({ from: Type.Optional(Type.String()), to: Type.Optional(Type.String()) }, closed),
])

/** What the owner says of a release: proposed, reviewed and published as one. */
export const Meta = Type.Object(
  {
    title: pair(100),
    about: pair(2000),
    access: codes(ACCESS),
    /** Fields of the source that go out; never a sealed or personal one. */
    fields: fields(1),
    /** Which rows go out; all if empty. */
    where: Type.Record(fieldName, condition),
    licence: codes(LICENCES),
    themes: Type.Array(codes(THEMES), { minItems: 1, maxItems: 3, uniqueItems: true }),
    keywords: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20, uniqueItems: true }),
    promise: codes(PROMISES),
    /** Whom readers ask: an office, never a person. */
    contact: Type.Object(
      {
        name: pair(100),
        mail: Type.Optional(Type.String({ format: 'email', maxLength: 100 })),
        phone: Type.Optional(Type.String({ pattern: '^[+\\d][\\d -]{4,30}$' })),
      },
      closed,
    ),
    /** Division code of the area that the data are about. */
    spatial: Type.Optional(Type.String({ pattern: '^\\d{2,12}$' })),
    temporal: Type.Optional(
      Type.Object(
        { from: Type.Optional(Type.String({ format: 'date' })), to: Type.Optional(Type.String({ format: 'date' })) },
        closed,
      ),
    ),
    /** Field whose latest value says how new the data are; the last check of the source if absent. */
    time: Type.Optional(fieldName),
    /** Whether a row is about a natural person: then the re-identification test is made. */
    persons: Type.Boolean(),
    /**
     * Fields that do not help to find a person, each with a reason that the approver sees. Every other field that goes out
     * counts as a quasi-identifier: by it somebody who knows a person could find the row.
     */
    exempt: Type.Record(
      fieldName,
      Type.Object({ ground: codes(GROUNDS), reason: Type.String({ minLength: 5, maxLength: 500 }) }, closed),
    ),
    /** Fields that must not be learned about a person; exempt all of them, or their groups would never differ in them. */
    sensitive: fields(0),
  },
  closed,
)
export type Meta = Static<typeof Meta>

/** Fields by which a person could be found: all that go out and are not exempt. */
export const quasiOf = ({ fields: all, exempt }: Meta): readonly string[] =>
  all.filter((name) => !Object.hasOwn(exempt, name))
