import type { ScreenPack } from '../../rules/air-screens.ts'
import { finding, runsOf } from './runs.ts'
import type { Finding, Series } from './screens-types.ts'

/** Hours in which PM2.5, a part of PM10, is larger than the whole. Both series cover the same hours of one station. */
export function particleInversions(pack: ScreenPack, pm25: Series, pm10: Series): Finding[] {
  const { hours, tolerance } = pack.tables.particles
  const inverted = (at: number): boolean => {
    const [fine, coarse] = [pm25.values[at], pm10.values[at]]
    return typeof fine === 'number' && typeof coarse === 'number' && fine > coarse + tolerance
  }
  const message = { zh: 'PM2.5 大于 PM10', en: 'PM2.5 larger than PM10' }
  return runsOf(pm25.values.length, inverted)
    .filter((run) => run.to - run.from >= hours)
    .map((run) => finding('particles', pack, pm25, run, tolerance, message, { series: pm10, lag: 0 }))
}
