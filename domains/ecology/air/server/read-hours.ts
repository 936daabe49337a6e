import { type Stage, sensing } from '#platform/sensing'
import { type App, HOUR } from '#runtime'
import { POLLUTANTS, type Pollutant, type Values } from '../rules/types.ts'

/** Values of one station by the start of the hour in milliseconds; an hour without any row is not in it. */
export type HourValues = ReadonlyMap<number, Values>

/** Hourly values of stations, `from` inclusive, `to` exclusive. */
export async function readHours(
  app: App,
  codes: readonly string[],
  from: Date,
  to: Date,
  stage: Stage = 'published',
): Promise<ReadonlyMap<string, HourValues>> {
  const byStation = new Map<string, Map<number, Partial<Record<Pollutant, number | null>>>>()
  if (codes.length === 0) return byStation
  const columns = await app.use(sensing).read({ kind: 'air.hourly', stage, devices: codes, from, to })
  for (const { device, channel, at, value } of columns) {
    const hours = byStation.get(device) ?? new Map()
    byStation.set(device, hours)
    at.forEach((instant, place) => {
      const hour = hours.get(instant) ?? {}
      hours.set(instant, hour)
      hour[channel as Pollutant] = value[place] ?? null
    })
  }
  return byStation
}

/** One pollutant hour after hour without gaps: a missing hour stands as null. */
export const column = (hours: HourValues | undefined, pollutant: Pollutant, from: number, count: number) =>
  Array.from({ length: count }, (_, at) => hours?.get(from + at * HOUR)?.[pollutant] ?? null)

export const hasAny = (values: Values): boolean =>
  POLLUTANTS.some((pollutant) => values[pollutant] !== null && values[pollutant] !== undefined)
