import { type Declared, type Module, StartError } from '#runtime'
import type { Indicator, WarningRule } from '../indicator.ts'
import { gravity } from './levels.ts'

const ID = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/

/** @throws StartError naming module and indicator */
export function checkIndicators(entries: readonly Declared<'indicators'>[], modules: readonly Module[]): void {
  const datasets = new Set(modules.flatMap((module) => (module.datasets ?? []).map(({ id }) => id)))
  for (const { module, entry } of entries) {
    const { id, decimals, compute, dimension, period } = entry as Indicator
    const stop = (fault: string): never => {
      throw new StartError(`Indicator "${id}" of module "${module.id}" ${fault}.`)
    }
    if (!ID.test(id)) stop('has an id that is not <module>.<measure> in lower case')
    if (!Number.isInteger(decimals) || decimals < 0 || decimals > 10) stop('needs 0 to 10 decimals')
    if (typeof compute === 'string') continue
    if (!datasets.has(compute.dataset)) stop(`counts rows of the dataset "${compute.dataset}", which nobody declares`)
    if (period === 'hour') stop('counts rows, which is not done every hour')
    if ((dimension === 'city') !== (compute.member === undefined)) stop('must say to which member a row belongs')
  }
}

/** @throws StartError naming module and warning */
export function checkWarnings(entries: readonly Declared<'warnings'>[], modules: readonly Module[]): void {
  const indicators = new Map(modules.flatMap((module) => (module.indicators ?? []).map((entry) => [entry.id, entry])))
  const loops = new Set(modules.flatMap((module) => (module.loops ?? []).map(({ id }) => id)))
  for (const { module, entry } of entries) {
    const rule = entry as WarningRule
    const fault = faultOf(rule, indicators.get(rule.indicator), loops)
    if (fault) throw new StartError(`Warning "${rule.id}" of module "${module.id}" ${fault}.`)
  }
}

function faultOf(rule: WarningRule, indicator: Indicator | undefined, loops: ReadonlySet<string>): string | undefined {
  if (!indicator) return `watches the indicator "${rule.indicator}", which nobody declares`
  if (indicator.better === 'neither') return `watches "${rule.indicator}", of which neither way is bad`
  if (!loops.has(rule.loop)) return `opens the loop "${rule.loop}", which nobody declares`
  if (rule.levels.length === 0) return 'has no level'
  const upward = indicator.better === 'lower'
  for (const [i, level] of rule.levels.entries()) {
    const before = rule.levels[i - 1]
    if (!Number.isInteger(level.periods) || level.periods < 1)
      return `needs a whole number of periods for ${level.level}`
    if (!before) continue
    if (gravity(level.level) <= gravity(before.level)) return 'must list its levels from the mildest to the gravest'
    const isGraver = upward ? level.threshold >= before.threshold : level.threshold <= before.threshold
    if (!isGraver) return `has a ${level.level} threshold that is milder than that of ${before.level}`
  }
  return undefined
}
