import type { Measured } from '#platform/indicators'
import type { App } from '#runtime'
import { isFresh } from '../latest.ts'
import { basisOf } from '../measured.ts'

/** A stored index as pages show it. */
export function indexView(app: App, value: Measured) {
  const { level, primary, values, iaqi, pack, reason, replay } = basisOf(value)
  return {
    at: value.period,
    aqi: value.value,
    level,
    primary,
    values,
    iaqi,
    pack,
    reason,
    replay: replay === true,
    fresh: isFresh(app, value),
  }
}
