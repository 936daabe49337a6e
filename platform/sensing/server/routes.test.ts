import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type TestApp, testApp, visitorClient } from '#platform/testing'
import { sensing } from '../contract.ts'
import { collector, HOUR_MS, NOW, station, trialModule } from './testing.ts'

let running: TestApp
let clock = NOW
beforeAll(async () => {
  const { allModules } = await import('../../../apps/server/modules.ts')
  running = await testApp({ modules: [...allModules, trialModule], now: () => clock })
  await running.app.work(collector, (work) =>
    running.app.use(sensing).register(work, [station('A'), station('B', '370911'), station('S')]),
  )
})
afterAll(() => running.stop())

const at = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS).toISOString()
const span = `from=${at(2400)}&to=${at(-1)}`
const gateway = () => client(running, { rights: { 'sensing.readings.write': 'city', 'sensing.series.read': 'city' } })

test('rows and columns say the same, and the answer names what was refused', async () => {
  const { post, get } = await gateway()
  const rows = { readings: [{ device: 'A', channel: 'pm25', at: at(5), value: 12 }] }
  expect((await post('/api/sensing/try.hourly/readings', rows)).body).toMatchObject({ accepted: 1 })
  const columns = { series: [{ device: 'A', at: [at(5), at(4)], values: { pm25: [12, 'x'], o3: [1, 2, 3] } }] }
  const { status, body } = await post('/api/sensing/try.hourly/readings', columns)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    accepted: 2,
    repeated: 1,
    refused: [
      { index: 1, code: 'not-a-number' },
      { index: 4, code: 'not-a-time' },
    ],
  })
  const series = await get(`/api/sensing/try.hourly/series?device=A&channel=o3&${span}`)
  expect(series.body.columns).toEqual([
    { device: 'A', channel: 'o3', runs: [[Date.parse(at(5)), HOUR_MS, 2]], value: [1, 2], flags: [] },
  ])
})

test('a device that sends too much is told to wait, and nothing of it is kept', async () => {
  const { post } = await gateway()
  const many = Array.from({ length: 700 }, (_, i) => ({ device: 'S', channel: 'pm25', at: at(i), value: i }))
  const first = await post('/api/sensing/try.hourly/readings', { readings: many })
  expect(first.body).toMatchObject({ accepted: 600 })
  expect(first.body.refused[0]).toEqual({ index: 600, code: 'too-many' })
  const second = await post('/api/sensing/try.hourly/readings', { readings: many.slice(600) })
  expect(second.status).toBe(429)
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
  clock = new Date(NOW.getTime() + 10 * 60_000)
  expect((await post('/api/sensing/try.hourly/readings', { readings: many.slice(600) })).body).toMatchObject({
    accepted: 100,
  })
})

test('more batches at once than the process can hold are turned away, and all that were confirmed are there', async () => {
  const { post, get } = await gateway()
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      post('/api/sensing/try.hourly/readings', { readings: [{ device: 'B', channel: 'pm25', at: at(i), value: i }] }),
    ),
  )
  const confirmed = answers.filter(({ status }) => status === 200).length
  expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true)
  expect(answers.some(({ status }) => status === 429)).toBe(true)
  const series = await get(`/api/sensing/try.hourly/series?device=B&${span}`)
  expect(series.body.columns[0].value).toHaveLength(confirmed)
})

test('a long series is drawn with few points that keep the peak', async () => {
  const { get } = await gateway()
  const series = await get(`/api/sensing/try.hourly/series?device=S&${span}&points=50`)
  expect(series.body.columns[0].value.length).toBeLessThanOrEqual(50)
  expect(Math.max(...series.body.columns[0].value)).toBe(699)
})

test('nobody without the right reads or sends, and a county only its own', async () => {
  const body = { readings: [{ device: 'A', channel: 'pm25', at: at(9), value: 1 }] }
  expect((await visitorClient(running).post('/api/sensing/try.hourly/readings', body)).status).toBe(401)
  const nobody = await client(running, { rights: {} })
  expect((await nobody.post('/api/sensing/try.hourly/readings', body)).status).toBe(403)
  expect((await nobody.get(`/api/sensing/try.hourly/series?device=A&${span}`)).status).toBe(403)
  const rights = {
    'sensing.readings.write': 'subtree',
    'sensing.series.read': 'subtree',
    'sensing.device.read': 'subtree',
    'sensing.device.write': 'subtree',
  } as const
  const county = await client(running, { rights, organisation: 'county.370911.ecology' })
  expect((await county.post('/api/sensing/try.hourly/readings', body)).body.refused).toEqual([
    { index: 0, code: 'unknown-device' },
  ])
  expect((await county.get(`/api/sensing/try.hourly/series?device=A&${span}`)).status).toBe(422)
  expect((await county.get('/api/sensing/devices')).body.rows.map(({ code }: { code: string }) => code)).toEqual(['B'])
  const { class: _, code: __, ...facts } = station('A')
  expect((await county.put('/api/sensing/devices/try.station/A', facts)).status).toBe(403)
  expect((await county.put('/api/sensing/devices/try.station/A', { ...facts, division: '370911' })).status).toBe(403)
  expect((await county.put('/api/sensing/devices/try.station/N', { ...facts, division: '370911' })).status).toBe(200)
})

test('a silent device is shown as such until it is heard again', async () => {
  const { post } = await gateway()
  const { get } = await client(running, { rights: { 'sensing.device.read': 'city' } })
  const state = async () => (await get('/api/sensing/devices/try.station/A')).body.state
  const send = (hours: number) =>
    post('/api/sensing/try.hourly/readings', { readings: [{ device: 'A', channel: 'pm25', at: at(hours), value: 3 }] })
  await send(30)
  await running.app.use(sensing).rollUp()
  expect(await state()).toBe('online')
  clock = new Date(NOW.getTime() + 4 * HOUR_MS)
  const { findSilent } = await import('./silence.ts')
  const { Catalogue } = await import('./catalogue.ts')
  const catalogue = new Catalogue()
  await catalogue.load(running.app)
  await findSilent(running.app, catalogue)
  expect(await state()).toBe('silent')
  await send(31)
  await running.app.use(sensing).rollUp()
  expect(await state()).toBe('online')
})
