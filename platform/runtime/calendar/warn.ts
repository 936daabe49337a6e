import { type ClockRun, segmentsUntil } from './clock-run.ts'
import type { Duration } from './duration.ts'
import { scaleOf } from './scale.ts'
import { advance, measureOf, type TermRules } from './term.ts'

/** When a light turns yellow: at a share of the term (0..1) or a lead time before it ends (not months or years). */
export type LightRule = { readonly warnShare: number } | { readonly warnLead: Duration }

/** The instant from which the light is yellow. May lie before the start of a short term. */
export function warnAt(run: ClockRun, due: number, rules: TermRules & { readonly light: LightRule }): number {
  return 'warnLead' in rules.light
    ? leadBefore(due, rules.light.warnLead, rules)
    : shareOf(run, rules.light.warnShare, rules)
}

/** A lead of n days begins with the day after which n (working) days are left. */
function leadBefore(due: number, lead: Duration, rules: TermRules): number {
  if (lead.unit === 'month' || lead.unit === 'year') throw new RangeError('A lead time cannot be in months or years')
  const scale = scaleOf(measureOf(lead), rules)
  const last = scale.indexAt(scale.isDays ? due - 1 : due)
  const length = advance(due, lead, rules).index - scale.indexAt(due)
  return scale.startOf(last - length)
}

/** The first instant at which the share of the whole term, pauses left out, has been counted. */
function shareOf(run: ClockRun, share: number, rules: TermRules): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share of the term lies between 0 and 1, not ${share}`)
  const scale = scaleOf(run.target.measure, rules)
  const paused = run.pausedAt
  const from = paused ?? run.since
  const past = segmentsUntil(run, run.since).reduce((sum, [a, b]) => sum + scale.indexAt(b) - scale.indexAt(a), 0)
  const total = past + run.target.index - run.lent - scale.indexAt(from)
  const needed = Math.ceil(share * total - past - ROUNDING)
  return needed <= 0 ? from : scale.startOf(scale.indexAt(from) + needed)
}

/** Keeps 0.1 × 30 days from becoming a fourth day. */
const ROUNDING = 1e-6
