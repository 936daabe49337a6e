import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { type Reading, sensing } from '../contract.ts'
import { collector, NOW, reading, station, trialModule } from './testing.ts'

let running: TestApp
beforeAll(async () => {
  const { allModules } = await import('../../../apps/server/modules.ts')
  running = await testApp({ modules: [...allModules, trialModule], now: () => NOW })
  await running.app.work(collector, (work) =>
    running.app
      .use(sensing)
      .register(work, [station('A'), station('B'), station('C', '370902', { status: 'retired' })]),
  )
})
afterAll(() => running.stop())

const take = (readings: readonly Reading[]) =>
  running.app.work(collector, (work) => running.app.use(sensing).take(work, 'try.hourly', readings))
const column = async (device: string, channel: string, stage: 'raw' | 'valid' | 'published' = 'raw') => {
  const from = new Date('2020-01-01T00:00:00Z')
  const columns = await running.app.use(sensing).read({
    kind: 'try.hourly',
    stage,
    devices: [device],
    channels: [channel],
    from,
    to: new Date('2026-04-01T00:00:00Z'),
  })
  return columns[0]
}

test('the same batch twice changes nothing', async () => {
  const batch = [reading('A', 'pm25', 3, 10), reading('A', 'pm25', 2, null), reading('A', 'o3', 3, 80.5)]
  expect(await take(batch)).toMatchObject({ accepted: 3, repeated: 0, changed: [], refused: [] })
  expect(await take(batch)).toMatchObject({ accepted: 0, repeated: 3, changed: [], refused: [] })
  expect(await column('A', 'pm25')).toMatchObject({ value: [10, null], flags: [] })
  expect((await column('A', 'o3'))?.value).toEqual([80.5])
})

test('a different value stays beside the first, once, and the place is flagged', async () => {
  await take([reading('B', 'pm25', 5, 40)])
  expect(await take([reading('B', 'pm25', 5, 41)])).toMatchObject({ accepted: 0, repeated: 0, changed: [0] })
  expect(await take([reading('B', 'pm25', 5, 41)])).toMatchObject({ repeated: 1, changed: [] })
  expect(await take([reading('B', 'pm25', 5, 40)])).toMatchObject({ repeated: 1, changed: [] })
  const raw = await column('B', 'pm25')
  expect(raw?.value).toEqual([40])
  expect(raw?.flags.map(({ flag }) => flag)).toEqual(['changed'])
  const { rows } = await asOwner(running.ownerUrl, 'select value from sensing.value_change where stage = 0')
  expect(rows).toEqual([{ value: 41 }])
})

test('one place twice in a batch counts once, and its other value as changed', async () => {
  expect(await take([reading('B', 'o3', 9, 1), reading('B', 'o3', 9, 1), reading('B', 'o3', 9, 2)])).toMatchObject({
    accepted: 1,
    repeated: 1,
    changed: [2],
  })
})

test('two batches with the same places at once leave one value each and no error', async () => {
  const batch = Array.from({ length: 300 }, (_, i) => reading('B', 'pm25', 100 + i, i))
  const results = await Promise.all([take(batch), take(batch.toReversed()), take(batch), take(batch.toReversed())])
  expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(300)
  expect(results.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(900)
})

test('nonsense, yesterday and tomorrow are refused one by one with their reason, the rest goes in', async () => {
  const strange = [
    reading('nobody', 'pm25', 1, 5),
    reading('A', 'lead', 1, 5),
    reading('A', 'pm25', -2, 5),
    reading('A', 'pm25', 401 * 24, 5),
    { ...reading('A', 'pm25', 1, 5), at: new Date(NOW.getTime() - 60_000) },
    { ...reading('A', 'pm25', 1, 5), at: new Date(Number.NaN) },
    { ...reading('A', 'pm25', 1, 5), value: 'NaN' as unknown as number },
    reading('A', 'pm25', 1, Number.POSITIVE_INFINITY),
    reading('C', 'pm25', 1, 5),
    reading('A', 'pm25', 1, 5),
  ]
  const intake = await take(strange)
  expect(intake.refused).toEqual([
    { index: 0, code: 'unknown-device' },
    { index: 1, code: 'unknown-channel' },
    { index: 2, code: 'ahead' },
    { index: 3, code: 'too-old' },
    { index: 4, code: 'off-grid' },
    { index: 5, code: 'not-a-time' },
    { index: 6, code: 'not-a-number' },
    { index: 7, code: 'not-a-number' },
    { index: 8, code: 'unknown-device' },
  ])
  expect(intake.accepted).toBe(1)
  const { rows } = await asOwner(
    running.ownerUrl,
    `select place, code, device, value from sensing.refused where batch = ${intake.batch} order by place limit 1`,
  )
  expect(rows).toEqual([{ place: 0, code: 'unknown-device', device: 'nobody', value: '5' }])
})

test('a value out of range is kept as sent and flagged', async () => {
  await take([reading('A', 'o3', 1, 9999)])
  const raw = await column('A', 'o3')
  expect(raw?.value.at(-1)).toBe(9999)
  expect(raw?.flags.at(-1)?.flag).toBe('range')
})

test('a value of last year makes its month', async () => {
  expect(await take([reading('A', 'pm25', 390 * 24, 7)])).toMatchObject({ accepted: 1 })
  expect((await column('A', 'pm25'))?.value[0]).toBe(7)
  const { rows } = await asOwner(running.ownerUrl, `select to_regclass('sensing.value_202502') as made`)
  expect(rows[0]?.made).toBe('sensing.value_202502')
})

test('more than a batch may hold is refused whole', async () => {
  await expect(take(Array.from({ length: 10_001 }, (_, i) => reading('A', 'pm25', i, 1)))).rejects.toMatchObject({
    code: 'too-many-readings',
  })
})

test('later stages: a revision counts from now on, the former value stays in the history', async () => {
  const settle = (value: number | null) =>
    running.app.work(collector, (work) =>
      running.app
        .use(sensing)
        .settle(work, 'try.hourly', 'valid', [{ ...reading('A', 'pm25', 3, value), flags: ['manual'] }]),
    )
  expect(await settle(10)).toEqual({ accepted: 1, repeated: 0, revised: 0 })
  expect(await settle(12)).toEqual({ accepted: 0, repeated: 0, revised: 1 })
  expect(await settle(12)).toEqual({ accepted: 0, repeated: 1, revised: 0 })
  expect(await settle(10)).toEqual({ accepted: 0, repeated: 0, revised: 1 })
  expect(await settle(null)).toEqual({ accepted: 0, repeated: 0, revised: 1 })
  const valid = await column('A', 'pm25', 'valid')
  expect(valid?.value).toEqual([null])
  expect(valid?.flags.map(({ flag }) => flag)).toEqual(['manual', 'revised'])
  expect((await column('A', 'pm25'))?.value).toContain(10)
})

test('the program itself can neither change nor remove values, changes, flags or batches', async () => {
  for (const table of ['value', 'value_change', 'flag', 'batch'])
    for (const statement of [`delete from sensing.${table}`, `update sensing.${table} set stage = 1`])
      await expect(running.app.pool.query(statement), statement).rejects.toThrow(/permission denied/)
  await expect(running.app.pool.query('delete from sensing.value_202603')).rejects.toThrow(/permission denied/)
})
