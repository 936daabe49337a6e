import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Static } from 'typebox'
import { maps } from '#platform/map'
import { registry } from '#platform/registry'
import { type Device, sensing } from '#platform/sensing'
import { type App, system, type Work } from '#runtime'
import { stationDataset } from '../declarations/datasets.ts'
import { findStations, ownDivision, type Station } from './stations.ts'

type StationRow = Static<typeof stationDataset.schema>

export const DATA = new URL('../../../../data/air-quality/', import.meta.url)

/** Rows of a shipped file, by column. */
export async function shippedRows(name: string): Promise<readonly Record<string, string>[]> {
  return parse(await readFile(new URL(name, DATA)), { columns: true }) as Record<string, string>[]
}

/** Adds the shipped stations that are not there yet, and makes every station known as a device. */
export async function loadStations(app: App): Promise<void> {
  const known = new Set((await findStations(app.db)).map(({ code }) => code))
  const shipped = [...(await nationalStations(app)), ...(app.config.demo ? await replayStations() : [])]
  const fresh = shipped.filter(({ code }) => !known.has(code))
  await app.work(system('air.stations'), async (work) => {
    if (fresh.length > 0) {
      await app.use(registry).write(work, stationDataset, fresh)
      work.audit({ event: 'air.station.loaded', details: { stations: fresh.length } })
    }
  })
  await registerDevices(app)
}

/** Tells the series store of every station as it is now; repeated after each change of the dataset. */
export async function registerDevices(app: App): Promise<void> {
  const stations = await findStations(app.db)
  await app.work(system('air.stations'), (work: Work) => app.use(sensing).register(work, stations.map(deviceOf)))
}

const deviceOf = (station: Station): Device => ({
  class: 'air.station',
  code: station.code,
  title: { zh: station.name, en: station.nameEn ?? station.name },
  division: station.division,
  organisation: station.organisation,
  point: { lng: station.lng, lat: station.lat },
  status: station.status,
  properties: { kind: station.kind, city: station.city },
})

/** National control stations of the province; those of the city itself stand in the county that holds their point. */
async function nationalStations(app: App): Promise<StationRow[]> {
  const own = await ownDivision(app)
  return (await shippedRows('stations.csv')).map((row) => {
    const place = { lng: Number(row.lng), lat: Number(row.lat) }
    const city = String(row.city_code).replace(/00$/, '')
    const county = city === own ? app.use(maps).divisionAt(place.lng, place.lat)?.slice(0, 6) : undefined
    return stationRow(String(row.code), String(row.name), String(row.city), county ?? city, place, 'national')
  })
}

async function replayStations(): Promise<StationRow[]> {
  return (await shippedRows('replay-stations.csv')).map((row) =>
    stationRow(
      String(row.code),
      String(row.name),
      '泰安市',
      String(row.division),
      { lng: Number(row.lng), lat: Number(row.lat) },
      'replay',
      String(row.name_en),
    ),
  )
}

const stationRow = (
  code: string,
  name: string,
  city: string,
  division: string,
  place: { readonly lng: number; readonly lat: number },
  kind: Station['kind'],
  nameEn?: string,
): StationRow => ({
  code,
  name,
  ...(nameEn ? { nameEn } : {}),
  city,
  division,
  organisation: division.length === 6 ? `county.${division}.ecology` : 'city.ecology',
  place,
  kind,
  status: 'in-use',
})
