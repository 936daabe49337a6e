import type { ScreenPack } from '../../rules/air-screens.ts'
import { finding, runsOf } from './runs.ts'
import type { Finding, Series } from './screens-types.ts'

/** Equal values hour after hour, above the level where that is natural. */
export function flatLines(pack: ScreenPack, series: Series): Finding[] {
  const { values, pollutant } = series
  const hours = pack.tables.flatLine.hours[pollutant]
  const from = pack.tables.flatLine.from[pollutant]
  const passes = (at: number): boolean => (values[at] ?? -1) >= from
  return runsOf(values.length, passes, (at) => values[at] === values[at - 1])
    .filter((run) => run.to - run.from >= hours)
    .map((run) => {
      const length = run.to - run.from
      const message = { zh: `连续 ${length} 小时数值相同`, en: `the same value for ${length} hours` }
      return finding('flat-line', pack, series, run, hours, message)
    })
}

/** Zeros hour after hour. */
export function zeroRuns(pack: ScreenPack, series: Series): Finding[] {
  const { values, pollutant } = series
  const hours = pack.tables.zeroRun.hours[pollutant]
  return runsOf(values.length, (at) => values[at] === 0)
    .filter((run) => run.to - run.from >= hours)
    .map((run) => {
      const length = run.to - run.from
      return finding('zero-run', pack, series, run, hours, { zh: `${length} 小时为零`, en: `zero for ${length} hours` })
    })
}
