import { service } from '#runtime'
import type { Rule } from './rule-pack.ts'

export { type Evaluation, type Rule, type RulePack, rule, rulePack } from './rule-pack.ts'

/** A result with what made it. */
export interface RuleResult {
  readonly rule: string
  readonly pack: string
  readonly result: unknown
  readonly explanation: readonly { readonly zh: string; readonly en: string }[]
}

export interface Rules {
  readonly all: readonly Rule[]
  /**
   * Evaluates under the edition in force on a day (Asia/Shanghai), or under a named pack.
   * @throws NotFound for an unknown rule or a day without an edition; InvalidInput when facts do not fit the schema
   */
  evaluate(rule: string, facts: unknown, under: { readonly at: Date } | { readonly pack: string }): RuleResult
}
export const rules = service<Rules>('rules')
