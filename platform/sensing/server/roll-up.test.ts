import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { localDateAt } from '#runtime'
import { type Reading, type Stage, sensing } from '../contract.ts'
import { collector, HOUR_MS, NOW, station, trialModule } from './testing.ts'

let running: TestApp
beforeAll(async () => {
  const { allModules } = await import('../../../apps/server/modules.ts')
  running = await testApp({ modules: [...allModules, trialModule], now: () => NOW })
})
afterAll(() => running.stop())

const service = () => running.app.use(sensing)
/** Hours around the turn of a month and of a day in Beijing. */
const at = fc.integer({ min: 0, max: 60 }).map((n) => new Date(Date.parse('2026-02-27T04:00:00Z') + n * HOUR_MS))
const value = fc.option(fc.integer({ min: 0, max: 400 }), { nil: null })
const batch = (device: string) =>
  fc.uniqueArray(
    fc.record<Reading>({
      device: fc.constant(device),
      channel: fc.constantFrom('pm25', 'o3'),
      at,
      value,
    }),
    { maxLength: 30, selector: ({ channel, at }) => `${channel} ${at.getTime()}` },
  )

/** Slow and plain: the newest (raw: the first) value of each place, grouped by hand. */
function reference(batches: readonly (readonly Reading[])[], stage: Stage, step: 'hour' | 'day' | 'month') {
  const places = new Map<string, Reading>()
  for (const one of batches.flat()) {
    const key = `${one.channel} ${one.at.getTime()}`
    if (stage !== 'raw' || !places.has(key)) places.set(key, one)
  }
  const groups = new Map<string, number[]>()
  for (const { channel, at, value } of places.values()) {
    if (value === null) continue
    const local = localDateAt(at)
    const bucket = step === 'hour' ? at.toISOString() : step === 'day' ? local : local.slice(0, 7)
    const key = `${channel} ${bucket}`
    groups.set(key, [...(groups.get(key) ?? []), value])
  }
  return Object.fromEntries(
    [...groups].sort().map(([key, list]) => {
      const mean = list.reduce((sum, item) => sum + item, 0) / list.length
      return [key, { mean: mean.toFixed(9), count: list.length, min: Math.min(...list), max: Math.max(...list) }]
    }),
  )
}

async function stored(device: string, stage: Stage, step: 'hour' | 'day' | 'month') {
  const from = new Date('2026-01-01T00:00:00Z')
  const columns = await service().read({ kind: 'try.hourly', stage, devices: [device], from, to: NOW, step })
  const rows = columns.flatMap(({ channel, at, value, spread }) =>
    at.map((instant, i) => {
      const local = localDateAt(new Date(instant))
      const bucket = step === 'hour' ? new Date(instant).toISOString() : step === 'day' ? local : local.slice(0, 7)
      const figures = {
        mean: (value[i] ?? 0).toFixed(9),
        count: spread?.count[i],
        min: spread?.min[i],
        max: spread?.max[i],
      }
      return [`${channel} ${bucket}`, figures] as const
    }),
  )
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)))
}

let runs = 0
test.each(['raw', 'valid'] as const)('roll-ups of %s values always equal a slow reference', async (stage) => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch('?'), { minLength: 1, maxLength: 4 }), async (given) => {
      const device = `D${++runs}`
      const batches = given.map((readings) => readings.map((one) => ({ ...one, device })))
      await running.app.work(collector, (work) => service().register(work, [station(device)]))
      for (const readings of batches) {
        await running.app.work(collector, async (work) => {
          if (stage === 'raw') await service().take(work, 'try.hourly', readings)
          else await service().settle(work, 'try.hourly', stage, readings)
        })
        await service().rollUp()
      }
      for (const step of ['hour', 'day', 'month'] as const)
        expect(await stored(device, stage, step)).toEqual(reference(batches, stage, step))
    }),
    { numRuns: 12 },
  )
})

test('one event tells which devices changed and when', async () => {
  await running.app.work(collector, (work) => service().register(work, [station('E1'), station('E2')]))
  await service().rollUp()
  await asOwner(running.ownerUrl, `delete from runtime.event`)
  const first = new Date('2026-03-01T00:00:00Z')
  const last = new Date('2026-03-01T05:00:00Z')
  await running.app.work(collector, (work) =>
    service().take(work, 'try.hourly', [
      { device: 'E1', channel: 'pm25', at: first, value: 1 },
      { device: 'E2', channel: 'pm25', at: last, value: 2 },
    ]),
  )
  await service().rollUp()
  const { rows } = await asOwner(
    running.ownerUrl,
    `select topic, key, data from runtime.event where topic like 'sensing.try%'`,
  )
  expect(rows).toEqual([
    {
      topic: 'sensing.try.hourly.raw',
      key: 'try.hourly',
      data: { devices: ['E1', 'E2'], from: first.toISOString(), to: last.toISOString() },
    },
  ])
})
