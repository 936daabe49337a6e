import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatasetDefinition, dataDesk, datasetDirectory, registry } from '#platform/registry'
import { asOwner, client, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { residentDefinition } from '../testing/resident.ts'

const words = (text: string) => ({ zh: text, en: text })
const HERD = 'city.herd'
let city: TestApp
beforeAll(async () => {
  city = await testApp()
  const { app } = city
  const definition: DatasetDefinition = {
    ...{ name: 'herd', title: words('养殖场'), about: words('养殖场'), source: 'city.ecology', key: ['code'] },
    fields: [{ name: 'code', kind: 'text', title: words('编号'), required: true }],
    ...{ level: 'internal', sharing: 'none', opening: 'closed', retentionYears: 3 },
  }
  await app.work(system('test'), (work) => app.use(dataDesk).define(work, definition))
  await app.work(system('test'), (work) => app.use(dataDesk).define(work, residentDefinition))
  const dataset = app.use(datasetDirectory).find(HERD)
  if (!dataset) throw new TypeError('no dataset')
  const rows = ['old', 'young', 'gone'].map((code) => ({ code }))
  await app.work(system('test'), (work) => app.use(registry).write(work, dataset, rows))
  await app.work(system('test'), (work) => app.use(registry).remove(work, dataset, [{ code: 'gone' }]))
  await asOwner(
    city.ownerUrl,
    `update registry_data.herd set _since = _since - interval '4 years' where code = 'old';
     update registry.history set until = until - interval '4 years', since = since - interval '4 years' where dataset = '${HERD}'`,
  )
})
afterAll(() => city.stop())

test('what is kept too long is counted for its source and listed, and nothing of it is deleted', async () => {
  await city.app.work(system('test'), async (work) => work.enqueue('registry.retention', {}, { key: 'now' }))
  const rights = { 'registry.read': 'subtree' } as const
  const source = await client(city, { rights, organisation: 'city.ecology' })
  const counted = async () => (await source.get('/api/registry/past-retention')).body.rows
  await expect.poll(counted, { timeout: 20_000 }).toHaveLength(1)
  expect((await counted())[0]).toMatchObject({ dataset: HERD, source: 'city.ecology', years: 3, rows: 1, versions: 1 })
  const path = `/api/registry/datasets/${HERD}/rows`
  const { rows } = (await source.get(`${path}?pastRetention=true`)).body
  expect(rows.map(({ value }: { value: { code: string } }) => value.code)).toEqual(['old'])
  expect((await source.get(path)).body.rows).toHaveLength(2)
})

test('who does not answer for the data is not shown them, and without the right nothing is', async () => {
  const other = await client(city, { rights: { 'registry.read': 'unit' }, organisation: 'city.finance' })
  expect((await other.get('/api/registry/past-retention')).body.rows).toEqual([])
  expect((await (await client(city)).get('/api/registry/past-retention')).status).toBe(403)
})

test('of a dataset that is kept for ever nothing is past', async () => {
  const reader = await client(city, { rights: { 'registry.read': 'city' } })
  const answer = await fetch(`${city.address}/api/registry/datasets/city.resident/rows?pastRetention=true`, {
    headers: { cookie: reader.cookie, 'x-purpose': 'test' },
  })
  expect((await answer.json()) as object).toMatchObject({ rows: [] })
})
