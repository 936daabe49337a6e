import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'

let now = Date.now()
let running: TestApp
beforeAll(async () => {
  running = await testApp({ now: () => new Date(now) })
})
afterAll(() => running.stop())

test('signs in, tells who it is, and out again', async () => {
  const person = await client(running, {
    rights: { 'identity.account.read': 'subtree' },
    organisation: 'county.370902.ecology',
  })
  const { status, body } = await person.get('/api/session')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    account: person.actor.id,
    signInName: person.account,
    organisation: 'county.370902.ecology',
    division: '370902',
    rights: { 'identity.account.read': 'subtree' },
  })
  expect((await person.delete('/api/session')).status).toBe(200)
  expect((await person.get('/api/session')).status).toBe(401)
})

test('the visitor has no session', async () => {
  expect(await visitorClient(running).get('/api/session')).toMatchObject({
    status: 401,
    body: { code: 'not-signed-in' },
  })
})

test('an unknown account and a wrong password get the same answer', async () => {
  const { account } = await client(running)
  const visitor = visitorClient(running)
  const wrong = await visitor.post('/api/session', { account, password: 'wrong' })
  const unknown = await visitor.post('/api/session', { account: 'nobody.here', password: 'wrong' })
  expect(wrong.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
})

test('five failures lock for a quarter of an hour, an account that does not exist alike', async () => {
  const { account, password } = await client(running)
  const visitor = visitorClient(running)
  for (const tried of [account, 'never.existed']) {
    for (let i = 0; i < 4; i++)
      expect((await visitor.post('/api/session', { account: tried, password: 'wrong' })).status).toBe(401)
    const fifth = await visitor.post('/api/session', { account: tried, password: 'wrong' })
    expect(fifth).toMatchObject({ status: 429, body: { code: 'sign-in-locked' } })
    expect(fifth.headers.get('retry-after')).toBe('900')
    expect((await visitor.post('/api/session', { account: tried, password })).status).toBe(429)
  }
  now += 15 * 60_000 + 1
  expect((await visitor.post('/api/session', { account, password })).status).toBe(200)
})

test('guesses at the same time get no more tries than guesses one by one', async () => {
  const { account, password } = await client(running)
  const visitor = visitorClient(running)
  const guesses = Array.from({ length: 15 }, () => visitor.post('/api/session', { account, password: 'wrong' }))
  const answers = await Promise.all(guesses)
  expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(4)
  expect((await visitor.post('/api/session', { account, password })).status).toBe(429)
})

test('a session without a call for twelve hours is over, and any after a week', async () => {
  const person = await client(running)
  now += 12 * 3_600_000 + 1
  expect((await person.get('/api/session')).status).toBe(401)
  const busy = await client(running)
  for (let hours = 0; hours < 167; hours += 11) {
    expect((await busy.get('/api/session')).status).toBe(200)
    now += 11 * 3_600_000
  }
  expect((await busy.get('/api/session')).status).toBe(401)
})

test('an ended session does not stop a new sign-in from the same browser', async () => {
  const person = await client(running)
  await person.delete('/api/session')
  const { account, password } = person
  expect((await person.post('/api/session', { account, password })).status).toBe(200)
})

test("another site's page can neither sign somebody in nor use the session", async () => {
  const person = await client(running)
  const { account, password } = person
  const call = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    fetch(running.address + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const json = { 'content-type': 'application/json' }
  const foreign = { 'sec-fetch-site': 'cross-site' }
  const signIn = await call('POST', '/api/session', { ...json, ...foreign }, { account, password })
  expect(signIn.status).toBe(403)
  const used = await call('DELETE', '/api/session', { ...foreign, cookie: person.cookie })
  expect(used.status).toBe(403)
  expect((await person.get('/api/session')).status).toBe(200)
})

test('the cookie is out of reach of scripts and other sites', async () => {
  const { account, password } = await client(running)
  const { headers } = await visitorClient(running).post('/api/session', { account, password })
  expect(headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict/)
  const { status } = await (await signIn(running, account, password)).get('/api/session')
  expect(status).toBe(200)
})
