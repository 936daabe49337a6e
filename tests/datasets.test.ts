import { afterAll, beforeAll, expect, test } from 'vitest'
import { mismatches } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'

let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

test('every declared dataset is what its table says', async () => {
  const { app } = running
  const datasets = app.declared('datasets').map(({ entry }) => entry)
  expect(await mismatches(app.db, datasets)).toEqual([])
})

test('a table that drifts from its declaration is named', async () => {
  const { dataset, field } = await import('#platform/registry')
  const { words } = await import('#runtime')
  const { Type } = await import('typebox')
  await asOwner(running.ownerUrl, `create table public.well (code text, depth text, extra int)`)
  const well = dataset({
    id: 'public.well',
    title: words('井', 'Wells'),
    about: words('测试', 'Test'),
    source: 'city',
    schema: Type.Object({ code: field.text(words('编号', 'Code')), depth: field.decimal(words('深度', 'Depth')) }),
    key: ['code'],
    level: 'public',
    sharing: 'none',
    opening: 'closed',
    retention: 'permanent',
  })
  const faults = (await mismatches(running.app.db, [well])).map(({ fault }) => fault)
  expect(faults).toEqual(
    expect.arrayContaining([
      'column code may be null',
      'column depth is text, not double precision',
      'column extra belongs to no field',
      'has no column _version; call registry.adopt',
      'has no unique index on its key (code)',
    ]),
  )
})
