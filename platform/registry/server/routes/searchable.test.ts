import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { datasetOf } from '../datasets/definition.ts'
import { conditionsSql } from '../rows/conditions.ts'
import { listRows } from '../rows/list-rows.ts'
import { tableOf } from '../rows/registry-service.ts'
import { residentDefinition } from '../testing/resident.ts'

const ROWS = 100_000
const { scope: _, ...resident } = residentDefinition
const definition = {
  ...resident,
  name: 'parcel',
  fields: [
    { name: 'code', kind: 'text' as const, title: { zh: '编号', en: 'Code' }, required: true },
    { name: 'owner', kind: 'text' as const, title: { zh: '权利人', en: 'Owner' } },
  ],
  key: ['code'],
  level: 'internal' as const,
  indexed: [],
}
const PATH = '/api/registry/datasets/city.parcel'

let running: TestApp
let steward: SignedInClient
beforeAll(async () => {
  running = await testApp()
  await running.app.work(system('test'), (work) => running.app.use(dataDesk).define(work, definition))
  await asOwner(
    running.ownerUrl,
    `insert into registry_data.parcel (code, owner) select n, 'owner ' || n % 1000 from generate_series(1, ${ROWS}) n;
     analyze registry_data.parcel`,
  )
  steward = await client(running, { rights: { 'registry.read': 'city', 'registry.steward': 'city' } })
})
afterAll(() => running.stop())

const find = (owner: string, milliseconds: number) =>
  running.app.work(system('test'), (work) => {
    const storage = tableOf(datasetOf(definition))
    const conditions = { owner: { is: owner } }
    const where = conditionsSql(storage, {} as never, conditions)
    return listRows(
      work.tx,
      storage,
      conditions,
      { where, sort: undefined, after: undefined, limit: 10 },
      { dear: 500, milliseconds },
    )
  })
const searchable = async () =>
  (await steward.get(PATH)).body.fields.map((field: { searchable: string }) => field.searchable)

test('a list that would read millions of rows stops and says which field needs an index; with one it answers', async () => {
  await expect(find('nobody', 1)).rejects.toMatchObject({
    code: 'too-many-to-search',
    words: { zh: expect.stringContaining('权利人') },
  })
  expect((await find('nobody', 60_000)).rows).toEqual([])
  expect(await searchable()).toEqual(['yes', 'no'])
  expect((await steward.post(`${PATH}/searchable`, { field: 'owner' })).status).toBe(200)
  while ((await searchable())[1] !== 'yes') await sleep(50)
  expect((await find('nobody', 1)).rows).toEqual([])
  expect((await find('owner 7', 1)).rows).toHaveLength(10)
  expect((await steward.get(`${PATH}/rows?sort=owner&limit=2`)).body.rows).toHaveLength(2)
})

test('only a steward makes a field searchable, and only one that there is', async () => {
  const reader = await client(running, { rights: { 'registry.read': 'city' } })
  expect((await reader.post(`${PATH}/searchable`, { field: 'owner' })).status).toBe(403)
  expect((await steward.post(`${PATH}/searchable`, { field: 'nothing' })).status).toBe(404)
  expect((await steward.post('/api/registry/datasets/no.such/searchable', { field: 'owner' })).status).toBe(404)
})
