import type { Compute, Measured } from '#platform/indicators'
import { type App, HOUR } from '#runtime'
import { POLLUTANTS, type Pollutant, type Values } from '../rules/types.ts'
import { editionsAt } from './editions.ts'
import { hourlyIndex } from './index/air-index.ts'
import { mean, roundFraction } from './index/decimal.ts'
import { measured } from './measured.ts'
import { column, type HourValues, hasAny, readHours } from './read-hours.ts'
import { areasOf, ownDivision, ownStations, type Station, speakers } from './stations.ts'

const MEAN_HOURS = 24

/** Hourly index of stations, for every hour of which anything is known. */
export const computeHours: Compute = async (app, { from, to, members }) => {
  const stations = await ownStations(app, members)
  const read = await readHours(app, codesOf(stations), before(from), to)
  return stations.flatMap((station) => {
    const hours = read.get(station.code)
    return hoursIn(hours, from, to).flatMap(([at, values]) => {
      const pack = editionsAt(app, new Date(at)).index
      if (!pack) return []
      const fallback = runningMeans(hours, at, pack.tables.decimals)
      const replay = station.kind === 'replay'
      return [
        measured({ member: station.code, period: at, values, fallback, replay }, hourlyIndex(pack, values, fallback)),
      ]
    })
  })
}

/** Hourly index of areas: the stations' concentrations averaged, then the index. */
export const computeAreaHours: Compute = async (app, { from, to, members }) => {
  const own = await ownDivision(app)
  const stations = await ownStations(app)
  const read = await readHours(app, codesOf(stations), from, to)
  const areas = members ?? [...new Set(stations.flatMap((station) => areasOf(station, own)))]
  return areas.flatMap((area) => {
    const inArea = stations.filter(({ division }) => division.startsWith(area))
    const times = new Set(inArea.flatMap(({ code }) => hoursIn(read.get(code), from, to).map(([at]) => at)))
    return [...times].toSorted((a, b) => a - b).flatMap((at) => areaHour(app, area, inArea, read, at))
  })
}

function areaHour(
  app: App,
  area: string,
  stations: readonly Station[],
  read: ReadonlyMap<string, HourValues>,
  at: number,
): Measured[] {
  const pack = editionsAt(app, new Date(at)).index
  const given = stations.flatMap((station) => {
    const values = read.get(station.code)?.get(at)
    return values && hasAny(values) ? [{ station, values }] : []
  })
  const speaking = speakers(given)
  if (!pack || speaking.length === 0) return []
  const values = meanValues(speaking, pack.tables.decimals)
  const replay = speaking.every(({ station }) => station.kind === 'replay')
  const source = { member: area, period: at, values, replay, stations: speaking.map(({ station }) => station.code) }
  return [measured(source, hourlyIndex(pack, values))]
}

/** Mean of the stations, pollutant by pollutant, rounded by GB/T 8170. */
export const meanValues = (
  given: readonly { readonly values: Values }[],
  decimals: Readonly<Record<Pollutant, number>>,
): Values =>
  Object.fromEntries(
    POLLUTANTS.map((pollutant) => {
      const known = given.flatMap(({ values }) => {
        const value = values[pollutant]
        return value === null || value === undefined ? [] : [value]
      })
      return [pollutant, known.length === 0 ? null : roundFraction(mean(known), decimals[pollutant])]
    }),
  )

const codesOf = (stations: readonly Station[]) => stations.map(({ code }) => code)
const before = (from: Date): Date => new Date(from.getTime() - (MEAN_HOURS - 1) * HOUR)

const hoursIn = (hours: HourValues | undefined, from: Date, to: Date): [number, Values][] =>
  [...(hours ?? [])].filter(([at]) => at >= from.getTime() && at < to.getTime()).toSorted(([a], [b]) => a - b)

/** Running 24 h mean of SO₂, to which the edition of 2012 turns above 800. */
function runningMeans(
  hours: HourValues | undefined,
  at: number,
  decimals: Readonly<Record<Pollutant, number>>,
): Values {
  if ((hours?.get(at)?.so2 ?? 0) <= 0) return {}
  const last = column(hours, 'so2', at - (MEAN_HOURS - 1) * HOUR, MEAN_HOURS).filter((value) => value !== null)
  return last.length < 20 ? {} : { so2: roundFraction(mean(last), decimals.so2) }
}
