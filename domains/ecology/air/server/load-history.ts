import { sql } from 'kysely'
import { registry } from '#platform/registry'
import { type Reading, sensing } from '#platform/sensing'
import { type App, HOUR, system } from '#runtime'
import { publishedIndexDataset } from '../declarations/datasets.ts'
import { shippedRows } from './load-stations.ts'

/** Columns of the snapshot that are hourly values, by pollutant. */
const HOURLY = { so2: 'so2', no2: 'no2', co: 'co', o3: 'o3_1h', pm10: 'pm10', pm25: 'pm25' } as const

type Row = Record<string, string>
const numberIn = (cell: string | undefined): number | null => (cell === undefined || cell === '' ? null : Number(cell))

/**
 * Loads the real hours of Shandong that ship with the product, once: the values as published, and beside them the index
 * that the authority published, to check ours against. The authority names an hour by its end, the series by its start.
 */
export async function loadHistory(app: App): Promise<void> {
  const { rows: some } = await sql<{ some: boolean }>`select exists(select from air.published_index) as some`.execute(
    app.db,
  )
  if (some[0]?.some) return
  const rows = await shippedRows('snapshot-shandong.csv')
  await app.work(system('air.history'), async (work) => {
    await app.use(registry).write(work, publishedIndexDataset, rows.map(publishedIndex))
    const readings = rows.flatMap(hourly)
    await app.use(sensing).settle(work, 'air.hourly', 'valid', readings)
    await app.use(sensing).settle(work, 'air.hourly', 'published', readings)
    work.audit({ event: 'air.history.loaded', details: { hours: rows.length } })
  })
}

function publishedIndex(row: Row) {
  const { code, time, aqi, level, primary, ...columns } = row
  const values = Object.fromEntries(Object.entries(columns).map(([name, cell]) => [name, numberIn(cell)]))
  return {
    station: String(code),
    at: new Date(String(time)).toISOString(),
    ...(aqi ? { aqi: Number(aqi) } : {}),
    ...(level ? { level } : {}),
    ...(primary ? { primary } : {}),
    values,
  }
}

function hourly(row: Row): Reading[] {
  const at = new Date(Date.parse(String(row.time)) - HOUR)
  return Object.entries(HOURLY).map(([channel, name]) => ({
    device: String(row.code),
    channel,
    at,
    value: numberIn(row[name]),
    flags: ['shipped'],
  }))
}
