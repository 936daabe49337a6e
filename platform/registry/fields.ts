import { type TSchema, Type } from 'typebox'
import type { Words } from '#runtime'

/** What the product knows of a field besides its JSON type: the same for table, form, import, catalogue and masking. */
export interface FieldMeta {
  readonly kind: FieldKind
  readonly title: Words
  readonly help?: Words
  /** Standard data element [数据元] it is of; one owner a city, e.g. `DE02.01.039` or `taian:air.station-code`. */
  readonly element?: string
  /** UCUM unit of a number, e.g. `ug/m3`. */
  readonly unit?: string
  /** Says something of a natural person: reading it is by right, for a purpose, and logged. */
  readonly personal?: boolean
  /** Sharing class of the field where it is not that of its dataset. */
  readonly sharing?: 'unconditional' | 'conditional' | 'none'
  /** For programs; pages that list what something holds leave it out. */
  readonly internal?: boolean
  /** Stored encrypted (SM4); found again by its blind index only, whole and exact. */
  readonly sealed?: boolean
  /** How it is shown to those without the right to unmask. */
  readonly mask?: 'identity' | 'phone' | 'name' | 'address' | 'all'
  /** Code list of a `code` field. */
  readonly codes?: string
  /** Dataset of a `reference` field. */
  readonly dataset?: string
  /** Other column titles under which sources send it; the import's first guess. */
  readonly aliases?: readonly string[]
}

export type FieldKind =
  | 'text'
  | 'longText'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'code'
  | 'identity'
  | 'uscc'
  | 'phone'
  | 'division'
  | 'organisation'
  | 'point'
  | 'reference'
  | 'files'
  | 'json'

type Options = Omit<FieldMeta, 'kind' | 'title'>
interface Length {
  readonly min?: number
  readonly max?: number
}
interface Pattern {
  readonly pattern?: string
}

const meta = (kind: FieldKind, title: Words, options: Options): { daizong: FieldMeta; title: string } => {
  const { help, element, unit, personal, sharing, internal, sealed, mask, codes, dataset, aliases } = options
  const known = { help, element, unit, personal, sharing, internal, sealed, mask, codes, dataset, aliases }
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
  return { daizong: { kind, title, ...given }, title: title.zh }
}

/**
 * Makers of field schemas. Each is a TypeBox schema (so `Static` gives its TypeScript type) that carries a `FieldMeta`
 * under `daizong`. Wrap in `Type.Optional` for a field that may be empty.
 */
export const field = {
  /** A line of text, 200 characters unless said. */
  text: (title: Words, options: Options & Length & Pattern = {}) =>
    Type.String({
      ...meta('text', title, options),
      maxLength: options.max ?? 200,
      ...(options.min === undefined ? { minLength: 1 } : { minLength: options.min }),
      ...(options.pattern ? { pattern: options.pattern } : {}),
    }),
  /** Paragraphs, 20,000 characters unless said. */
  longText: (title: Words, options: Options & Length = {}) =>
    Type.String({ ...meta('longText', title, options), maxLength: options.max ?? 20_000 }),
  integer: (title: Words, options: Options & Length = {}) =>
    Type.Integer({ ...meta('integer', title, options), ...bounds(options) }),
  /** A decimal number, stored as `numeric` or `double precision`. */
  decimal: (title: Words, options: Options & Length = {}) =>
    Type.Number({ ...meta('decimal', title, options), ...bounds(options) }),
  boolean: (title: Words, options: Options = {}) => Type.Boolean(meta('boolean', title, options)),
  /** A calendar day `2026-03-01`. */
  date: (title: Words, options: Options = {}) => Type.String({ ...meta('date', title, options), format: 'date' }),
  /** An instant, ISO 8601 with offset. */
  instant: (title: Words, options: Options = {}) =>
    Type.String({ ...meta('instant', title, options), format: 'date-time' }),
  /** One code of a code list; `choices` fixes them in the schema where the list is small and the field's own. */
  code: <const C extends string>(title: Words, choices: Readonly<Record<C, Words>>, options: Options = {}) =>
    Type.Unsafe<C>(
      Type.Union(
        (Object.keys(choices) as C[]).map((code) =>
          Type.Literal(code, { title: choices[code].zh, words: choices[code] }),
        ),
        meta('code', title, options),
      ),
    ),
  /** A code of a list of the registry, e.g. `gbt2261.1`. */
  codeOf: (title: Words, codes: string, options: Options = {}) =>
    Type.String({ ...meta('code', title, { ...options, codes }), maxLength: 40 }),
  /** Citizen number [GB 11643]; personal, sealed and masked. */
  identity: (title: Words, options: Options = {}) =>
    Type.String({
      ...meta('identity', title, { personal: true, sealed: true, mask: 'identity', ...options }),
      pattern: '^\\d{17}[\\dX]$',
    }),
  /** Unified social credit code [GB 32100]. */
  uscc: (title: Words, options: Options = {}) =>
    Type.String({ ...meta('uscc', title, options), pattern: '^[0-9A-HJ-NP-RTUWXY]{18}$' }),
  /** Telephone number of a person; personal, sealed and masked. */
  phone: (title: Words, options: Options = {}) =>
    Type.String({
      ...meta('phone', title, { personal: true, sealed: true, mask: 'phone', ...options }),
      pattern: '^[+\\d][\\d-]{5,19}$',
    }),
  /** Division code [GB/T 2260 and statistics areas], 2 to 12 digits. */
  division: (title: Words, options: Options = {}) =>
    Type.String({ ...meta('division', title, options), pattern: '^\\d{2}(\\d{2}(\\d{2}(\\d{3}(\\d{3})?)?)?)?$' }),
  /** Id of an organisation of the tree. */
  organisation: (title: Words, options: Options = {}) =>
    Type.String({ ...meta('organisation', title, options), maxLength: 100 }),
  /** Ids of several organisations, at least one unless said; kept as JSON, drawn as a choice of organisations. */
  organisations: (title: Words, options: Options & Length = {}) =>
    Type.Array(field.organisation(title), {
      ...meta('json', title, options),
      minItems: options.min ?? 1,
      maxItems: options.max ?? 50,
      uniqueItems: true,
    }),
  /** WGS 84 longitude and latitude in degrees; stored as two columns `<name>_lng`, `<name>_lat`. */
  point: (title: Words, options: Options = {}) =>
    Type.Object(
      { lng: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) },
      { ...meta('point', title, options), additionalProperties: false },
    ),
  /** Key of a row of another dataset. */
  reference: (title: Words, dataset: string, options: Options = {}) =>
    Type.String({ ...meta('reference', title, { ...options, dataset }), maxLength: 200 }),
  /** Files kept by the documents capability, by their ids. */
  files: (title: Words, options: Options & Length = {}) =>
    Type.Array(Type.String({ maxLength: 64 }), {
      ...meta('files', title, options),
      minItems: options.min ?? 0,
      maxItems: options.max ?? 20,
    }),
  /** Any other shape; give its schema. */
  json: <S extends TSchema>(title: Words, schema: S, options: Options = {}): S => ({
    ...schema,
    ...meta('json', title, options),
  }),
}

const bounds = ({ min, max }: Length) => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
})

/** The `FieldMeta` of a schema made by `field`. */
export const fieldMeta = (schema: TSchema): FieldMeta | undefined => (schema as { daizong?: FieldMeta }).daizong
