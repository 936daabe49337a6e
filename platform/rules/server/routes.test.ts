import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, client, type TestApp, testApp, visitorClient } from '#platform/testing'
import { defineModule, words } from '#runtime'
import { allModules } from '../../../apps/server/modules.ts'
import { rule } from '../rule-pack.ts'

const edition = {
  id: 'x-2012',
  title: words('限值', 'Limit'),
  source: { document: 'X 2012', clause: '3' },
  validFrom: '2012-01-01',
  validTo: null,
  locality: 'CN',
  notes: [],
  tables: { limit: 75 },
  vectors: [{ title: 'above', facts: { value: 76 }, expected: { exceeds: true } }],
}

const sample = defineModule({
  id: 'sample',
  title: words('样例', 'Sample'),
  about: words('样例', 'Sample'),
  needs: ['rules'],
  folder: '/none',
  rules: [
    rule({
      id: 'sample.limit',
      title: words('限值', 'Limit'),
      facts: Type.Object({ value: Type.Number() }),
      result: Type.Object({ exceeds: Type.Boolean() }),
      packs: [edition],
      evaluate: ({ limit }: { limit: number }, { value }) => ({
        result: { exceeds: value > limit },
        explanation: [words(`限值 ${limit}`, `Limit ${limit}`)],
      }),
    }),
  ],
})

const next = {
  ...edition,
  id: 'x-2031',
  validFrom: '2031-01-01',
  tables: { limit: 25 },
  vectors: [{ title: 'above', facts: { value: 26 }, expected: { exceeds: true } }],
}

let city: TestApp
let author: Client
let reviewer: Client
let reader: Client
beforeAll(async () => {
  city = await testApp({ modules: [...allModules, sample] })
  author = await client(city, { rights: { 'rules.pack.write': 'city', 'rules.pack.publish': 'city' } })
  reviewer = await client(city, { rights: { 'rules.pack.publish': 'city' } })
  reader = await client(city)
})
afterAll(() => city.stop())

test('anybody signed in evaluates; a visitor does not', async () => {
  const answer = await reader.post('/api/rules/sample.limit/evaluate', { at: '2026-03-01', facts: { value: 80 } })
  expect(answer).toMatchObject({
    status: 200,
    body: { pack: 'x-2012', result: { exceeds: true }, explanation: [{ zh: '限值 75' }] },
  })
  expect((await visitorClient(city).post('/api/rules/sample.limit/evaluate', { facts: { value: 80 } })).status).toBe(
    401,
  )
})

test('wrong facts name the place, an unknown rule is not found', async () => {
  const wrong = await reader.post('/api/rules/sample.limit/evaluate', { facts: { value: 'high' } })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'facts', issues: [{ path: '/facts/value' }] } })
  expect((await reader.post('/api/rules/none/evaluate', { facts: {} })).status).toBe(404)
})

test('an edition needs the right, the shape, its vectors and a second person', async () => {
  expect((await reader.post('/api/rules/sample.limit/packs', next)).status).toBe(403)
  const shapeless = await author.post('/api/rules/sample.limit/packs', { ...next, tables: { max: 1 } })
  expect(shapeless).toMatchObject({ status: 422, body: { issues: [{ path: '/tables/limit' }] } })
  const false_ = await author.post('/api/rules/sample.limit/packs', { ...next, tables: { limit: 30 } })
  expect(false_).toMatchObject({ status: 422, body: { issues: [{ path: '/vectors/0' }] } })
  expect((await author.post('/api/rules/sample.limit/packs', next)).status).toBe(200)
  expect((await author.post('/api/rules/sample.limit/packs', next)).status).toBe(409)
  expect((await author.post('/api/rules/sample.limit/packs/x-2031/publish')).status).toBe(403)
  expect((await reviewer.post('/api/rules/sample.limit/packs/x-2031/publish')).status).toBe(200)
  await expect
    .poll(
      async () =>
        (await reader.post('/api/rules/sample.limit/evaluate', { at: '2031-01-01', facts: { value: 30 } })).body.pack,
    )
    .toBe('x-2031')
  expect(
    (await reader.post('/api/rules/sample.limit/evaluate', { at: '2030-12-31', facts: { value: 30 } })).body.pack,
  ).toBe('x-2012')
})
