import { type Compute, indicators, type Measured } from '#platform/indicators'
import { rules } from '#platform/rules'
import { type App, DAY, dayAt, formatDay, startOfDay } from '#runtime'
import type { AnnualItem, AnnualPack, Pollutant, Values } from '../rules/types.ts'
import { type Editions, editionsAt } from './editions.ts'
import { annualStatistic } from './index/annual-evaluation.ts'
import type { DayValue } from './index/averages.ts'
import { compositeIndex } from './index/composite-index.ts'
import { mean, roundFraction } from './index/decimal.ts'
import { basisOf } from './measured.ts'
import { areasOf, ownDivision, ownStations } from './stations.ts'

export type Unit = 'month' | 'year'

/** First instants of the months or years that a span touches, with their ends. */
export function periodsIn(unit: Unit, from: Date, to: Date): { readonly start: Date; readonly end: Date }[] {
  const periods: { start: Date; end: Date }[] = []
  let at = startOf(unit, from)
  while (at < to) {
    const end = startOf(unit, new Date(at.getTime() + (unit === 'month' ? 32 : 367) * DAY))
    periods.push({ start: at, end })
    at = end
  }
  return periods
}

/** Beginning of the month or year that holds an instant. */
export function startOf(unit: Unit, at: Date): Date {
  const day = formatDay(dayAt(at.getTime()))
  return new Date(`${unit === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}-01`}-01T00:00:00+08:00`)
}

export const AREA = { index: 'air.area-aqi.daily', isArea: true } as const
export const STATION = { index: 'air.aqi.daily', isArea: false } as const
type Kind = typeof AREA | typeof STATION

/** Members of a dimension: the areas that have a station, or the city's stations. */
export async function membersOf(app: App, kind: Kind): Promise<readonly string[]> {
  const stations = await ownStations(app)
  if (!kind.isArea) return stations.map(({ code }) => code)
  const own = await ownDivision(app)
  return [...new Set(stations.flatMap((station) => areasOf(station, own)))].toSorted()
}

/** Daily indices of a member as known now. */
export const daysKnown = (app: App, kind: Kind, member: string, from: Date, to: Date) =>
  app.use(indicators).values(kind.index, { members: [member], from, to })

/** Daily concentrations of one pollutant. */
export const pollutantDays = (days: readonly Measured[], pollutant: Pollutant): DayValue[] =>
  days.map((day) => ({
    date: formatDay(dayAt(Date.parse(day.period))),
    value: basisOf(day).values[pollutant] ?? null,
  }))

/** Composite index over months or years, so far as days are known. */
export const computeComposite =
  (unit: Unit, kind: Kind): Compute =>
  async (app, { from, to, members }) => {
    const found: Measured[] = []
    for (const member of members ?? (await membersOf(app, kind)))
      for (const { start, end } of periodsIn(unit, from, to)) {
        const days = await daysKnown(app, kind, member, start, end)
        const editions = editionsAt(app, new Date(end.getTime() - 1))
        if (days.length > 0) found.push(...compositeOf(member, start, days, editions))
      }
    return found
  }

function compositeOf(member: string, start: Date, days: readonly Measured[], editions: Editions): Measured[] {
  const { ranking, limits, annual } = editions
  if (!ranking || !limits || !annual) return []
  const values = Object.fromEntries(
    ranking.tables.items.map((item) => [item.pollutant, statistic(item, annual, pollutantDays(days, item.pollutant))]),
  ) as Values
  const { index, parts } = compositeIndex(ranking, limits, values)
  const replay = days.some((day) => basisOf(day).replay)
  const basis = { packs: [ranking.id, limits.id], values, parts, days: days.length, ...(replay ? { replay } : {}) }
  return [{ member, period: start.toISOString(), value: index, basis }]
}

function statistic(item: AnnualItem, annual: AnnualPack, days: readonly DayValue[]): number | null {
  const known = days.flatMap(({ value }) => (value === null ? [] : [value]))
  const exactly = annualStatistic(item, known)
  return exactly && roundFraction(exactly, annual.tables.decimals[item.pollutant])
}

/** Annual mean of PM2.5 of areas, so far. */
export const computePm25: Compute = yearly((days) => {
  const known = pollutantDays(days, 'pm25').flatMap(({ value }) => (value === null ? [] : [value]))
  return known.length === 0 ? null : { value: roundFraction(mean(known), 0), basis: { days: known.length } }
})

/** Share of days that do not exceed. */
export const computeGoodDays: Compute = yearly((days, { index }) => {
  const known = days.flatMap(({ value }) => (value === null ? [] : [value]))
  if (known.length === 0 || !index) return null
  const good = known.filter((aqi) => aqi <= index.tables.exceedingAbove).length
  const value = roundFraction({ n: BigInt(good * 100), d: BigInt(known.length) }, 1)
  return { value, basis: { good, days: known.length } }
})

function yearly(
  make: (
    days: readonly Measured[],
    editions: Editions,
  ) => { readonly value: number; readonly basis: Record<string, unknown> } | null,
): Compute {
  return async (app, { from, to, members }) => {
    const found: Measured[] = []
    for (const member of members ?? (await membersOf(app, AREA)))
      for (const { start, end } of periodsIn('year', from, to)) {
        const made = make(await daysKnown(app, AREA, member, start, end), editionsAt(app, new Date(end.getTime() - 1)))
        if (made) found.push({ member, period: start.toISOString(), ...made })
      }
    return found
  }
}

const LOOK_BACK = 10 * DAY

/** Level of heavy pollution of the city, which the scheme speaks of, day by day. */
export const computePollutionLevel: Compute = async (app, { from, to, members }) => {
  const found: Measured[] = []
  for (const member of members ?? [await ownDivision(app)]) {
    const known = await daysKnown(app, AREA, member, new Date(from.getTime() - LOOK_BACK), to)
    for (const day of known.filter(({ period }) => Date.parse(period) >= from.getTime())) {
      const run = lastRun(known, Date.parse(day.period))
      if (run.length === 0) continue
      const { result, pack } = app
        .use(rules)
        .evaluate('air.heavy-pollution', { days: run }, { at: new Date(day.period) })
      const { level } = result as { level: number }
      found.push({ member, period: day.period, value: level, basis: { pack, days: run } })
    }
  }
  return found
}

/** Indices of the days without a gap up to and with a day. */
function lastRun(known: readonly Measured[], last: number): number[] {
  const byDay = new Map(known.map(({ period, value }) => [dayAt(Date.parse(period)), value]))
  const run: number[] = []
  for (let day = dayAt(last); ; day--) {
    const aqi = byDay.get(day)
    if (aqi === null || aqi === undefined) return run.toReversed()
    run.push(aqi)
    if (startOfDay(day) <= last - LOOK_BACK) return run.toReversed()
  }
}
