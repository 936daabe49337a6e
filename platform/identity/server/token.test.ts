import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, machineClient, type SignedInClient, type TestApp, testApp } from '#platform/testing'

const DAY = 86_400_000
let now = Date.now()
let running: TestApp
let admin: SignedInClient
beforeAll(async () => {
  running = await testApp({ now: () => new Date(now) })
  admin = await client(running, {
    rights: { 'identity.token.write': 'city', 'identity.role.read': 'city', 'identity.account.read': 'city' },
  })
})
afterAll(() => running.stop())

const token = (rights: Record<string, string>) => ({
  name: '交换平台',
  organisation: 'city.ecology',
  rights,
  expiresAt: new Date(now + DAY).toISOString(),
})

test('a token does what it was given, and nothing else that its maker may', async () => {
  const { body } = await admin.post('/api/identity/tokens', token({ 'identity.role.read': 'unit' }))
  const machine = machineClient(running, body.token)
  expect((await machine.get('/api/identity/roles')).status).toBe(200)
  expect((await machine.get('/api/identity/accounts')).status).toBe(403)
  expect((await machine.get('/api/session')).status).toBe(401)
  const { rows } = (await admin.get('/api/identity/tokens')).body
  expect(rows).toMatchObject([{ id: body.id, rights: { 'identity.role.read': 'unit' } }])
  expect(JSON.stringify(rows)).not.toContain(body.token)
})

test('nobody gives a token more than he holds', async () => {
  const more = await admin.post('/api/identity/tokens', token({ 'identity.role.write': 'unit' }))
  expect(more).toMatchObject({ status: 403, body: { code: 'more-than-own' } })
  const below = await client(running, {
    rights: { 'identity.token.write': 'subtree', 'identity.role.read': 'subtree' },
    organisation: 'county.370902.ecology',
  })
  const beside = { ...token({ 'identity.role.read': 'unit' }), organisation: 'county.370911.ecology' }
  expect((await below.post('/api/identity/tokens', beside)).status).toBe(404)
  const wider = { ...beside, organisation: 'county.370902.ecology', rights: { 'identity.role.read': 'city' } }
  expect((await below.post('/api/identity/tokens', wider)).status).toBe(403)
})

test('a revoked, expired or invented token is refused', async () => {
  const first = (await admin.post('/api/identity/tokens', token({ 'identity.role.read': 'unit' }))).body
  const second = (await admin.post('/api/identity/tokens', token({ 'identity.role.read': 'unit' }))).body
  const revoked = machineClient(running, first.token)
  expect((await revoked.get('/api/identity/roles')).status).toBe(200)
  expect((await admin.delete(`/api/identity/tokens/${first.id}`)).status).toBe(200)
  expect((await revoked.get('/api/identity/roles')).status).toBe(401)
  const expired = machineClient(running, second.token)
  now += DAY + 1
  expect((await expired.get('/api/identity/roles')).status).toBe(401)
  expect((await machineClient(running, 'dz_invented').get('/api/identity/roles')).status).toBe(401)
})
