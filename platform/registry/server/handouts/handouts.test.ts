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
const page = (rows: readonly number[], limit = 100, before?: string) =>
  city.app.use(handouts).of(
    city.app.db,
    rows.map((row) => ({ dataset: DATASET, row })),
    { limit, before },
  )
const held = async (row: number) => (await page([row])).map(({ handout }) => handout)
const given = new Date('2026-03-01T08:00:00Z')
/** As many milliseconds after the first that this test gives. */
const after = (ms: number) => new Date(given.getTime() + ms)

test('numbers are kept a bit each, over blocks, and found by row', async () => {
  const numbers = new RowNumbers()
  const inside = [0, 1, 7, 8, 8_191, 8_192, 5_000_000]
  for (const row of [...inside, 7]) numbers.add(row)
  expect([2, 7, 8_193].filter((row) => numbers.has(row))).toEqual([7])
  await city.app.use(handouts).note(city.app.db, { dataset: DATASET, handout: 'file', given }, numbers)
  for (const row of inside) expect(await held(row)).toEqual(['file'])
  for (const row of [2, 9, 8_190, 8_193, 4_999_999, 9_000_000]) expect(await held(row)).toEqual([])
  const elsewhere = [{ dataset: 'air.station', row: 1 }]
  expect(await city.app.use(handouts).of(city.app.db, elsewhere, { limit: 100 })).toEqual([])
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
  await city.app.use(handouts).noteWhole(city.app.db, { dataset: DATASET, handout: 'whole', given }, new Date())
  await write([3], { name: '王又改' })
  await city.app.work(actor, (work) =>
    city.app.use(registry).remove(work, dataset(), [{ idNumber: residentRow(4).idNumber }]),
  )
  await write([5])
  expect(await held(changed)).toEqual(['whole'])
  expect(await held(gone)).toEqual(['whole'])
  expect(await held(await rowOf(5))).toEqual([])
})

test('of very many the newest are given, page by page and each once; the oldest are forgotten', async () => {
  const row = await rowOf(5)
  const [from, numbers] = [new Date(Date.now() + 1000), new RowNumbers()]
  numbers.add(row)
  for (const [handout, at] of [
    ['sure-1', 10_001.5],
    ['sure-2', 19_998.5],
  ] as const)
    await city.app.use(handouts).note(city.app.db, { dataset: DATASET, handout, given: after(at * 10) }, numbers)
  await asOwner(
    city.ownerUrl,
    `insert into registry.whole_handout (dataset, at, handout, given)
      select '${DATASET}', '${from.toISOString()}', 'many-' || n, '${given.toISOString()}'::timestamptz + n / 2 * 20 * interval '1 ms'
      from generate_series(1, 20000) n;
    insert into registry.whole_handout (dataset, at, handout, given)
      select dataset, at - interval '500 ms', handout, given from registry.whole_handout where handout like 'many-%';
    analyze registry.whole_handout`,
  )
  const seen: string[] = []
  for (let before: string | undefined; seen.length < 30; ) {
    const part = await page([row], 7, before)
    expect(part.length).toBeLessThanOrEqual(7)
    seen.push(...part.map(({ handout }) => handout))
    const last = part.at(-1)
    before = last && `${last.given.toISOString()}~${last.handout}`
  }
  const newest = Array.from({ length: 40 }, (_, n) => `many-${20_000 - n}`)
  expect(seen.slice(0, 3)).toEqual(['many-20000', 'sure-2', 'many-19999'])
  expect(new Set(seen.slice(0, 29))).toEqual(new Set([...newest.slice(0, 28), 'sure-2']))
  await expect(page([row], 7, 'nowhere')).rejects.toMatchObject({ code: 'wrong-page' })
  await city.app.use(handouts).forget(city.app.db, ['many-20000'])
  expect((await page([row], 1)).map(({ handout }) => handout)).toEqual(['sure-2'])
  const before = after(10_002 * 10)
  while ((await city.app.use(handouts).forgetBefore(city.app.db, before, 3_000)) >= 3_000);
  const { rows } = await asOwner(
    city.ownerUrl,
    `select handout, given from registry.whole_handout union all select handout, given from registry.handout order by given limit 2`,
  )
  expect(rows.every((each) => each.given >= before)).toBe(true)
  expect(await held(row)).not.toContain('sure-1')
})

test('what its maker tells of himself is not among what the audit log tells of', async () => {
  const row = await rowOf(1)
  const numbers = new RowNumbers()
  numbers.add(row)
  await city.app.use(handouts).note(city.app.db, { dataset: DATASET, handout: 'batch', given: null }, numbers)
  expect(await held(row)).not.toContain('batch')
  const ofMakers = (n: number) => city.app.use(handouts).ofMakers(city.app.db, [{ dataset: DATASET, row: n }])
  expect([await ofMakers(row), await ofMakers(row + 1)]).toEqual([['batch'], []])
})
