import { afterAll, beforeAll, expect, test } from 'vitest'
import { citizenCheckDigit, datasetDirectory, fieldUses, registry } from '#platform/registry'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { baseTables } from '../../../domains/resources/base/tables.ts'
import { periodOf } from './periods.ts'

let running: TestApp
let steward: Client
const number = (serial: string, place: string) => {
  const body = `${place}19700101${serial}`
  return body + citizenCheckDigit(body)
}
const resident = (serial: string, place: string, more = {}) => ({
  number: number(serial, place),
  name: '王明',
  sex: '2',
  bornOn: '1970-01-01',
  household: serial,
  relation: '0',
  address: '山东省泰安市',
  division: `${place}001005`,
  ...more,
})
async function write(rows: readonly Record<string, unknown>[]) {
  const dataset = baseTables.find((table) => table.dataset.id === 'base.resident')?.dataset
  if (!dataset) throw new RangeError('base.resident')
  await running.app.work(system('test'), (work) => running.app.use(registry).write(work, dataset, rows))
}

beforeAll(async () => {
  running = await testApp({ demo: true })
  steward = await signIn(running, 'leader', 'Daizong-2026')
}, 180_000)
afterAll(() => running.stop())

/** Values by member, as soon as the newest are those. */
async function counted(expected: Readonly<Record<string, number>>) {
  const span = `from=${new Date(Date.now() - 86_400_000).toISOString()}&to=${new Date(Date.now() + 86_400_000).toISOString()}`
  await expect
    .poll(
      async () => {
        await running.app.pool.query(
          `update jobs.job set start_after = now() where name = 'indicators.over-rows' and state = 'created'`,
        )
        const { body } = await steward.get(`/api/indicators/base.residents/values?${span}&basis=true`)
        return Object.fromEntries(
          body.values.map(({ member, value }: { member: string; value: number }) => [member, value]),
        )
      },
      { timeout: 30_000 },
    )
    .toEqual(expected)
}

test('a measure over rows is counted by member after they changed, of those alone that it means', async () => {
  await write([
    resident('100', '370902'),
    resident('102', '370902'),
    resident('104', '370911'),
    resident('106', '370911', { endedOn: '2020-01-01', endReason: '死亡' }),
  ])
  await counted({ '370902': 2, '370911': 1 })
  await write([resident('108', '370911')])
  await counted({ '370902': 2, '370911': 2 })
  const { body } = await steward.get('/api/indicators/base.residents')
  expect(body.members).toEqual([
    { id: '370902', title: { zh: '泰山区', en: expect.any(String) } },
    { id: '370911', title: { zh: '岱岳区', en: expect.any(String) } },
  ])
  const { rows } = await running.app.pool.query(
    `select value, basis from indicators.value where indicator = 'base.residents' and member = '370911' order by vintage`,
  )
  expect(rows).toEqual([
    { value: 1, basis: { dataset: 'base.resident', rows: 1 } },
    { value: 2, basis: { dataset: 'base.resident', rows: 2 } },
  ])
})

test('a member that has no row any more is nought', async () => {
  const dataset = running.app.use(datasetDirectory).find('base.resident')
  if (!dataset) throw new RangeError('base.resident')
  await running.app.work(system('test'), (work) =>
    running.app
      .use(registry)
      .remove(work, dataset, [{ number: number('100', '370902') }, { number: number('102', '370902') }]),
  )
  await counted({ '370902': 0, '370911': 2 })
})

test('the lineage of the fields goes on to the measure', async () => {
  const dataset = running.app.use(datasetDirectory).find('base.resident')
  if (!dataset) throw new RangeError('base.resident')
  const uses = await running.app.use(fieldUses).of(running.app.db, dataset)
  expect(uses).toContainEqual(
    expect.objectContaining({ title: expect.objectContaining({ zh: '户籍人口' }), fields: ['division', 'endedOn'] }),
  )
})

test('periods begin at midnight in China', () => {
  const at = new Date('2026-05-31T17:30:00Z')
  const starts = (['hour', 'day', 'month', 'quarter', 'year'] as const).map((unit) => periodOf(unit, at).toISOString())
  expect(starts).toEqual([
    '2026-05-31T17:00:00.000Z',
    '2026-05-31T16:00:00.000Z',
    '2026-05-31T16:00:00.000Z',
    '2026-03-31T16:00:00.000Z',
    '2025-12-31T16:00:00.000Z',
  ])
})
