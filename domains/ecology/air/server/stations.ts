import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { type App, type Db, NotFound, words } from '#runtime'

/** A station as this system works with it. */
export interface Station {
  readonly code: string
  readonly name: string
  readonly nameEn: string | null
  readonly city: string
  readonly division: string
  readonly organisation: string
  readonly lng: number
  readonly lat: number
  readonly kind: 'national' | 'local' | 'replay'
  readonly status: 'in-use' | 'repair' | 'retired'
}

/** Every station, or those named. */
export async function findStations(db: Db, codes?: readonly string[]): Promise<readonly Station[]> {
  const named = codes ? sql`where code = any(${codes})` : sql``
  const { rows } = await sql<Station>`
    select code, name, name_en as "nameEn", city, division, organisation, place_lng as lng, place_lat as lat, kind, status
    from air.station ${named} order by code`.execute(db)
  return rows
}

/** @throws NotFound */
export async function getStation(db: Db, code: string): Promise<Station> {
  const [station] = await findStations(db, [code])
  if (!station) throw new NotFound('no-station', words(`没有站点“${code}”`, `There is no station "${code}"`))
  return station
}

/** Division of the city that runs this program, e.g. `3709`: it computes and publishes for its own stations only. */
export async function ownDivision(app: App): Promise<string> {
  const city = await app.use(identity).organisation('city')
  return city?.division ?? ''
}

/** Stations of the city itself; neighbours are there to compare with. */
export async function ownStations(app: App, codes?: readonly string[]): Promise<readonly Station[]> {
  const own = await ownDivision(app)
  return (await findStations(app.db, codes)).filter(({ division }) => division.startsWith(own))
}

/** Areas that a station counts for: its county and the city. */
export const areasOf = (station: Station, own: string): readonly string[] =>
  station.division.length > own.length ? [station.division.slice(0, 6), own] : [own]

/** The stations that speak for an area: real ones if any of them has data, replayed ones only where there are none. */
export function speakers<T extends { readonly station: Station }>(given: readonly T[]): readonly T[] {
  const real = given.filter(({ station }) => station.kind !== 'replay')
  return real.length > 0 ? real : given
}
