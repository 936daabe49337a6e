import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorWith, client, type SignedInClient, type TestApp, testApp, visitorClient } from '#platform/testing'
import { identityModule } from '../../identity/module.ts'

let running: TestApp
let auditor: SignedInClient
beforeAll(async () => {
  running = await testApp({ modules: [identityModule] })
  auditor = await client(running, { rights: { 'audit.read': 'city', 'audit.verify': 'city' } })
  const officer = actorWith({ 'audit.read': 'own' }, { id: 'officer', organisation: 'a', path: 'city/a/' })
  for (let i = 0; i < 5; i++)
    await running.app.work(
      officer,
      async (work) => work.audit({ event: 'audit.log.exported', subject: { kind: 'thing', id: `t${i}` } }),
      { purpose: '=1+1' },
    )
  await running.app.work(officer, async (work) =>
    work.audit({ event: 'audit.log.exported', subject: { kind: 'person', id: '11010519491231002X' } }),
  )
})
afterAll(() => running.stop())

test('lists what fits, newest first, page by page', async () => {
  const first = await auditor.get('/api/audit?actor=officer&subjectKind=thing&limit=3')
  expect(first.body.rows.map((row: { subject: string }) => row.subject)).toEqual(['t4', 't3', 't2'])
  const second = await auditor.get(`/api/audit?actor=officer&subjectKind=thing&limit=3&after=${first.body.next}`)
  expect(second.body.rows.map((row: { subject: string }) => row.subject)).toEqual(['t1', 't0'])
  expect(second.body.next).toBeNull()
})

test('filters by event, time and organisation', async () => {
  const count = async (query: string) => (await auditor.get(`/api/audit?${query}`)).body.rows.length
  expect(await count('event=audit.log.exported&event=crypto.key.made&organisation=a')).toBe(6)
  expect(await count('event=crypto.key.made&organisation=a')).toBe(0)
  expect(await count('to=2000-01-01T00:00:00Z')).toBe(0)
  expect((await auditor.get('/api/audit?from=yesterday')).status).toBe(422)
  expect((await auditor.get('/api/audit?after=nonsense')).status).toBe(422)
})

test('tells who touched a subject, also one that is known by an identity number', async () => {
  const { body } = await auditor.get('/api/audit/subject/person/11010519491231002X')
  expect(body.rows).toHaveLength(1)
  expect(body.rows[0].subject).not.toContain('11010519491231002X')
})

test('reading the log leaves a record in it', async () => {
  await auditor.get('/api/audit?actor=nobody')
  const { body } = await auditor.get(`/api/audit?actor=${auditor.actor.id}&event=audit.log.read&limit=1`)
  expect(body.rows).toHaveLength(1)
})

test('exports what fits as a file that a spreadsheet does not run', async () => {
  const { body, headers } = await auditor.get('/api/audit/export?actor=officer&subjectKind=thing')
  expect(headers.get('content-disposition')).toContain('audit.csv')
  const lines = body.trim().split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[1]).toContain(`'=1+1`)
})

test('shows the vocabulary', async () => {
  const { body } = await auditor.get('/api/audit/events')
  expect(body.rows).toContainEqual(expect.objectContaining({ id: 'audit.log.read', kind: 'personal' }))
})

test('a verification runs in the background and is shown', async () => {
  const { status, body } = await auditor.post('/api/audit/verifications')
  expect(status).toBe(200)
  await expect
    .poll(async () => (await auditor.get('/api/audit/verifications')).body.rows[0], { timeout: 25_000 })
    .toMatchObject({ id: body.id, whole: true, startedBy: auditor.actor.id, fault: null })
})

test.each([
  '/api/audit',
  '/api/audit/export',
  '/api/audit/events',
  '/api/audit/subject/a/b',
  '/api/audit/verifications',
])('who has no right may not read %s', async (path) => {
  const other = await client(running)
  expect((await other.get(path)).status).toBe(403)
  expect((await visitorClient(running).get(path)).status).toBe(401)
})

test('a reader sees no further than his right reaches', async () => {
  const organisation = 'county.370902.ecology'
  const county = await client(running, { organisation, rights: { 'audit.read': 'subtree' } })
  await county.get('/api/audit')
  const { body } = await county.get('/api/audit')
  expect(body.rows.length).toBeGreaterThan(0)
  for (const row of body.rows) expect(row.organisation).toBe(organisation)
  const own = await client(running, { rights: { 'audit.read': 'own' } })
  await own.get('/api/audit')
  for (const row of (await own.get('/api/audit')).body.rows) expect(row.actor).toBe(own.actor.id)
})
