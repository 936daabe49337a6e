import type { Effect } from '#platform/loops'
import { registry } from '#platform/registry'
import { type Reading, sensing } from '#platform/sensing'
import { type App, HOUR, NotFound, type Work } from '#runtime'
import { findingDataset } from '../declarations/datasets.ts'

/** Confirmed: the stretch is flagged for good and counts as missing from now on. */
export const flagStretch =
  (app: App): Effect =>
  async (work, { data }) => {
    const { station, pollutant, startsAt, endsAt } = await decide(app, work, String(data.finding), 'flagged')
    const readings: Reading[] = []
    for (let at = Date.parse(startsAt); at <= Date.parse(endsAt); at += HOUR)
      readings.push({ device: station, channel: pollutant, at: new Date(at), value: null, flags: ['invalid.screen'] })
    await app.use(sensing).settle(work, 'air.hourly', 'valid', readings)
    await app.use(sensing).settle(work, 'air.hourly', 'published', readings)
    return undefined
  }

/** Not confirmed: the values stay, and the same stretch is not asked about again. */
export const dismissFinding =
  (app: App): Effect =>
  async (work, { data }) => {
    await decide(app, work, String(data.finding), 'dismissed')
    return undefined
  }

async function decide(app: App, work: Work, id: string, state: 'flagged' | 'dismissed') {
  const known = await app.use(registry).find(work, findingDataset, { id })
  if (!known) throw new NotFound()
  await app.use(registry).write(work, findingDataset, [{ ...known.value, state }])
  work.audit({ event: 'air.finding.decided', subject: { kind: 'air.finding', id }, details: { state } })
  work.emit({ topic: 'air.finding.changed', key: id, audience: { right: 'air.data.read' } })
  return known.value
}
