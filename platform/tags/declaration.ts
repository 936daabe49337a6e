import { type Static, Type } from 'typebox'
import type { Words } from '#runtime'

/** Whom or what tags are put on: the rows of a dataset. */
export interface TagSubject {
  /** `<module>.<noun>`, e.g. `legal-persons.firm`. */
  readonly id: string
  readonly title: Words
  readonly dataset: string
  /** Column of its key, which logic answers as `key`. */
  readonly key: string
  /** Column of its name; nothing personal. */
  readonly name: string
  readonly themes: Readonly<Record<string, Words>>
  /** Right to see the tags of single members; over the whole city. */
  readonly readRight: string
  /** Page of a member; `$key` stands for its key. */
  readonly page: string
  /** First day and time of a day at which all is computed, cron in Asia/Shanghai. */
  readonly schedule: string
}

/**
 * A table made before the tags, one row a member at most, so that many tags read the facts once. One of facts holds
 * nothing that depends on the day; one of features may, and is made anew with every run.
 */
export interface TagFeature {
  /** Name under which logic sees it, e.g. `firm_tax`. */
  readonly id: string
  readonly subject: string
  readonly title: Words
  readonly sources: readonly TagSource[]
  /** Rules whose edition in force it reads, as tags do. */
  readonly rules: readonly string[]
  /** Features it is made of, which are declared before it. */
  readonly features: readonly string[]
  /** One statement with a column `key`, in the SQL that DuckDB and PostgreSQL share. */
  readonly sql: string
}

const words = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 2000 }), en: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false },
)
const id = Type.String({ pattern: '^[a-z][a-z0-9-]*\\.[a-z0-9][a-z0-9.-]*$', maxLength: 80 })
const statement = Type.String({ minLength: 10, maxLength: 20_000 })

export const tagSourceSchema = Type.Object(
  {
    dataset: Type.String({ maxLength: 100 }),
    columns: Type.Array(Type.String({ pattern: '^[a-z_][a-z0-9_]*$', maxLength: 60 }), { minItems: 1, maxItems: 60 }),
    /**
     * Column with the key of the member whom a row is about. Where every source of a feature or tag has one, a member's
     * row must follow from its own rows in them and in the features alone: only those of members with changed rows are
     * computed again.
     */
    by: Type.Optional(Type.String({ pattern: '^[a-z_][a-z0-9_]*$', maxLength: 60 })),
  },
  { additionalProperties: false },
)
export type TagSource = Static<typeof tagSourceSchema>

/** A tag as a module declares it or a steward stores it: the same shape. */
export const tagSchema = Type.Object(
  {
    /** `<module>.<name>`, a steward's `own.<name>`. */
    id,
    subject: Type.String({ maxLength: 80 }),
    /** `fact`: as a source says; `statistic`: counted or compared; `model`: estimated. Kept apart everywhere. */
    kind: Type.Union([Type.Literal('fact'), Type.Literal('statistic'), Type.Literal('model')]),
    theme: Type.String({ maxLength: 40 }),
    title: words,
    /** What exactly carries it. */
    about: words,
    /** Organisation that answers for it. */
    owner: Type.String({ maxLength: 100 }),
    /** What it may be used for, and on which basis. */
    use: words,
    /** Kinds of segments that may be made of it; others are refused. In none if empty. */
    uses: Type.Array(Type.Union([Type.Literal('service'), Type.Literal('supervision')]), {
      maxItems: 2,
      uniqueItems: true,
    }),
    /** Carriers and values of a sensitive one are for the right `tags.sensitive` and a purpose. */
    sensitivity: Type.Union([Type.Literal('public'), Type.Literal('internal'), Type.Literal('sensitive')]),
    /** Computed again after so many days; 1: with every run. */
    refreshDays: Type.Integer({ minimum: 1, maximum: 366 }),
    /** Not computed again for so long, it is shown as out of date, and segments that name it choose nobody. */
    validityDays: Type.Integer({ minimum: 1, maximum: 1000 }),
    features: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 }),
    /** Datasets and columns that logic and evidence read themselves. */
    sources: Type.Array(tagSourceSchema, { maxItems: 20 }),
    /** Rules whose edition in force is seen as a table, `legal-persons.size` as `rule_size`. */
    rules: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 10 }),
    /** One row a member that carries it: `key`, `value`, `since`. `as_of()` is the day of the run. */
    logic: statement,
    /** Rows behind one member, whose key is `$1`; of the sources, and of the rules as logic sees them. */
    evidence: statement,
    /** Of a model: `key` and `score` from 0 to 1 of everybody who is rated. */
    score: Type.Optional(statement),
    /** Of a model: what it was made of, for what, and what it cannot. */
    card: Type.Optional(words),
    /** Least precision found by review. */
    bar: Type.Number({ minimum: 0.5, maximum: 1 }),
  },
  { additionalProperties: false },
)
export type Tag = Static<typeof tagSchema>

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly tagSubjects?: readonly TagSubject[]
    readonly tagFeatures?: readonly TagFeature[]
    readonly tags?: readonly Tag[]
  }
}
