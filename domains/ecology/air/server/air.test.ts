import { afterAll, beforeAll, expect, test } from 'vitest'
import { indicators } from '#platform/indicators'
import { sensing } from '#platform/sensing'
import { asOwner, type Client, client, type TestApp, testApp } from '#platform/testing'
import { DAY, HOUR, system } from '#runtime'
import { readingsAt, recordedHours } from '../replay/recorded.ts'
import { send } from '../replay/send.ts'
import { computeDays } from './compute-days.ts'
import { computeHours } from './compute-hours.ts'
import { publishPeriods } from './jobs.ts'
import { loadHistory } from './load-history.ts'
import { loadStations } from './load-stations.ts'
import { publishDay } from './publish-indices.ts'
import { runScreens } from './run-screens.ts'
import { as, eventually, hourAgo, sendHours, uploadEvidence } from './testing.ts'

let running: TestApp
let [bureau, officer, head] = [] as unknown as [Client, Client, Client]

beforeAll(async () => {
  running = await testApp({ demo: true })
  ;[bureau, officer, head] = (await Promise.all(
    ['ecology', 'daiyue', 'ecology-head'].map((name) => as(running, name)),
  )) as [Client, Client, Client]
}, 120_000)
afterAll(() => running?.stop())

const hourOf = (station: string, at: number) =>
  running.app
    .use(indicators)
    .values('air.aqi.hourly', { members: [station], from: new Date(at), to: new Date(at + HOUR) })
    .then(([value]) => value)

test('every index that the authority published for the shipped hours is ours too', async () => {
  const { body } = await bureau.get('/api/air/differences')
  expect(body).toMatchObject({ published: 143, equal: 143 })
  expect(body.rows).toHaveLength(148)
  const offline = body.rows.filter((row: { published: number | null }) => row.published === null)
  expect(offline).toHaveLength(5)
  for (const row of offline)
    expect(row).toMatchObject({ computed: null, equal: true, reasons: [{ zh: expect.any(String) }] })
})

test('the shipped hours of the city’s own stations are indices with what they are made of', async () => {
  const at = Date.parse('2018-02-20T06:00:00+08:00')
  const found = await eventually(() => hourOf('1656A', at))
  expect(found).toMatchObject({ value: 94, basis: { pack: 'hj633-2012', primary: ['pm25'], level: 2 } })
})

test('loading stations and history again changes nothing', async () => {
  await loadStations(running.app)
  await loadHistory(running.app)
  const { rows } = await asOwner(running.ownerUrl, 'select count(*)::int as n, max(_version) as v from air.station')
  expect(rows).toEqual([{ n: 86, v: 1 }])
})

test('a station is in the county that holds its point, neighbours in their city', async () => {
  expect((await bureau.get('/api/air/stations/1656A')).body).toMatchObject({ division: '370902', kind: 'national' })
  expect((await bureau.get('/api/air/stations/1299A')).body).toMatchObject({ division: '3701', latest: null })
})

test('the edition follows the date of the hour', async () => {
  const device = '1657A'
  const settle = (at: string) => {
    const readings = Object.entries({ so2: 10, no2: 20, co: 1, o3: 90, pm10: 80, pm25: 75 })
    return running.app.work(system('test'), (work) =>
      running.app.use(sensing).settle(
        work,
        'air.hourly',
        'published',
        readings.map(([channel, value]) => ({ device, channel, at: new Date(at), value })),
      ),
    )
  }
  const [before, after] = ['2026-02-28T23:00:00+08:00', '2026-03-01T00:00:00+08:00'] as const
  await settle(before)
  await settle(after)
  const span = { from: new Date(before), to: new Date('2026-03-01T01:00:00+08:00'), members: [device] }
  const values = await computeHours(running.app, span)
  expect(values.map(({ value, basis }) => [value, basis.pack])).toEqual([
    [100, 'hj633-2012'],
    [114, 'hj633-2026'],
  ])
})

test('an hour is explained step by step under both editions, beside what was published', async () => {
  const at = encodeURIComponent('2018-02-20T06:00:00+08:00')
  const { body } = await bureau.get(`/api/air/stations/1656A/explanation?at=${at}`)
  expect(body.published).toMatchObject({ aqi: 94, level: '良' })
  expect(
    body.editions.map((each: { pack: string; aqi: number; inForce: boolean }) => [each.pack, each.aqi, each.inForce]),
  ).toEqual([
    ['hj633-2012', 94, true],
    ['hj633-2026', expect.any(Number), false],
  ])
  expect(body.editions[0].steps).toHaveLength(6)
  expect(body.editions[0].steps[5].explanation.zh).toContain('向上取整')
})

