import { service, type Words } from '#runtime'
import type { Rule, RulePack } from './rule-pack.ts'

export {
  type Evaluation,
  type Rule,
  type RuleNote,
  type RulePack,
  type RuleVector,
  rule,
  rulePack,
} from './rule-pack.ts'

/** A result with what made it. */
export interface RuleResult {
  readonly rule: string
  readonly pack: string
  readonly result: unknown
  readonly explanation: readonly Words[]
}

/** Which edition: the one in force on a day (in a place, if a local scheme exists), or a named one. */
export type Under = { readonly at: Date; readonly locality?: string } | { readonly pack: string }

export interface Rules {
  all(): readonly Rule[]
  /** The edition itself, for what computes over many rows by its tables. @throws NotFound */
  edition(rule: string, under: Under): RulePack
  /**
   * @throws NotFound for an unknown rule or pack or a day without an edition; InvalidInput when facts do not fit the schema
   */
  evaluate(rule: string, facts: unknown, under: Under): RuleResult
}
export const rules = service<Rules>('rules')
