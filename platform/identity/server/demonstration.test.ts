import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
import { boot, readConfig } from '#runtime'
import { allModules } from '../../../apps/server/modules.ts'
import { DEMO_PASSWORD } from './load-demonstration.ts'

let demo: TestApp
beforeAll(async () => {
  demo = await testApp({ demo: true })
})
afterAll(() => demo.stop())

test('the tree holds the bodies of the plan, six counties, three zones, 88 towns and 3,782 villages', async () => {
  const { rows } = await asOwner(
    demo.ownerUrl,
    `select kind, count(*)::int as count from identity.organisation group by kind`,
  )
  expect(Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))).toMatchObject({
    city: 1,
    county: 6,
    zone: 3,
    town: 88,
    village: 3782,
  })
})

test('a zone does not answer for the whole city', async () => {
  const { rows } = await asOwner(
    demo.ownerUrl,
    `select id from identity.organisation where kind = 'zone' and starts_with('370902', division)`,
  )
  expect(rows).toEqual([])
})

test('demonstration accounts sign in with their posts', async () => {
  const officer = await signIn(demo, 'taishan', DEMO_PASSWORD)
  expect((await officer.get('/api/session')).body).toMatchObject({
    organisation: 'county.370902.ecology',
    division: '370902',
  })
  const admin = await signIn(demo, 'admin', DEMO_PASSWORD)
  expect((await admin.get('/api/session')).body.rights).toHaveProperty(['identity.account.write'], 'city')
  const resident = await signIn(demo, 'resident', DEMO_PASSWORD)
  expect((await resident.get('/api/session')).body).toMatchObject({ post: null, organisation: null, posts: [] })
})

test('the sign-in page is told the accounts of a demonstration', async () => {
  const { body } = await visitorClient(demo).get('/api/session/demonstration')
  expect(body.accounts[0]).toMatchObject({ account: 'admin', title: { zh: '市大数据局系统管理员' } })
  expect(body.accounts).toHaveLength(29)
})

test('a person with two posts switches, and may not take a post of others', async () => {
  const head = await signIn(demo, 'ecology-head', DEMO_PASSWORD)
  expect((await head.patch('/api/session', { post: 'city.ecology.duty' })).status).toBe(200)
  expect((await head.get('/api/session')).body.post).toBe('city.ecology.duty')
  expect(await head.patch('/api/session', { post: 'city.government.leader' })).toMatchObject({
    status: 403,
    body: { code: 'not-your-post' },
  })
})

test('a second process on the same database knows the session; without DAIZONG_DEMO the accounts do not exist', async () => {
  const admin = await signIn(demo, 'admin', DEMO_PASSWORD)
  const second = async (isDemo: string) => {
    const env = { PORT: '0', DATA_DIR: demo.app.config.dataDir, DATABASE_URL: demo.ownerUrl, DAIZONG_DEMO: isDemo }
    const running = await boot(readConfig({ ...env, DAIZONG_LOG_LEVEL: 'error' }), [...demo.app.modules].slice(1))
    const known = await fetch(`${running.address}/api/session`, { headers: { cookie: admin.cookie } })
    const fresh = await fetch(`${running.address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'admin', password: DEMO_PASSWORD }),
    })
    await running.stop()
    return [known.status, fresh.status]
  }
  expect(await second('1')).toEqual([200, 200])
  expect(await second('0')).toEqual([401, 401])
})

test('the program without DAIZONG_DEMO has no account at all', async () => {
  const plain = await testApp({ modules: allModules })
  const answer = await visitorClient(plain).post('/api/session', { account: 'admin', password: DEMO_PASSWORD })
  const told = await visitorClient(plain).get('/api/session/demonstration')
  const { rows } = await asOwner(plain.ownerUrl, 'select id from identity.account')
  await plain.stop()
  expect([answer.status, told.status]).toEqual([401, 404])
  expect(rows).toEqual([])
})
