import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type SignedInClient, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
import { identityModule } from '../module.ts'

const every = Object.fromEntries(identityModule.rights.map(({ id }) => [id, 'city' as const]))
const ECOLOGY = 'county.370902.ecology'
let running: TestApp
let admin: SignedInClient
let unit: SignedInClient
beforeAll(async () => {
  running = await testApp()
  admin = await client(running, { rights: every, account: 'chief' })
  unit = await client(running, {
    rights: Object.fromEntries(identityModule.rights.map(({ id }) => [id, 'subtree' as const])),
    organisation: ECOLOGY,
  })
})
afterAll(() => running.stop())

const made = async (by: SignedInClient, path: string, body: unknown): Promise<string> => {
  const answer = await by.post(path, body)
  expect(answer).toMatchObject({ status: 200 })
  return answer.body.id
}
const newAccount = (account: string, organisation: string) => ({ account, name: account, kind: 'staff', organisation })

test('the tree opens level by level, is searched, and pages by key', async () => {
  const roots = await admin.get('/api/identity/organisations')
  expect(roots.body.rows).toMatchObject([{ id: 'city', hasChildren: true }])
  const first = await admin.get('/api/identity/organisations?parent=county.370902.government&limit=5')
  expect(first.body.rows).toHaveLength(5)
  const second = await admin.get(
    `/api/identity/organisations?parent=county.370902.government&limit=5&after=${first.body.next}`,
  )
  expect(second.body.rows[0].id > first.body.rows[4].id).toBe(true)
  const found = await admin.get(`/api/identity/organisations?search=${encodeURIComponent('大汶口镇')}`)
  expect(found.body.rows.map(({ id }: { id: string }) => id)).toContain('370911110')
  const one = await admin.get('/api/identity/organisations/370902001001')
  expect(one.body.above.map(({ id }: { id: string }) => id)).toEqual(['city', 'county.370902.government', '370902001'])
})

test('a grid is made below a village and closed again', async () => {
  const body = { id: '370902001001.grid-1', parent: '370902001001', name: { zh: '一网格', en: 'Grid 1' }, kind: 'grid' }
  const id = await made(admin, '/api/identity/organisations', body)
  expect((await admin.post('/api/identity/organisations', body)).status).toBe(409)
  expect((await admin.patch(`/api/identity/organisations/${id}`, { isClosed: true })).status).toBe(200)
  expect((await admin.get(`/api/identity/organisations/${id}`)).body).toMatchObject({
    isClosed: true,
    division: '370902001001',
  })
  expect((await unit.post('/api/identity/organisations', { ...body, id: 'x' })).status).toBe(404)
})

test('a post with a role, given to somebody, works at once and ends at once', async () => {
  const role = await made(admin, '/api/identity/roles', {
    id: 'own.reader',
    title: { zh: '查看', en: 'Reader' },
    rights: { 'identity.role.read': 'unit' },
  })
  const title = { zh: '值班岗', en: 'Duty' }
  const post = await made(admin, '/api/identity/posts', { organisation: ECOLOGY, title })
  expect((await admin.put(`/api/identity/posts/${post}/roles`, { roles: [role] })).status).toBe(200)
  const person = await client(running)
  expect((await person.get('/api/identity/roles')).status).toBe(403)
  expect((await admin.post(`/api/identity/posts/${post}/holders`, { account: person.actor.id })).status).toBe(200)
  expect((await person.patch('/api/session', { post })).status).toBe(200)
  expect((await person.get('/api/identity/roles')).status).toBe(200)
  expect((await admin.get(`/api/identity/posts/${post}`)).body).toMatchObject({
    roles: [{ id: role }],
    holders: [{ account: person.actor.id, until: null }],
  })
  const holders = await admin.get('/api/identity/holders?right=identity.role.read')
  expect(holders.body.rows).toContainEqual(expect.objectContaining({ account: person.actor.id, reach: 'unit' }))
  const changed = await admin.put(`/api/identity/roles/${role}`, {
    title,
    rights: { 'identity.account.read': 'unit' },
  })
  expect(changed.status).toBe(200)
  expect((await person.get('/api/identity/roles')).status).toBe(403)
  expect((await admin.delete(`/api/identity/posts/${post}/holders/${person.actor.id}`)).status).toBe(200)
  expect((await person.get('/api/identity/accounts')).status).toBe(403)
})