test('a pollutant missing and the rest at 100 or less is NA with its reason; above 100 it is published', async () => {
  await sendHours(running, bureau, 'REPLAY-370921-1', [null, null], 3)
  const found = await eventually(() => hourOf('REPLAY-370921-1', hourAgo(running, 3)))
  expect(found).toMatchObject({
    value: null,
    basis: { pack: 'hj633-2026', reason: { zh: expect.stringContaining('缺 pm25') } },
  })
})

test('a late value and a correction are new vintages; what was known before stays known', async () => {
  const station = 'REPLAY-370921-2'
  const at = hourAgo(running, 4)
  const sendOne = (channel: string, value: number) =>
    bureau.post('/api/sensing/air.hourly/readings', {
      readings: [{ device: station, channel, at: new Date(at).toISOString(), value }],
    })
  for (const [channel, value] of Object.entries({ so2: 10, no2: 20, co: 1, o3: 50, pm10: 60 }))
    await sendOne(channel, value)
  const first = await eventually(() => hourOf(station, at))
  expect(first.value).toBeNull()
  await sendOne('pm25', 33)
  const second = await eventually(async () => (await hourOf(station, at))?.value === 58 && hourOf(station, at))
  const wrong = { station, pollutant: 'pm10', at: new Date(at).toISOString(), value: 88, reason: '仪器校准后更正' }
  expect((await officer.post('/api/air/corrections', wrong)).status).toBe(403)
  expect((await bureau.post('/api/air/corrections', { ...wrong, value: 9_999 })).status).toBe(422)
  expect((await bureau.post('/api/air/corrections', wrong)).body).toEqual({ revised: 1 })
  await eventually(async () => ((await hourOf(station, at))?.value ?? 0) > 60)
  const span = { members: [station], from: new Date(at), to: new Date(at + HOUR) }
  const asOf = second?.vintage
  expect(
    (await running.app.use(indicators).values('air.aqi.hourly', { ...span, ...(asOf ? { asOf } : {}) }))[0]?.value,
  ).toBe(58)
  await sendOne('pm10', 61)
  await running.app.use(sensing).rollUp()
  const [published] = await running.app.use(sensing).read({
    kind: 'air.hourly',
    stage: 'published',
    devices: [station],
    channels: ['pm10'],
    from: span.from,
    to: span.to,
  })
  expect(published?.value).toEqual([88])
})

test('nonsense is refused or kept raw, and never becomes an index', async () => {
  const device = 'REPLAY-370923-2'
  const at = new Date(hourAgo(running, 1)).toISOString()
  const { body } = await bureau.post('/api/sensing/air.hourly/readings', {
    readings: [
      { device, channel: 'pm25', at, value: -5 },
      { device, channel: 'pm10', at, value: 99_999 },
      { device, channel: 'radon', at, value: 1 },
      { device, channel: 'so2', at: '2027-01-01T00:00:00+08:00', value: 1 },
    ],
  })
  expect(body).toMatchObject({ accepted: 2, refused: [{ code: 'unknown-channel' }, { code: 'ahead' }] })
  const found = await eventually(() => hourOf(device, Date.parse(at)))
  expect(found).toMatchObject({ value: null, basis: { reason: { zh: '没有可用的浓度值' } } })
})

test('a replay feeds recorded hours once, whatever is sent again, and says where they are from', async () => {
  const stretch = {
    from: Date.parse('2016-12-20T00:00:00+08:00'),
    hours: 26,
    stations: ['REPLAY-370983-1', 'REPLAY-370983-2'],
  }
  const hours = await recordedHours(stretch)
  expect(hours).toHaveLength(26)
  const yesterday = Math.floor((running.app.now().getTime() + 8 * HOUR) / DAY) * DAY - 8 * HOUR - DAY
  const shift = yesterday - stretch.from
  const sender = { address: running.address, headers: { cookie: bureau.cookie } }
  const past = hours.filter(({ recorded }) => recorded + shift < running.app.now().getTime() - HOUR)
  for (const hour of past) expect((await send(sender, readingsAt(hour, shift))).refused).toBe(0)
  const [again] = past
  if (again) expect(await send(sender, readingsAt(again, shift))).toEqual({ accepted: 0, repeated: 12, refused: 0 })
  await running.app.use(sensing).rollUp()
  const span = { from: new Date(yesterday), to: new Date(yesterday + DAY), members: stretch.stations }
  const day = await eventually(async () => {
    const found = await running.app.use(indicators).values('air.aqi.daily', span)
    return found.length === 2 && found
  })
  expect(day[0]).toMatchObject({ value: expect.any(Number), basis: { replay: true, primary: ['pm25'] } })
  expect(day[0]?.value).toEqual((await computeDays(running.app, span))[0]?.value)
  const flagged = await officer.get(
    `/api/air/stations/REPLAY-370983-1/trend?from=${new Date(yesterday).toISOString()}&to=${new Date(yesterday + HOUR).toISOString()}`,
  )
  expect(flagged.body.columns[0].flags).toContainEqual({ at: yesterday, flag: 'replay.2016-12-20t00' })
})

