import { loops } from '#platform/loops'
import { registry } from '#platform/registry'
import { type SeriesColumn, sensing } from '#platform/sensing'
import { type App, DAY, HOUR, system, type Work } from '#runtime'
import { findingDataset } from '../declarations/datasets.ts'
import { POLLUTANT_FACTS } from '../pollutants.ts'
import type { ScreenPack } from '../rules/air-screens.ts'
import { POLLUTANTS } from '../rules/types.ts'
import { gridOf } from './check-hours.ts'
import { editionsAt } from './editions.ts'
import { copiedCurves, repeatedCurves, scaledCopies } from './index/screen-copies.ts'
import { flatLines, zeroRuns } from './index/screen-flat-lines.ts'
import { jumps } from './index/screen-jumps.ts'
import { particleInversions } from './index/screen-particles.ts'
import type { Finding, Series } from './index/screens-types.ts'
import { ownStations, type Station } from './stations.ts'

const WINDOW = 10 * DAY

/** Screens the raw values of the last days; what is new becomes a finding, and some findings a matter, once. */
export async function runScreens(app: App): Promise<void> {
  const to = new Date(Math.floor(app.now().getTime() / HOUR) * HOUR)
  const from = new Date(to.getTime() - WINDOW)
  const pack = editionsAt(app, to).screens
  const stations = await ownStations(app)
  if (!pack || stations.length === 0) return
  const devices = stations.map(({ code }) => code)
  const raw = await app.use(sensing).read({ kind: 'air.hourly', stage: 'raw', devices, from, to })
  const found = screenAll(pack, raw, from, to)
  if (found.length === 0) return
  const byCode = new Map(stations.map((station) => [station.code, station]))
  await app.work(system('air.screens'), async (work) => {
    for (const finding of found) {
      const station = byCode.get(finding.station)
      if (station) await keep(app, work, pack, station, finding)
    }
  })
}

/** Every screen over every curve; a stretch that began before the window was found when it began. */
export function screenAll(pack: ScreenPack, raw: readonly SeriesColumn[], from: Date, to: Date): Finding[] {
  const series = raw.map((column) => gridOf(column, from, to))
  const single = series.flatMap((one) =>
    [flatLines, zeroRuns, jumps, repeatedCurves].flatMap((screen) => screen(pack, one)),
  )
  const inverted = series.flatMap((fine) => {
    const coarse = series.find((other) => other.station === fine.station && other.pollutant === 'pm10')
    return fine.pollutant === 'pm25' && coarse ? particleInversions(pack, fine, coarse) : []
  })
  const pairs = POLLUTANTS.flatMap((pollutant) => pairsOf(series.filter((one) => one.pollutant === pollutant)))
  const copies = pairs.flatMap(([a, b]) => [...copiedCurves(pack, a, b), ...scaledCopies(pack, a, b)])
  return [...single, ...inverted, ...copies].filter((each) => !startsWithWindow(each, from))
}

const pairsOf = (series: readonly Series[]): [Series, Series][] =>
  series.flatMap((a, at) => series.slice(at + 1).map((b): [Series, Series] => [a, b]))

const startsWithWindow = (each: Finding, from: Date): boolean =>
  each.from === from.toISOString() || each.other?.from === from.toISOString()

async function keep(app: App, work: Work, pack: ScreenPack, station: Station, finding: Finding): Promise<void> {
  const partner = finding.other && finding.other.station !== finding.station ? `:${finding.other.station}` : ''
  const id = `${finding.station}:${finding.pollutant}:${finding.screen}:${finding.from.slice(0, 13)}${partner}`
  const known = await app.use(registry).find(work, findingDataset, { id })
  if (known && (known.value.state !== 'open' || known.value.hours === finding.hours)) return
  const loop =
    known?.value.loop ??
    (pack.tables.opens.includes(finding.screen) ? await open(app, work, id, station, finding) : undefined)
  await app.use(registry).write(work, findingDataset, [
    {
      id,
      station: station.code,
      division: station.division,
      pollutant: finding.pollutant,
      screen: finding.screen,
      startsAt: finding.from,
      endsAt: finding.to,
      hours: finding.hours,
      state: 'open',
      evidence: { ...finding },
      ...(loop ? { loop } : {}),
    },
  ])
  if (known) return
  work.audit({ event: 'air.finding.opened', subject: { kind: 'air.finding', id } })
  work.emit({ topic: 'air.finding.changed', key: id, audience: { right: 'air.data.read' } })
}

async function open(app: App, work: Work, id: string, station: Station, finding: Finding): Promise<string> {
  const instance = await app.use(loops).open(work, {
    definition: 'air.data-fraud',
    key: id,
    origin: { kind: 'air.finding', id },
    data: {
      finding: id,
      station: station.code,
      stationName: station.name,
      division: station.division,
      pollutant: POLLUTANT_FACTS[finding.pollutant].title.zh,
      screen: finding.screen,
      from: finding.from,
      hours: finding.hours,
    },
  })
  return instance.id
}
