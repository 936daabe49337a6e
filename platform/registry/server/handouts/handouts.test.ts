import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk, datasetDirectory, handouts, RowNumbers, registry } from '#platform/registry'
import { asOwner, client, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { residentCells, residentDefinition } from '../testing/resident.ts'

let city: TestApp
const DATASET = 'city.resident'
const actor = system('test')

beforeAll(async () => {
  city = await testApp()
  await city.app.work(actor, (work) => city.app.use(dataDesk).define(work, residentDefinition))
  await write([1, 2, 3, 4])
})
afterAll(() => city.stop())

const residentRow = (n: number) => {
  const [, name = '', , , idNumber = '', , , division = ''] = residentCells(n)
  return { idNumber, name, sex: '1', bornOn: '1990-03-07', division }
}
function dataset() {
  const found = city.app.use(datasetDirectory).find(DATASET)
  if (!found) throw new TypeError('not defined')
  return found
}
const write = (numbers: readonly number[], more = {}) =>
  city.app.work(actor, (work) =>
    city.app.use(registry).write(
      work,
      dataset(),
      numbers.map((n) => ({ ...residentRow(n), ...more })),
    ),
  )
const rowOf = (n: number) =>
  city.app.work(actor, async (work) => {
    const { idNumber } = residentRow(n)
    return (await city.app.use(registry).find(work, dataset(), { idNumber }))?.id ?? 0
  })
const held = async (row: number) =>
  (await city.app.use(handouts).of(city.app.db, [{ dataset: DATASET, row }])).map(({ handout }) => handout)

test('numbers are kept a bit each, over blocks, and found by row', async () => {
  const numbers = new RowNumbers()
  const inside = [0, 1, 7, 8, 8_191, 8_192, 5_000_000]
  for (const row of [...inside, 7]) numbers.add(row)
  expect([2, 7, 8_193].filter((row) => numbers.has(row))).toEqual([7])
  await city.app.use(handouts).note(city.app.db, 'file', DATASET, numbers)
  for (const row of inside) expect(await held(row)).toEqual(['file'])
  for (const row of [2, 9, 8_190, 8_193, 4_999_999, 9_000_000]) expect(await held(row)).toEqual([])
  expect(await city.app.use(handouts).of(city.app.db, [{ dataset: 'air.station', row: 1 }])).toEqual([])
  await city.app.use(handouts).forget(city.app.db, ['file'])
  expect(await held(1)).toEqual([])
})

test('an export is found at each row that left with it, also after the row was changed or deleted, and at no other', async () => {
  const steward = await client(city, { rights: { 'registry.read': 'city', 'registry.export': 'city' } })
  const [left, deleted, other] = [await rowOf(1), await rowOf(2), await rowOf(3)]
  const base = `/api/registry/datasets/${DATASET}/export.csv?purpose=test`
  const by = (n: number) => `&where=idNumber~is~${residentRow(n).idNumber}`
  expect((await steward.get(`${base}${by(1)}`)).status).toBe(200)
  expect((await steward.get(`${base}${by(2)}`)).status).toBe(200)
  await write([1], { name: '王改名' })
  await city.app.work(actor, (work) =>
    city.app.use(registry).remove(work, dataset(), [{ idNumber: residentRow(2).idNumber }]),
  )
  const [handout] = await held(left)
  expect(await held(deleted)).toHaveLength(1)
  expect(await held(deleted)).not.toEqual([handout])
  expect(await held(other)).toEqual([])
  const { rows } = await asOwner(
    city.ownerUrl,
    `select actor, details from audit.entry where details ->> 'handout' = '${handout}'`,
  )
  expect(rows).toMatchObject([
    { actor: steward.actor.id, details: { purpose: 'test', fields: expect.arrayContaining(['name']) } },
  ])
})

test('who may not export leaves no handout', async () => {
  const reader = await client(city, { rights: { 'registry.read': 'city' } })
  const row = await rowOf(4)
  expect((await reader.get(`/api/registry/datasets/${DATASET}/export.csv?purpose=test`)).status).toBe(403)
  expect(await held(row)).toEqual([])
})

test('an answer over a whole dataset is found at the rows that there were then', async () => {
  const [changed, gone] = [await rowOf(3), await rowOf(4)]
  await city.app.use(handouts).noteWhole(city.app.db, 'whole', DATASET, new Date())
  await write([3], { name: '王又改' })
  await city.app.work(actor, (work) =>
    city.app.use(registry).remove(work, dataset(), [{ idNumber: residentRow(4).idNumber }]),
  )
  await write([5])
  expect(await held(changed)).toEqual(['whole'])
  expect(await held(gone)).toEqual(['whole'])
  expect(await held(await rowOf(5))).toEqual([])
})
