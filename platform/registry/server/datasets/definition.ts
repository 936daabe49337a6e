import { type Static, type TSchema, Type } from 'typebox'
import { type AnyDataset, dataset } from '../../dataset.ts'
import { field } from '../../fields.ts'

const Words = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ maxLength: 200 }) })
const KINDS = [
  'text',
  'longText',
  'integer',
  'decimal',
  'boolean',
  'date',
  'instant',
  'code',
  'identity',
  'uscc',
  'phone',
  'division',
  'organisation',
  'point',
] as const

/** A field as a steward defines it. */
export const FieldDefinition = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$' }),
    kind: Type.Enum(KINDS),
    title: Words,
    required: Type.Optional(Type.Boolean()),
    personal: Type.Optional(Type.Boolean()),
    /** Sharing class where it is not that of the dataset. */
    sharing: Type.Optional(Type.Enum(['unconditional', 'conditional', 'none'])),
    sealed: Type.Optional(Type.Boolean()),
    mask: Type.Optional(Type.Enum(['identity', 'phone', 'name', 'address', 'all'])),
    /** Code list of a code field. */
    codes: Type.Optional(Type.String({ maxLength: 100 })),
    unit: Type.Optional(Type.String({ maxLength: 40 })),
    element: Type.Optional(Type.String({ maxLength: 100 })),
    aliases: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 30 })),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
)

/** A dataset as a steward defines it in the portal; the same law as one declared in code. */
export const DatasetDefinition = Type.Object(
  {
    /** The id is `city.<name>`. */
    name: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
    title: Words,
    about: Words,
    source: Type.String({ minLength: 1, maxLength: 100 }),
    fields: Type.Array(FieldDefinition, { minItems: 1, maxItems: 200 }),
    key: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 5 }),
    level: Type.Enum(['public', 'internal', 'sensitive', 'important', 'core']),
    sharing: Type.Enum(['unconditional', 'conditional', 'none']),
    opening: Type.Enum(['open', 'conditional', 'closed']),
    /** Years to keep rows; 0 for ever. */
    retentionYears: Type.Integer({ minimum: 0, maximum: 200 }),
    /** Field that decides who may see a row. */
    scope: Type.Optional(
      Type.Object(
        { division: Type.Optional(Type.String()), organisation: Type.Optional(Type.String()) },
        { additionalProperties: false },
      ),
    ),
    /** Fields with an index: lists can be ordered and searched by them. */
    indexed: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 12 })),
  },
  { additionalProperties: false },
)

export type FieldDefinition = Static<typeof FieldDefinition>
export type DatasetDefinition = Static<typeof DatasetDefinition>

export const definedId = (name: string): string => `city.${name}`

/** The dataset that a definition means. */
export function datasetOf(definition: DatasetDefinition): AnyDataset {
  const properties = Object.fromEntries(
    definition.fields.map((each) => [each.name, each.required ? schemaOf(each) : Type.Optional(schemaOf(each))]),
  )
  const indexed = definition.indexed ?? []
  return dataset({
    id: definedId(definition.name),
    title: definition.title,
    about: definition.about,
    source: definition.source,
    schema: Type.Object(properties),
    key: definition.key,
    level: definition.level,
    sharing: definition.sharing,
    opening: definition.opening,
    retention: definition.retentionYears === 0 ? 'permanent' : { years: definition.retentionYears },
    ...(definition.scope ? { scope: definition.scope as { division?: string; organisation?: string } } : {}),
    writeRight: 'registry.write',
    list: { columns: definition.fields.slice(0, 8).map(({ name }) => name), sort: indexed, search: indexed },
    storage: { table: `registry_data.${definition.name.replaceAll('-', '_')}` },
  } as AnyDataset)
}

function schemaOf({ kind, title, codes = '', required: _, name: _name, ...rest }: FieldDefinition): TSchema {
  const options = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  if (kind === 'code') return field.codeOf(title, codes, options)
  const make = field[kind] as (title: FieldDefinition['title'], options: object) => TSchema
  return make(title, options)
}
