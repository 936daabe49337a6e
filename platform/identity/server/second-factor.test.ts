import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type TestApp, testApp, visitorClient } from '#platform/testing'

let now = Date.now()
let running: TestApp
beforeAll(async () => {
  running = await testApp({ now: () => new Date(now) })
})
afterAll(() => running.stop())

test('with a second factor a code is asked for, counts once, and the secret is not in the database', async () => {
  const person = await client(running)
  const { account, password } = person
  const visitor = visitorClient(running)
  const signIn = (code?: string) => visitor.post('/api/session', { account, password, ...(code ? { code } : {}) })

  expect((await person.post('/api/account/totp', { current: 'wrong' })).status).toBe(422)
  const { secret, uri } = (await person.post('/api/account/totp', { current: password })).body
  expect(uri).toContain(secret)
  const code = () => generateSync({ secret, epoch: Math.floor(now / 1000) })
  expect((await signIn()).status).toBe(200)
  expect((await person.put('/api/account/totp', { code: '000000' })).status).toBe(422)
  expect((await person.put('/api/account/totp', { code: code() })).status).toBe(200)

  expect(await signIn()).toMatchObject({ status: 401, body: { code: 'code-needed' } })
  expect(await signIn(code())).toMatchObject({ status: 401, body: { code: 'wrong-sign-in' } })
  now += 60_000
  const fresh = code()
  expect((await signIn(fresh)).status).toBe(200)
  expect((await signIn(fresh)).status).toBe(401)
  const { rows } = await asOwner(
    running.ownerUrl,
    `select encode(totp_sealed, 'escape') as kept from identity.account where account = '${account}'`,
  )
  expect(rows[0].kept).not.toContain(secret)

  expect((await person.post('/api/account/totp/removal', { current: password })).status).toBe(200)
  expect((await signIn()).status).toBe(200)
})
