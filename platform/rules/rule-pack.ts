import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { Words } from '#runtime'

/**
 * A question that a standard or law answers, e.g. "which hourly air index follows from these concentrations". Its
 * packs are the editions in force over time; a result names the pack that made it and can be made again under another.
 */
export interface Rule<F extends TObject = TObject, R extends TSchema = TSchema, T = unknown> {
  /** `<module>.<noun>`, e.g. `air.hourly-index`. */
  readonly id: string
  readonly title: Words
  readonly facts: F
  readonly result: R
  readonly packs: readonly RulePack<T, Static<F>>[]
  /** What the keys of its tables are called on its page. */
  readonly names?: Readonly<Record<string, Words>>
  /** The method, the same for all editions, reading the pack's tables; must be pure. */
  readonly evaluate: (tables: T, facts: Static<F>) => Evaluation<Static<R>>
}

export interface Evaluation<R> {
  readonly result: R
  /** Steps a clerk can follow, in order. */
  readonly explanation: readonly Words[]
}

/** One edition of a standard or local scheme, as data. */
export interface RulePack<T = unknown, F = unknown> {
  /** e.g. `hj633-2026`. */
  readonly id: string
  readonly title: Words
  /** Document and clause the numbers were read from. */
  readonly source: { readonly document: string; readonly clause: string }
  /** First day in force, `2026-03-01`. */
  readonly validFrom: string
  /** Last day in force, or null while it is open. */
  readonly validTo: string | null
  /** `CN`, or a division code for a local scheme. */
  readonly locality: string
  /** What a reader has to know; a note that is not verified is shown as "to be checked". */
  readonly notes: readonly RuleNote[]
  /** The numbers: plain JSON, shown as tables. */
  readonly tables: T
  /** Facts with the result that the document gives for them; the test run evaluates every one. */
  readonly vectors: readonly RuleVector<F>[]
}

export interface RuleNote {
  readonly text: Words
  readonly clause: string | null
  /** Checked against the printed text. */
  readonly verified: boolean
}

export interface RuleVector<F = unknown> {
  readonly title: string
  readonly facts: F
  /** What the result must contain; fields left out are not compared. */
  readonly expected: unknown
}

/** Types a rule from its schemas. */
export const rule = <F extends TObject, R extends TSchema, T>(declaration: Rule<F, R, T>): Rule =>
  declaration as unknown as Rule

/** Types a pack. */
export const rulePack = <T, F>(pack: RulePack<T, F>): RulePack<T, F> => pack

const pair = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) })
const day = Type.String({ format: 'date' })

/** Schema of a pack as an administrator hands it in; `tables` must have the shape of the packs already there. */
export const rulePackSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9./-]{1,80}$' }),
    title: pair,
    source: Type.Object({ document: Type.String({ minLength: 1 }), clause: Type.String({ minLength: 1 }) }),
    validFrom: day,
    validTo: Type.Union([day, Type.Null()]),
    locality: Type.String({ pattern: '^(CN|\\d{2,12})$' }),
    notes: Type.Array(
      Type.Object({
        text: pair,
        clause: Type.Union([Type.String(), Type.Null()]),
        verified: Type.Boolean(),
      }),
    ),
    tables: Type.Unknown(),
    vectors: Type.Array(
      Type.Object({ title: Type.String({ minLength: 1 }), facts: Type.Unknown(), expected: Type.Unknown() }),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
)

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly rules?: readonly Rule[]
  }
}
