import type { Compute, Measured } from '#platform/indicators'
import { type App, DAY, dayAt, HOUR, startOfDay } from '#runtime'
import type { Values } from '../rules/types.ts'
import { meanValues } from './compute-hours.ts'
import { editionsAt } from './editions.ts'
import { dailyIndex } from './index/air-index.ts'
import { dailyMaxEightHour, dayMean } from './index/averages.ts'
import { measured } from './measured.ts'
import { column, type HourValues, hasAny, readHours } from './read-hours.ts'
import { areasOf, ownDivision, ownStations, type Station, speakers } from './stations.ts'

interface StationDay {
  readonly station: Station
  readonly values: Values
  readonly maxima: Values
}

/** Daily index of stations, for every day of which anything is known. */
export const computeDays: Compute = async (app, { from, to, members }) => {
  const stations = await ownStations(app, members)
  const found: Measured[] = []
  for (const day of daysOf(from, to))
    for (const { station, values, maxima } of await stationDays(app, stations, day)) {
      const pack = editionsAt(app, new Date(startOfDay(day))).index
      if (!pack) continue
      const replay = station.kind === 'replay'
      const source = { member: station.code, period: startOfDay(day), values, fallback: maxima, replay }
      found.push(measured(source, dailyIndex(pack, values, maxima)))
    }
  return found
}

/** Daily index of areas: the stations' daily concentrations averaged, then the index. */
export const computeAreaDays: Compute = async (app, { from, to, members }) => {
  const own = await ownDivision(app)
  const stations = await ownStations(app)
  const areas = members ?? [...new Set(stations.flatMap((station) => areasOf(station, own)))]
  const found: Measured[] = []
  for (const day of daysOf(from, to)) {
    const pack = editionsAt(app, new Date(startOfDay(day))).index
    const known = (await stationDays(app, stations, day)).filter(({ values }) => hasAny(values))
    for (const area of areas) {
      const speaking = speakers(known.filter(({ station }) => station.division.startsWith(area)))
      if (!pack || speaking.length === 0) continue
      const values = meanValues(speaking, pack.tables.decimals)
      const replay = speaking.every(({ station }) => station.kind === 'replay')
      const codes = speaking.map(({ station }) => station.code)
      const source = { member: area, period: startOfDay(day), values, replay, stations: codes }
      found.push(measured(source, dailyIndex(pack, values)))
    }
  }
  return found
}

/** 24 h means and the daily maximum 8 h ozone of stations with any value on a day, by the validity rules in force. */
async function stationDays(app: App, stations: readonly Station[], day: number): Promise<readonly StationDay[]> {
  const from = startOfDay(day)
  const codes = stations.map(({ code }) => code)
  const read = await readHours(app, codes, new Date(from), new Date(from + DAY))
  const { index, limits } = editionsAt(app, new Date(from))
  if (!index || !limits) return []
  const { decimals } = index.tables
  const valuesOf = (hours: HourValues): Omit<StationDay, 'station'> => {
    const hourly = (pollutant: 'so2' | 'no2' | 'co' | 'o3' | 'pm10' | 'pm25') =>
      column(hours, pollutant, from, DAY / HOUR)
    const meanOf = (pollutant: 'so2' | 'no2' | 'co' | 'pm10' | 'pm25') =>
      dayMean(limits, decimals, pollutant, hourly(pollutant)).value
    const ozone = hourly('o3').filter((value) => value !== null)
    return {
      values: {
        so2: meanOf('so2'),
        no2: meanOf('no2'),
        co: meanOf('co'),
        o3: dailyMaxEightHour(limits, decimals, hourly('o3')).value,
        pm10: meanOf('pm10'),
        pm25: meanOf('pm25'),
      },
      maxima: ozone.length === 0 ? {} : { o3: Math.max(...ozone) },
    }
  }
  return stations.flatMap((station) => {
    const hours = read.get(station.code)
    return hours ? [{ station, ...valuesOf(hours) }] : []
  })
}

/** Day numbers that begin within a span. */
export function daysOf(from: Date, to: Date): number[] {
  const first = dayAt(from.getTime() - 1) + 1
  const last = dayAt(to.getTime() - 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}
