import { indicators } from '#platform/indicators'
import { loops } from '#platform/loops'
import { maps } from '#platform/map'
import type { App, ServerPart, StoredEvent } from '#runtime'
import { checkHours } from './check-hours.ts'
import { computeAreaDays, computeDays } from './compute-days.ts'
import { computeAreaHours, computeHours } from './compute-hours.ts'
import {
  AREA,
  computeComposite,
  computeGoodDays,
  computePm25,
  computePollutionLevel,
  STATION,
} from './compute-periods.ts'
import { dismissFinding, flagStretch } from './decide-finding.ts'
import { airJobs } from './jobs.ts'
import { loadHistory } from './load-history.ts'
import { loadStations, registerDevices } from './load-stations.ts'
import { publishIndices } from './publish-indices.ts'
import { airRoutes } from './routes.ts'
import { stationFeatures } from './station-features.ts'
import { exceedanceData, heavyPollutionData } from './warning-data.ts'

export const server = (app: App): ServerPart => {
  app.use(indicators).hooks({
    compute: {
      'air.aqi.hourly': computeHours,
      'air.area-aqi.hourly': computeAreaHours,
      'air.aqi.daily': computeDays,
      'air.area-aqi.daily': computeAreaDays,
      'air.composite.monthly': computeComposite('month', STATION),
      'air.composite.yearly': computeComposite('year', STATION),
      'air.area-composite.monthly': computeComposite('month', AREA),
      'air.area-composite.yearly': computeComposite('year', AREA),
      'air.pm25.yearly': computePm25,
      'air.good-days.yearly': computeGoodDays,
      'air.pollution-level.daily': computePollutionLevel,
    },
    data: { 'air.exceedance': exceedanceData(app), 'air.heavy-pollution': heavyPollutionData(app) },
  })
  app.use(loops).hooks('air', {
    effects: { 'flag-stretch': flagStretch(app), 'dismiss-finding': dismissFinding(app) },
  })
  app.use(maps).hooks({ 'air.stations': stationFeatures })
  return {
    routes: airRoutes(app),
    jobs: airJobs(app),
    subscribers: [
      {
        id: 'air.check',
        topics: ['sensing.air.hourly.raw'],
        handle: (work, event) => checkHours(app, work, spanOf(event)),
      },
      {
        id: 'air.compute',
        topics: ['sensing.air.hourly.published'],
        handle: (work, event) => publishIndices(app, work, spanOf(event)),
      },
      {
        id: 'air.devices',
        topics: ['registry.load.ended'],
        handle: () => registerDevices(app),
      },
    ],
    start: async () => {
      await loadStations(app)
      await loadHistory(app)
    },
  }
}

/** What a change of the series says: which stations, from when to when (inclusive). */
function spanOf({ data }: StoredEvent) {
  const { devices, from, to } = data as { devices: readonly string[]; from: string; to: string }
  return { devices, from: new Date(from), to: new Date(to) }
}
