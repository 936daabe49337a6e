import { indicators } from '#platform/indicators'
import { type App, DAY, dayAt, HOUR, startOfDay, type Work } from '#runtime'
import { computeAreaDays, computeDays, daysOf } from './compute-days.ts'
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
  await store.publish(work, 'air.aqi.hourly', await computeHours(app, { ...hours, members }))
  await store.publish(work, 'air.area-aqi.hourly', await computeAreaHours(app, { ...hours, members: areas }))
  for (const day of await daysToMake(app, members, span)) await publishDay(app, work, day, { members, areas })
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

/** Days of a span that are over: with their last hour in the span, or made before and now changed. */
async function daysToMake(app: App, members: readonly string[], { from, to }: Span): Promise<number[]> {
  const today = dayAt(app.now().getTime())
  const days = daysOf(new Date(startOfDay(dayAt(from.getTime()))), new Date(to.getTime() + 1)).filter(
    (day) => day < today,
  )
  const ended = days.filter((day) => startOfDay(day) + DAY - HOUR <= to.getTime())
  const rest = days.filter((day) => !ended.includes(day))
  if (rest.length === 0) return ended
  const made = await app.use(indicators).values('air.aqi.daily', {
    members,
    from: new Date(startOfDay(rest[0] ?? 0)),
    to: new Date(startOfDay(rest.at(-1) ?? 0) + DAY),
  })
  const before = new Set(made.map(({ period }) => dayAt(Date.parse(period))))
  return days.filter((day) => ended.includes(day) || before.has(day))
}