test('months and years follow: ranking, evaluation, share of good days, heavy pollution', async () => {
  const yesterday = new Date(running.app.now().getTime() - DAY)
  await running.app.work(system('test'), (work) =>
    publishDay(running.app, work, Math.floor((yesterday.getTime() + 8 * HOUR) / DAY)),
  )
  await publishPeriods(running.app, yesterday)
  const local = new Date(yesterday.getTime() + 8 * HOUR).toISOString()
  const { body } = await officer.get(`/api/air/rankings?of=area&period=${local.slice(0, 7)}`)
  expect(body.rows).toContainEqual(
    expect.objectContaining({ member: '370983', days: 1, replay: true, index: expect.any(Number) }),
  )
  const evaluation = await officer.get(`/api/air/evaluation?year=${local.slice(0, 4)}`)
  expect(evaluation.body.packs).toEqual(['hj663-2013', 'gb3095-2026-transitional'])
  const feicheng = evaluation.body.areas.find((area: { division: string }) => area.division === '370983')
  expect(feicheng).toMatchObject({ days: 1, goodDays: 0, compliant: null })
  const levels = await running.app.use(indicators).values('air.pollution-level.daily', {
    members: ['3709'],
    from: new Date(yesterday.getTime() - 2 * DAY),
    to: running.app.now(),
  })
  expect(levels.at(-1)?.value).toBe(1)
})

test('a flat line opens one matter; confirmed, its hours count no more and the index gets a new vintage', async () => {
  const station = 'REPLAY-370911-1'
  await sendHours(running, bureau, station, [31, 35, 35, 35, 35, 35, 38, 41])
  await eventually(async () => (await hourOf(station, hourAgo(running, 4)))?.value)
  await runScreens(running.app)
  await runScreens(running.app)
  const found = (await officer.get(`/api/air/findings?station=${station}&screen=flat-line`)).body.rows
  expect(found).toEqual([
    expect.objectContaining({ pollutant: 'pm25', hours: 5, state: 'open', loop: expect.any(String) }),
  ])
  const { rows } = await asOwner(
    running.ownerUrl,
    `select count(*)::int as n from loops.instance
    where definition = 'air.data-fraud' and data->>'station' = '${station}' and data->>'screen' = 'flat-line' and data->>'pollutant' = 'PM2.5'`,
  )
  expect(rows).toEqual([{ n: 1 }])
  const id = found[0].loop as string
  const elsewhere = await client(running, {
    rights: { 'air.exceedance.read': 'subtree' },
    organisation: 'county.370921.ecology',
  })
  expect((await elsewhere.get(`/api/air/findings?station=${station}`)).body.rows).toEqual([])
  const evidence = [await uploadEvidence(running, officer)]
  const act = async (who: Client, action: string, extra: object) => {
    const { revision } = (await who.get(`/api/loops/${id}`)).body.matter
    return who.post(`/api/loops/${id}/actions`, { action, revision, key: `fraud-${action}`, ...extra })
  }
  expect((await act(officer, 'answer', { form: { cause: '采样管堵塞' }, evidence })).body.place).toBe('verifying')
  expect((await act(head, 'confirm', { form: { verdict: '认定为无效' } })).body).toMatchObject({
    place: 'flagged',
    ended: true,
  })
  await eventually(async () => (await hourOf(station, hourAgo(running, 4)))?.value === null)
  expect((await officer.get(`/api/air/findings?station=${station}&screen=flat-line`)).body.rows[0].state).toBe(
    'flagged',
  )
})
