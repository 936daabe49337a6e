/** Regenerates data/air-quality. The corrected ozone columns are explained in data/air-quality/SOURCE.md. */
import { dataArguments } from './arguments.ts'
import { type Row, readCsv, writeCsv } from './csv.ts'

/** Laiwu became a part of Jinan in 2019; stations keep the city name of their time and the code of today. */
const MERGED: Record<string, string> = { 莱芜市: '济南市' }

/** Shipped column → source column. The source exchanges hourly value and maximum in both pairs of ozone columns. */
const SNAPSHOT: Record<string, string> = {
  aqi: 'aqi',
  level: 'quality',
  primary: 'primarypollutant',
  pm25: 'pm2_5',
  pm25_24h: 'pm2_5_24h',
  pm10: 'pm10',
  pm10_24h: 'pm10_24h',
  so2: 'so2',
  so2_24h: 'so2_24h',
  no2: 'no2',
  no2_24h: 'no2_24h',
  o3_1h: 'o3_24h',
  o3_1h_max_24h: 'o3',
  o3_8h: 'o3_8h_24h',
  o3_8h_max_24h: 'o3_8h',
  co: 'co',
  co_24h: 'co_24h',
}

const DAILY: Record<string, string> = { so2: 'so2', no2: 'no2', co: 'co', o3: 'o3', pm10: 'pm10', pm25: 'pm2_5' }

const BEIJING: Record<string, string> = {
  station: 'station',
  pm25: 'PM2.5',
  pm10: 'PM10',
  so2: 'SO2',
  no2: 'NO2',
  o3: 'O3',
  temperature: 'TEMP',
  pressure: 'PRES',
  dew_point: 'DEWP',
  rain: 'RAIN',
  wind_direction: 'wd',
  wind_speed: 'WSPM',
}

const { source, target } = dataArguments('air-quality')

function picked(row: Row, columns: Record<string, string>): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([to, from]) => [to, missing(row[from]) ? '' : (row[from] ?? '')]),
  )
}

function missing(cell: string | undefined): boolean {
  return cell === undefined || cell === '' || cell === 'NA' || cell === '—' || cell === '-'
}

const cities = new Map(readCsv('data/divisions/shandong-cities.csv').map((row) => [row.name ?? '', row.code ?? '']))

function stations(): void {
  const rows = readCsv(source('cnemc_stations_2018.csv')).flatMap((row) => {
    const city = row.area ?? ''
    const cityCode = cities.get(MERGED[city] ?? city)
    if (cityCode === undefined) return []
    const { stationcode: code = '', positionname: name = '', lng = '', lat = '' } = row
    return [{ code, name, city, city_code: cityCode, lng, lat }]
  })
  writeCsv(target('stations.csv'), ['code', 'name', 'city', 'city_code', 'lng', 'lat'], rows)
}

function snapshot(): void {
  const rows = readCsv(source('cnemc_hourly_snapshot_shandong.csv')).map((row) => ({
    code: row.stationcode ?? '',
    time: `${row.timepoint}+08:00`,
    ...picked(row, SNAPSHOT),
  }))
  writeCsv(target('snapshot-shandong.csv'), ['code', 'time', ...Object.keys(SNAPSHOT)], rows)
}

function daily(): void {
  const rows = readCsv(source('shandong_station_daily_20170411.csv')).map((row) => {
    return { code: row.stationcode ?? '', date: row.date ?? '', ...picked(row, DAILY) }
  })
  writeCsv(target('daily-20170411.csv'), ['code', 'date', ...Object.keys(DAILY)], rows)
}

function beijing(): void {
  const rows = readCsv(source('beijing_12stations_hourly_201612_201702.csv')).map((row) => {
    const [month, day, hour] = [row.month, row.day, row.hour].map((part) => (part ?? '').padStart(2, '0'))
    const co = missing(row.CO) ? '' : String(Number(row.CO) / 1000)
    return { time: `${row.year}-${month}-${day}T${hour}:00:00+08:00`, ...picked(row, BEIJING), co }
  })
  const { station, pm25, pm10, so2, no2, o3, ...weather } = BEIJING
  const gases = Object.keys({ station, pm25, pm10, so2, no2, o3 })
  writeCsv(target('beijing-2016-2017.csv'), ['time', ...gases, 'co', ...Object.keys(weather)], rows)
}

stations()
snapshot()
daily()
beijing()