test('a declared role cannot be changed, a right that no module declares cannot be given', async () => {
  const body = { title: { zh: '无', en: 'None' }, rights: {} }
  expect((await admin.put('/api/identity/roles/identity.administrator', body)).status).toBe(409)
  const unknown = { ...body, id: 'own.unknown', rights: { 'nobody.declares.it': 'city' } }
  expect((await admin.post('/api/identity/roles', unknown)).status).toBe(422)
})

test('a new account has no right until its first password is changed', async () => {
  const weak = { ...newAccount('newcomer', ECOLOGY), password: 'newcomer' }
  expect((await admin.post('/api/identity/accounts', weak)).status).toBe(422)
  const id = await made(admin, '/api/identity/accounts', { ...weak, password: 'First-pass-1' })
  expect((await admin.post(`/api/identity/posts/post.chief/holders`, { account: id })).status).toBe(200)
  const person = await signIn(running, 'newcomer', 'First-pass-1')
  expect((await person.get('/api/session')).body).toMatchObject({ mustChangePassword: true, rights: {} })
  expect((await person.get('/api/identity/accounts')).status).toBe(403)
  const change = { current: 'First-pass-1', password: 'Second-pass-2' }
  expect((await person.put('/api/account/password', { ...change, current: 'no' })).status).toBe(422)
  expect((await person.put('/api/account/password', change)).status).toBe(200)
  expect((await person.get('/api/identity/accounts')).status).toBe(200)
})

test('a disabled account is out at once, and a locked one is unlocked', async () => {
  const person = await client(running)
  const path = `/api/identity/accounts/${person.actor.id}`
  expect((await person.get('/api/session')).status).toBe(200)
  expect((await admin.patch(path, { isDisabled: true })).status).toBe(200)
  expect((await person.get('/api/session')).status).toBe(401)
  expect((await admin.patch(path, { isDisabled: false })).status).toBe(200)
  const visitor = visitorClient(running)
  const { account, password } = person
  for (let i = 0; i < 5; i++) await visitor.post('/api/session', { account, password: 'wrong' })
  expect((await visitor.post('/api/session', { account, password })).status).toBe(429)
  expect((await admin.post(`${path}/unlock`)).status).toBe(200)
  expect((await visitor.post('/api/session', { account, password })).status).toBe(200)
})

test('sessions are listed and ended, one’s own by everybody, those of others by right', async () => {
  const person = await client(running)
  const second = await signIn(running, person.account, person.password)
  const { rows } = (await person.get('/api/account/sessions')).body
  expect(rows).toHaveLength(2)
  const other = rows.find(({ isThis }: { isThis: boolean }) => !isThis)
  expect((await person.delete(`/api/account/sessions/${other.id}`)).status).toBe(200)
  expect((await second.get('/api/session')).status).toBe(401)
  const [mine] = (await person.get('/api/account/sessions')).body.rows
  expect((await unit.delete(`/api/account/sessions/${mine.id}`)).status).toBe(404)
  expect((await unit.delete(`/api/identity/sessions/${mine.id}`)).status).toBe(404)
  expect((await admin.delete(`/api/identity/sessions/${mine.id}`)).status).toBe(200)
  expect((await person.get('/api/session')).status).toBe(401)
})

