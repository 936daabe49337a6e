import { type Reading, type SeriesColumn, sensing } from '#platform/sensing'
import { type App, HOUR, type Work } from '#runtime'
import { POLLUTANTS, type Pollutant } from '../rules/types.ts'
import { editionsAt } from './editions.ts'
import { roundHalfEven } from './index/decimal.ts'
import { flatLines, zeroRuns } from './index/screen-flat-lines.ts'
import { jumps } from './index/screen-jumps.ts'
import { particleInversions } from './index/screen-particles.ts'
import type { Finding, Series } from './index/screens-types.ts'

const KIND = 'air.hourly'
/** Hours before a value that its checks look at. */
const LOOK_BACK = 24 * HOUR
/** Decided by a person: automatic checks leave such a value alone. */
const DECIDED = new Set(['manual', 'invalid.screen'])

interface Span {
  readonly devices: readonly string[]
  readonly from: Date
  /** Inclusive. */
  readonly to: Date
}

/**
 * Takes raw hours to valid and published ones: what is out of range or negative counts as missing; what looks odd is
 * marked `suspect.…` and counts until somebody decides; published values are rounded by GB/T 8170.
 */
export async function checkHours(app: App, work: Work, span: Span): Promise<void> {
  const store = app.use(sensing)
  const wide = {
    kind: KIND,
    devices: span.devices,
    from: new Date(span.from.getTime() - LOOK_BACK),
    to: after(span.to),
  }
  const raw = await store.read({ ...wide, stage: 'raw' })
  const decided = decidedPlaces(await store.read({ ...wide, from: span.from, stage: 'valid' }))
  const suspect = suspectPlaces(app, raw, wide.from, wide.to)
  const valid: Reading[] = []
  for (const { device, channel, at, value, flags } of raw) {
    const outOfRange = new Set(flags.filter(({ flag }) => flag === 'range').map((mark) => mark.at))
    const replayed = new Map(flags.filter(({ flag }) => flag.startsWith('replay')).map((mark) => [mark.at, mark.flag]))
    at.forEach((instant, place) => {
      const key = `${device} ${channel} ${instant}`
      if (instant < span.from.getTime() || decided.has(key)) return
      const sent = value[place] ?? null
      const good = sent !== null && sent >= 0 && !outOfRange.has(instant) ? sent : null
      const origin = replayed.get(instant)
      const marks = [...(suspect.get(key) ?? []), ...(origin ? [origin] : [])]
      valid.push({ device, channel, at: new Date(instant), value: good, ...(marks.length > 0 ? { flags: marks } : {}) })
    })
  }
  if (valid.length === 0) return
  await store.settle(work, KIND, 'valid', valid)
  await store.settle(
    work,
    KIND,
    'published',
    valid.map((reading) => rounded(app, reading)),
  )
}

function rounded(app: App, reading: Reading): Reading {
  const decimals = editionsAt(app, reading.at).index?.tables.decimals[reading.channel as Pollutant]
  const { value } = reading
  return { ...reading, value: value === null || decimals === undefined ? value : roundHalfEven(value, decimals) }
}

const after = (at: Date): Date => new Date(at.getTime() + HOUR)

function decidedPlaces(columns: readonly SeriesColumn[]): ReadonlySet<string> {
  return new Set(
    columns.flatMap(({ device, channel, flags }) =>
      flags.filter(({ flag }) => DECIDED.has(flag)).map(({ at }) => `${device} ${channel} ${at}`),
    ),
  )
}

/** What the quick screens say about each value. */
function suspectPlaces(app: App, raw: readonly SeriesColumn[], from: Date, to: Date): ReadonlyMap<string, string[]> {
  const pack = editionsAt(app, from).screens
  const marks = new Map<string, string[]>()
  if (!pack) return marks
  const series = new Map(raw.map((column) => [`${column.device} ${column.channel}`, gridOf(column, from, to)]))
  const mark = (found: readonly Finding[]) => {
    for (const finding of found)
      for (let at = Date.parse(finding.from); at <= Date.parse(finding.to); at += HOUR) {
        const key = `${finding.station} ${finding.pollutant} ${at}`
        marks.set(key, [...(marks.get(key) ?? []), `suspect.${finding.screen}`])
      }
  }
  for (const one of series.values()) for (const screen of [flatLines, zeroRuns, jumps]) mark(screen(pack, one))
  for (const device of new Set(raw.map((column) => column.device))) {
    const [fine, coarse] = [series.get(`${device} pm25`), series.get(`${device} pm10`)]
    if (fine && coarse) mark(particleInversions(pack, fine, coarse))
  }
  return marks
}

/** A column hour after hour without gaps. */
export function gridOf({ device, channel, at, value }: SeriesColumn, from: Date, to: Date): Series {
  const known = new Map(at.map((instant, place) => [instant, value[place] ?? null]))
  const count = Math.max(0, Math.round((to.getTime() - from.getTime()) / HOUR))
  const instants = Array.from({ length: count }, (_, place) => from.getTime() + place * HOUR)
  return {
    station: device,
    pollutant: POLLUTANTS.find((id) => id === channel) ?? 'pm25',
    times: instants.map((instant) => new Date(instant).toISOString()),
    values: instants.map((instant) => known.get(instant) ?? null),
  }
}
