import type { ActiveRule } from './active-rules.ts'
import type { Found } from './ask-checks.ts'

/** A rule with what the check found. */
export interface Outcome extends Found {
  readonly rule: Omit<ActiveRule, 'plan'>
}

/** Whether enough rows are good; of no rows all are. */
export const passes = ({ rows, bad, rule, problem }: Outcome): boolean =>
  problem === undefined && (rows === 0 || 1 - bad / rows >= rule.least)