test("a unit's administrator keeps his unit and nothing beside or above it", async () => {
  const own = await made(unit, '/api/identity/accounts', newAccount('ours', ECOLOGY))
  expect((await unit.patch(`/api/identity/accounts/${own}`, { name: '新名' })).status).toBe(200)
  expect((await unit.post('/api/identity/accounts', newAccount('theirs', 'county.370911.ecology'))).status).toBe(404)
  expect((await unit.patch(`/api/identity/accounts/${admin.actor.id}`, { isDisabled: true })).status).toBe(404)
  const { rows } = (await unit.get('/api/identity/accounts')).body
  expect(new Set(rows.map(({ organisation }: { organisation: string }) => organisation))).toEqual(new Set([ECOLOGY]))
  const title = { zh: '岗', en: 'Post' }
  expect((await unit.post('/api/identity/posts', { organisation: 'city.ecology', title })).status).toBe(404)
  const post = await made(unit, '/api/identity/posts', { organisation: ECOLOGY, title })
  const wide = await unit.put(`/api/identity/posts/${post}/roles`, { roles: ['identity.administrator'] })
  expect(wide).toMatchObject({ status: 403, body: { code: 'wider-than-own' } })
  await admin.put(`/api/identity/posts/${post}/roles`, { roles: ['identity.administrator'] })
  expect((await unit.post(`/api/identity/posts/${post}/holders`, { account: own })).status).toBe(403)
  await admin.post(`/api/identity/posts/${post}/holders`, { account: own })
  expect((await unit.put(`/api/identity/accounts/${own}/password`, { password: 'Taken-over-1' })).status).toBe(403)
})

test('names of staff are open to those they serve, names of residents are masked', async () => {
  const resident = await made(admin, '/api/identity/accounts', { account: 'tian', name: '田小雨', kind: 'resident' })
  expect((await unit.get(`/api/identity/people/${resident}`)).body.name).toBe('田**')
  expect((await unit.get(`/api/identity/people/${admin.actor.id}`)).body.name).toBe('chief')
})

const routes: readonly [method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string][] = [
  ['post', '/api/identity/organisations'],
  ['patch', '/api/identity/organisations/city.ecology'],
  ['get', '/api/identity/posts'],
  ['get', '/api/identity/posts/post.chief'],
  ['post', '/api/identity/posts'],
  ['patch', '/api/identity/posts/post.chief'],
  ['put', '/api/identity/posts/post.chief/roles'],
  ['post', '/api/identity/posts/post.chief/holders'],
  ['delete', '/api/identity/posts/post.chief/holders/x'],
  ['get', '/api/identity/accounts'],
  ['post', '/api/identity/accounts'],
  ['patch', '/api/identity/accounts/x'],
  ['put', '/api/identity/accounts/x/password'],
  ['post', '/api/identity/accounts/x/unlock'],
  ['delete', '/api/identity/accounts/x/totp'],
  ['get', '/api/identity/rights'],
  ['get', '/api/identity/roles'],
  ['post', '/api/identity/roles'],
  ['put', '/api/identity/roles/x'],
  ['delete', '/api/identity/roles/x'],
  ['get', '/api/identity/holders'],
  ['get', '/api/identity/delegations'],
  ['delete', '/api/identity/delegations/1'],
  ['get', '/api/identity/tokens'],
  ['post', '/api/identity/tokens'],
  ['delete', '/api/identity/tokens/x'],
  ['get', '/api/identity/sessions'],
  ['delete', '/api/identity/sessions/x'],
]
const BODIES: Readonly<Record<string, unknown>> = {
  'post /api/identity/organisations': { id: 'x', parent: 'city', name: { zh: 'x', en: 'x' }, kind: 'body' },
  'patch /api/identity/organisations/city.ecology': {},
  'post /api/identity/posts': { organisation: 'city', title: { zh: 'x', en: 'x' } },
  'patch /api/identity/posts/post.chief': {},
  'put /api/identity/posts/post.chief/roles': { roles: [] },
  'post /api/identity/posts/post.chief/holders': { account: 'x' },
  'post /api/identity/accounts': newAccount('someone', 'city'),
  'patch /api/identity/accounts/x': {},
  'put /api/identity/accounts/x/password': { password: 'x' },
  'post /api/identity/roles': { id: 'x', title: { zh: 'x', en: 'x' }, rights: {} },
  'put /api/identity/roles/x': { title: { zh: 'x', en: 'x' }, rights: {} },
  'post /api/identity/tokens': { name: 'x', organisation: 'city', rights: {}, expiresAt: '2030-01-01T00:00:00Z' },
}

test('staff without rights may administer nothing, visitors not even ask', async () => {
  const nobody = await client(running)
  const visitor = visitorClient(running)
  for (const [method, path] of routes) {
    const body = BODIES[`${method} ${path}`]
    expect([path, (await nobody[method](path, body)).status]).toEqual([path, 403])
    expect([path, (await visitor[method](path, body)).status]).toEqual([path, 401])
  }
})
