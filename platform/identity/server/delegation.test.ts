import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { identity } from '../contract.ts'

const HOUR = 3_600_000
let now = Date.now()
let running: TestApp
let head: SignedInClient
let deputy: SignedInClient
let post: string
beforeAll(async () => {
  running = await testApp({ now: () => new Date(now) })
  head = await client(running, { rights: { 'identity.role.read': 'city' } })
  deputy = await client(running)
  post = head.actor.post ?? ''
})
afterAll(() => running.stop())

const lend = (begins: number, ends: number, to = deputy.actor.id) => ({
  post,
  to,
  begins: new Date(now + begins).toISOString(),
  ends: new Date(now + ends).toISOString(),
  reason: '外出学习',
})

test('a lent post works from its beginning to its end, on behalf of the lender, and then no more', async () => {
  expect((await head.post('/api/account/delegations', lend(HOUR, 3 * HOUR))).status).toBe(200)
  expect((await deputy.patch('/api/session', { post })).status).toBe(403)
  now += HOUR + 1
  expect((await deputy.patch('/api/session', { post })).status).toBe(200)
  expect((await deputy.get('/api/identity/roles')).status).toBe(200)
  expect((await deputy.get('/api/session')).body.posts).toContainEqual(
    expect.objectContaining({ id: post, onBehalfOf: { id: head.actor.id, name: head.account } }),
  )
  const { id } = deputy.actor
  expect((await running.app.use(identity).accountsOf(post)).map((account) => account.id)).toContain(id)
  expect((await running.app.use(identity).actorFor(id, post)).onBehalfOf).toBe(head.actor.id)
  now += 2 * HOUR
  expect((await deputy.get('/api/identity/roles')).status).toBe(403)
  expect((await deputy.get('/api/session')).body.post).toBe(deputy.actor.post)
})

test('what is taken back ends at once, and only the lender may take it', async () => {
  const { body } = await head.post('/api/account/delegations', lend(-1000, HOUR))
  expect((await deputy.patch('/api/session', { post })).status).toBe(200)
  expect((await deputy.get('/api/identity/roles')).status).toBe(200)
  expect((await deputy.delete(`/api/account/delegations/${body.id}`)).status).toBe(404)
  expect((await head.delete(`/api/account/delegations/${body.id}`)).status).toBe(200)
  expect((await deputy.get('/api/identity/roles')).status).toBe(403)
})

test('a lent post cannot be lent on, nor one of others, nor to oneself, nor for ever', async () => {
  await head.post('/api/account/delegations', lend(-1000, HOUR))
  const third = await client(running)
  expect((await deputy.post('/api/account/delegations', lend(0, HOUR, third.actor.id))).status).toBe(403)
  expect((await third.post('/api/account/delegations', lend(0, HOUR))).status).toBe(403)
  expect((await head.post('/api/account/delegations', lend(0, HOUR, head.actor.id))).status).toBe(422)
  expect((await head.post('/api/account/delegations', lend(0, 200 * 24 * HOUR))).status).toBe(422)
})

test('lending, using and taking back stand in the audit log', async () => {
  const { rows } = await asOwner(
    running.ownerUrl,
    `select distinct event from audit.entry where event like 'identity.%' order by event`,
  )
  expect(rows.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      'identity.delegation.begun',
      'identity.delegation.revoked',
      'identity.session.switched',
      'identity.session.tried',
    ]),
  )
})
