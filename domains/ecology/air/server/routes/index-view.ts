import type { Measured } from '#platform/indicators'
import { basisOf } from '../measured.ts'

/** A stored index as pages show it. */
export function indexView(value: Measured, fresh: boolean) {
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
    fresh,
  }
}
