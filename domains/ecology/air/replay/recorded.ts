import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'

const DATA = new URL('../../../../data/air-quality/', import.meta.url)
const POLLUTANTS = ['so2', 'no2', 'co', 'o3', 'pm10', 'pm25'] as const
const HOUR = 3_600_000

/** One value as the intake takes it. */
export interface Reading {
  readonly device: string
  readonly channel: string
  readonly at: string
  readonly value: number | null
  readonly flags: readonly string[]
}

/** What all stations recorded in one hour. */
export interface RecordedHour {
  /** Start of the hour as recorded, milliseconds. */
  readonly recorded: number
  readonly rows: readonly { readonly device: string; readonly values: Readonly<Record<string, number | null>> }[]
}

export interface Stretch {
  readonly from: number
  readonly hours: number
  /** Codes of replay stations; all twelve if absent. */
  readonly stations?: readonly string[]
}

type Row = Record<string, string>

/** Hours recorded in Beijing from December 2016 to February 2017, by the replay station that stands for each place. */
export async function recordedHours({ from, hours, stations }: Stretch): Promise<readonly RecordedHour[]> {
  const places = await rowsOf('replay-stations.csv')
  const chosen = places.filter(({ code }) => !stations || stations.includes(code ?? ''))
  const codes = new Map(chosen.map(({ recorded, code }) => [recorded, code ?? '']))
  const byHour = new Map<number, { device: string; values: Record<string, number | null> }[]>()
  for (const row of await rowsOf('beijing-2016-2017.csv')) {
    const at = Date.parse(row.time ?? '')
    const device = codes.get(row.station)
    if (!device || at < from || at >= from + hours * HOUR) continue
    const list = byHour.get(at) ?? []
    byHour.set(at, list)
    list.push({ device, values: Object.fromEntries(POLLUTANTS.map((name) => [name, numberIn(row[name])])) })
  }
  return [...byHour].toSorted(([a], [b]) => a - b).map(([recorded, rows]) => ({ recorded, rows }))
}

/** The hour as readings of another time; the flag keeps when it was recorded, e.g. `replay.2016-12-16t05`. */
export function readingsAt({ recorded, rows }: RecordedHour, shift: number): Reading[] {
  const at = new Date(recorded + shift).toISOString()
  const flags = [`replay.${new Date(recorded + 8 * HOUR).toISOString().slice(0, 13).toLowerCase()}`]
  return rows.flatMap(({ device, values }) =>
    Object.entries(values).map(([channel, value]) => ({ device, channel, at, value, flags })),
  )
}

const rowsOf = async (name: string): Promise<Row[]> =>
  parse(await readFile(new URL(name, DATA)), { columns: true }) as Row[]

const numberIn = (cell: string | undefined): number | null => (cell === undefined || cell === '' ? null : Number(cell))
