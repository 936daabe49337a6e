import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp, visitorClient } from '#platform/testing'
import { until } from '../testing.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp({ demo: true })
})
afterAll(() => app.stop())

test('the demonstration opens at least six real datasets, by two actors, and shows a broken promise as broken', async () => {
  const visitor = visitorClient(app)
  const { body } = await until(
    () => visitor.get('/api/open-data/datasets'),
    (answer) => answer.body.total >= 7,
    'seven datasets',
    120_000,
  )
  const rows = new Map<string, { freshness: string; rows: number }>(
    body.rows.map((row: { id: string }) => [row.id, row]),
  )
  expect(rows.get('air-stations')?.rows).toBe(86)
  expect(rows.get('divisions')?.rows).toBe(3876)
  expect(rows.get('air-hourly')).toMatchObject({ rows: 888, freshness: 'broken' })
  const { rows: actors } = await app.app.pool.query(
    `select distinct actor from loops.action where action in ('loops.open', 'approve') and instance in
      (select id from loops.instance where definition = 'open-data.release')`,
  )
  expect(actors.map(({ actor }) => actor).toSorted()).toEqual([
    'system:open-data.demonstration',
    'system:open-data.demonstration-approval',
  ])
}, 150_000)
