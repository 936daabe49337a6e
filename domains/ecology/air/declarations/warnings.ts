import type { WarningRule } from '#platform/indicators'
import { words } from '#runtime'
import { heavyPollution2017 } from '../rules/heavy-pollution.ts'
import { stationWarning } from '../rules/station-warning.ts'

/** Older periods are filled-in history and call nobody. */
const FRESH_SECONDS = 30 * 86_400

/** When air calls for somebody; the numbers are those of the rule packs. */
export const airWarnings: readonly WarningRule[] = [
  {
    id: 'air.station-exceedance',
    title: words('站点小时超标', 'Hourly exceedance at a station'),
    indicator: 'air.aqi.hourly',
    levels: stationWarning.tables.levels.map(({ level, from, hours }) => ({
      level,
      threshold: from,
      periods: hours,
      source: stationWarning.id,
    })),
    loop: 'air.exceedance',
    data: 'air.exceedance',
    clearAfter: stationWarning.tables.clearAfter,
    fresh: FRESH_SECONDS,
  },
  {
    id: 'air.heavy-pollution',
    title: words('重污染天气', 'Heavy pollution'),
    indicator: 'air.pollution-level.daily',
    levels: heavyPollution2017.tables.levels.map(({ level, colour }) => ({
      level: colour,
      threshold: level,
      periods: 1,
      source: heavyPollution2017.id,
    })),
    loop: 'air.heavy-pollution',
    data: 'air.heavy-pollution',
    fresh: FRESH_SECONDS,
  },
]
