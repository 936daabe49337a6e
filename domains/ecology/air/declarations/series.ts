import type { SeriesKind } from '#platform/sensing'
import { words } from '#runtime'
import { POLLUTANT_FACTS } from '../pollutants.ts'
import { POLLUTANTS } from '../rules/types.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

/** Hourly means of the six pollutants; the instant is the start of the hour, so 15:00 is what is reported as "16时". */
export const airHourly: SeriesKind = {
  id: 'air.hourly',
  title: words('环境空气逐时浓度', 'Hourly concentrations of ambient air'),
  devices: 'air.station',
  channels: POLLUTANTS.map((id) => {
    const { title, ucum, decimals, range } = POLLUTANT_FACTS[id]
    return { id, title, unit: ucum, decimals, range }
  }),
  interval: HOUR,
  accept: { ahead: 300, age: 100 * DAY },
  perMinute: 1_000,
  rollups: ['day', 'month'],
  silence: 3 * HOUR,
}
