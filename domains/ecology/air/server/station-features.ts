import type { Features } from '#platform/map'
import { freshness, latestValues } from './latest.ts'
import { basisOf } from './measured.ts'
import { ownStations } from './stations.ts'

/** The city's stations on the map; only an hour of now gives a colour. */
export const stationFeatures: Features = async (app) => {
  const stations = (await ownStations(app)).filter(({ status }) => status !== 'retired')
  const latest = await latestValues(
    app,
    'air.aqi.hourly',
    stations.map(({ code }) => code),
  )
  const isFresh = freshness(app, latest.values())
  return stations.map(({ code, name, nameEn, kind, division, lng, lat }) => {
    const value = latest.get(code)
    const live = value && isFresh(value) ? value : undefined
    const basis = live && basisOf(live)
    return {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: {
        id: code,
        name,
        name_en: nameEn ?? name,
        aqi: live?.value ?? null,
        level: basis?.level ?? null,
        primary: basis?.primary.join(', ') ?? null,
        kind,
        at: value?.period ?? null,
        division,
      },
    }
  })
}
