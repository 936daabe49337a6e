import type { ScreenPack } from '../../rules/air-screens.ts'
import { finding } from './runs.ts'
import type { Finding, Series } from './screens-types.ts'

/** Steps from one hour to the next that air does not make. */
export function jumps(pack: ScreenPack, series: Series): Finding[] {
  const { values, pollutant } = series
  const { factor, step: steps } = pack.tables.jump
  const step = steps[pollutant]
  return values.flatMap((value, at) => {
    const before = values[at - 1]
    if (value === null || before === null || before === undefined) return []
    const difference = Math.abs(value - before)
    if (difference < step || difference < factor * Math.min(value, before)) return []
    const message = { zh: `一小时内由 ${before} 变为 ${value}`, en: `from ${before} to ${value} within an hour` }
    return [finding('jump', pack, series, { from: at - 1, to: at + 1 }, step, message)]
  })
}
