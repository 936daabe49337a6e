import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, type TestApp, testApp } from '#platform/testing'
import { as, eventually, sendHours, uploadEvidence } from './testing.ts'

const STATION = 'REPLAY-370902-1'
const HIGH = [60, 200, 210, 220]
/** Hours that come afterwards. */
const LATER = [40, 38]
let running: TestApp
let [officer, checker, neighbour, bureau, leader] = [] as unknown as [Client, Client, Client, Client, Client]
let id = ''

beforeAll(async () => {
  running = await testApp({ demo: true })
  const names = ['taishan', 'taishan-check', 'ningyang', 'ecology', 'leader']
  ;[officer, checker, neighbour, bureau, leader] = (await Promise.all(names.map((name) => as(running, name)))) as [
    Client,
    Client,
    Client,
    Client,
    Client,
  ]
}, 120_000)
afterAll(() => running?.stop())

const matters = async (who: Client) => {
  const answer = await who.get('/api/loops/inbox?tab=todo&definition=air.exceedance')
  expect(answer).toMatchObject({ status: 200 })
  return answer.body.rows as { readonly id: string }[]
}

let step = 0
const act = async (who: Client, action: string, extra: object = {}) => {
  const { matter } = (await who.get(`/api/loops/${id}`)).body
  return who.post(`/api/loops/${id}/actions`, {
    action,
    revision: matter?.revision ?? 1,
    key: `circle-${action}-${step++}`,
    ...extra,
  })
}

test('hours above the threshold become an index, a warning and a matter of the county concerned', async () => {
  await sendHours(running, bureau, STATION, HIGH, LATER.length)
  const found = await eventually(async () => (await matters(officer))[0])
  id = found.id
  const { body } = await bureau.get(`/api/air/stations/${STATION}`)
  expect(body).toMatchObject({ warning: 'yellow', loop: id, latest: { aqi: 270, level: 5, primary: ['pm25'] } })
  expect((await officer.get(`/api/loops/${id}`)).body.matter.headline.zh).toContain('空气质量黄色预警（AQI 270）')
})

test('another county neither sees nor moves it; the leader sees it', async () => {
  expect(await matters(neighbour)).toEqual([])
  expect((await neighbour.get(`/api/loops/${id}`)).status).toBe(404)
  expect([403, 404]).toContain((await act(neighbour, 'receive')).status)
  expect((await leader.get(`/api/loops/${id}`)).status).toBe(200)
})

test('the same hours again open nothing twice', async () => {
  await sendHours(running, bureau, STATION, HIGH, LATER.length)
  expect(await matters(officer)).toHaveLength(1)
})

test('the county finds the source and reports, not without evidence', async () => {
  expect((await act(officer, 'receive')).body).toMatchObject({ place: 'finding' })
  const traced = await act(officer, 'trace', { form: { source: 'dust', finding: '工地未覆盖', responsible: '某工地' } })
  expect(traced.body).toMatchObject({ place: 'rectifying' })
  expect((await act(officer, 'report', { form: { measures: '已覆盖' } })).status).toBe(422)
  const file = await uploadEvidence(running, officer)
  const reported = await act(officer, 'report', { form: { measures: '已覆盖并洒水' }, evidence: [file] })
  expect(reported.body).toMatchObject({ place: 'checking' })
})

test('who reported may not accept; another person does, and then it waits for the station', async () => {
  expect([403, 409]).toContain((await act(officer, 'accept')).status)
  expect((await act(checker, 'accept')).body).toMatchObject({ place: 'waiting', ended: false })
})

test('nobody can say that the station has recovered', async () => {
  expect([403, 409]).toContain((await act(bureau, 'recovered')).status)
})

test('one clean hour is not enough; the second one closes the matter, without anybody', async () => {
  await sendHours(running, bureau, STATION, LATER.slice(0, 1), 1)
  await eventually(async () => (await latest()).aqi < 100)
  expect((await bureau.get(`/api/loops/${id}`)).body.matter.endedAt).toBeNull()
  await sendHours(running, bureau, STATION, LATER.slice(1))
  await eventually(async () => (await bureau.get(`/api/loops/${id}`)).body.matter.endedAt)
  expect((await bureau.get(`/api/air/stations/${STATION}`)).body).toMatchObject({ warning: null, loop: null })
})

const latest = async () => (await bureau.get(`/api/air/stations/${STATION}`)).body.latest
