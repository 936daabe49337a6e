import type { Static, TObject, TSchema } from 'typebox'
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
  /** e.g. `HJ 633-2026`. */
  readonly id: string
  readonly title: Words
  /** Document and clause the numbers were read from. */
  readonly source: { readonly document: string; readonly clause: string }
  /** First day in force, `2026-03-01`. */
  readonly validFrom: string
  /** Last day in force; open if absent. */
  readonly validTo?: string
  /** `CN`, or a division code for a local scheme. */
  readonly locality: string
  /** False while a number has not been checked against the printed text: shown so, and to be configured. */
  readonly verified: boolean
  /** The numbers: plain JSON, shown as tables. */
  readonly tables: T
  /** Facts with the result that the document gives for them; the test run evaluates every one. */
  readonly vectors: readonly { readonly facts: F; readonly expected: unknown; readonly from: string }[]
}

/** Types a rule from its schemas. */
export const rule = <F extends TObject, R extends TSchema, T>(declaration: Rule<F, R, T>): Rule =>
  declaration as unknown as Rule

/** Types a pack. */
export const rulePack = <T, F>(pack: RulePack<T, F>): RulePack<T, F> => pack

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly rules?: readonly Rule[]
  }
}
