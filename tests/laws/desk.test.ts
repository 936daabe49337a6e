import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { allModules } from '../../apps/server/modules.ts'

/**
 * What the desk of data takes by hand and from files: facts that come from outside. Whoever adds a dataset here says that no
 * loop, hearing or check stands before its rows.
 */
const BY_DESK = [
  /^base\.[a-z-]+$/,
  /^air\.(station|published-index)$/,
  /^collection\.(system|system-table|system-field)$/,
]

const datasets = allModules.flatMap((module) => module.datasets ?? [])
const closed = datasets.filter(({ id }) => !BY_DESK.some((pattern) => pattern.test(id)))

let city: TestApp
let almighty: SignedInClient
beforeAll(async () => {
  city = await testApp()
  const rights = allModules.flatMap((module) => (module.rights ?? []).map(({ id }) => [id, 'city'] as const))
  almighty = await client(city, { rights: Object.fromEntries(rights) })
})
afterAll(() => city.stop())

test('only datasets of facts from outside name a right for the desk', () => {
  expect(closed.length).toBeGreaterThan(8)
  expect(closed.filter(({ writeRight }) => writeRight !== undefined).map(({ id }) => id)).toEqual([])
  expect(datasets.filter((each) => !closed.includes(each) && each.writeRight === undefined)).toEqual([])
})

test.each(closed.map(({ id }) => id))('whoever holds every right cannot get past the module of %s', async (id) => {
  const path = `/api/registry/datasets/${id}`
  const form = new FormData()
  form.append('file', new Blob(['a\n1']), 'a.csv')
  const { cookie } = almighty
  const upload = await fetch(`${city.address}${path}/files`, { method: 'POST', body: form, headers: { cookie } })
  const reading = { format: 'csv', encoding: 'utf-8', separator: ',', headerLine: 0, header: ['a'] }
  const refusals = [
    { status: upload.status, body: await upload.json() },
    await almighty.post(`${path}/loads`, { file: '0'.repeat(64), name: 'a.csv', reading, columns: [null] }),
    ...(datasets.some((each) => each.id === id && 'series' in (each.storage ?? {}))
      ? []
      : [await almighty.post(`${path}/rows`, { rows: [{}] }), await almighty.delete(`${path}/rows/1`)]),
  ]
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 403, body: { code: 'rows-by-module' } })
  const { body } = await almighty.get(path)
  expect(body.byDesk).toBe(false)
})
