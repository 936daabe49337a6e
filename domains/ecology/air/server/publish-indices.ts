import { indicators, type Measured } from '#platform/indicators'
import { type App, DAY, dayAt, HOUR, startOfDay, type Work } from '#runtime'
import { computeAreaDays, computeDays } from './compute-days.ts'
import { computeAreaHours, computeHours } from './compute-hours.ts'
import { startOf } from './compute-periods.ts'
import { areasOf, ownDivision, ownStations } from './stations.ts'

/** Seconds that months, years and screens wait, so that a stream of hours makes them once. */
const SETTLE_MS = 5_000
const SCREEN_MS = 20_000

interface Span {
  readonly devices: readonly string[]
  readonly from: Date
  /** Inclusive. */
  readonly to: Date
}

/** Published hours have changed: makes their indices, those of their areas and of days that are over. */
export async function publishIndices(app: App, work: Work, span: Span): Promise<void> {
  const own = await ownDivision(app)
  const stations = await ownStations(app, span.devices)
  if (stations.length === 0) return
  const members = stations.map(({ code }) => code)
  const areas = [...new Set(stations.flatMap((station) => areasOf(station, own)))]
  const hours = { from: span.from, to: new Date(span.to.getTime() + HOUR) }
  const store = app.use(indicators)
  const made = await computeHours(app, { ...hours, members })
  await store.publish(work, 'air.aqi.hourly', made)
  await store.publish(work, 'air.area-aqi.hourly', await computeAreaHours(app, { ...hours, members: areas }))
  for (const day of await daysToMake(app, members, made)) await publishDay(app, work, day, { members, areas })
  const at = new Date(work.at.getTime() + SCREEN_MS)
  work.enqueue('air.screens', {}, { key: 'screens', startAfter: at })
  work.emit({ topic: 'air.hour.computed', key: hours.to.toISOString(), audience: { right: 'air.data.read' } })
}

/** Makes the daily indices of one day and asks for its month and year. */
export async function publishDay(
  app: App,
  work: Work,
  day: number,
  { members, areas }: { readonly members?: readonly string[]; readonly areas?: readonly string[] } = {},
): Promise<void> {
  const span = { from: new Date(startOfDay(day)), to: new Date(startOfDay(day) + DAY) }
  const store = app.use(indicators)
  await store.publish(work, 'air.aqi.daily', await computeDays(app, { ...span, ...(members ? { members } : {}) }))
  await store.publish(
    work,
    'air.area-aqi.daily',
    await computeAreaDays(app, { ...span, ...(areas ? { members: areas } : {}) }),
  )
  const month = startOf('month', span.from).toISOString()
  const startAfter = new Date(work.at.getTime() + SETTLE_MS)
  work.enqueue('air.periods', { month }, { key: month, startAfter })
}

/** Days of these hours that are over: whose last hour has come, or that were made before and have changed now. */
async function daysToMake(app: App, members: readonly string[], hours: readonly Measured[]): Promise<number[]> {
  const today = dayAt(app.now().getTime())
  const instants = hours.map(({ period }) => Date.parse(period))
  const days = [...new Set(instants.map(dayAt))].filter((day) => day < today).toSorted((a, b) => a - b)
  const ended = new Set(instants.filter((at) => dayAt(at + HOUR) > dayAt(at)).map(dayAt))
  const made = new Set<number>()
  for (const day of days.filter((each) => !ended.has(each))) {
    const span = { from: new Date(startOfDay(day)), to: new Date(startOfDay(day) + DAY) }
    const before = await app.use(indicators).values('air.aqi.daily', { members, ...span })
    if (before.length > 0) made.add(day)
  }
  return days.filter((day) => ended.has(day) || made.has(day))
}
