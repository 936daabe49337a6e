import { identity } from '#platform/identity'
import type { Warning, WarningData } from '#platform/indicators'
import { maps } from '#platform/map'
import { type App, localDateAt } from '#runtime'
import { POLLUTANT_FACTS } from '../pollutants.ts'
import { basisOf } from './measured.ts'
import { getStation } from './stations.ts'

/** What the county gets with an exceedance: where, since when, how bad, of what. */
export const exceedanceData =
  (app: App): WarningData =>
  async (_work, warning) => {
    const station = await getStation(app.db, warning.member)
    const worst = warning.evidence.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0]
    const primary = worst ? basisOf(worst).primary.map((id) => POLLUTANT_FACTS[id].title.zh) : []
    return {
      station: station.code,
      stationName: station.name,
      division: app.use(maps).divisionAt(station.lng, station.lat)?.slice(0, 6) ?? station.division,
      level: warning.level,
      aqi: worst?.value ?? 0,
      ...(primary.length > 0 ? { primary: primary.join('、') } : {}),
      since: firstPeriod(warning),
      ...(station.kind === 'replay' ? { replay: true } : {}),
    }
  }

/** What the duty desk gets with heavy pollution. */
export const heavyPollutionData =
  (app: App): WarningData =>
  async (_work, warning) => {
    const area = await app.use(identity).organisation('city')
    return {
      division: warning.member,
      areaName: area?.name.zh ?? warning.member,
      level: warning.level,
      since: localDateAt(new Date(firstPeriod(warning))),
    }
  }

const firstPeriod = ({ evidence, openedAt }: Warning): string =>
  evidence.map(({ period }) => period).toSorted()[0] ?? openedAt.toISOString()
