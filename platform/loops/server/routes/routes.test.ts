import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopInstance, loops } from '#platform/loops'
import {
  type Answer,
  type Client,
  type SignedInClient,
  signIn,
  type TestApp,
  testApp,
  visitorClient,
} from '#platform/testing'
import { system } from '#runtime'
import { platformModules } from '../../../modules.ts'
import { openLicence, trialPeople } from '../../testing/bench-of-people.ts'
import { trialModule } from '../../testing/trial.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof trialPeople>>
let urgent: LoopInstance
let now = new Date('2026-03-02T10:00:00+08:00')

beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, trialModule], now: () => now })
  const before = await trialPeople(app)
  urgent = await openLicence(app, { item: '急件一' })
  now = new Date('2026-03-06T10:00:00+08:00')
  // Sessions do not outlive the days between.
  const again = async (person: SignedInClient) => ({
    ...person,
    ...(await signIn(app, person.account, person.password)),
  })
  people = {
    clerk: await again(before.clerk),
    decider: await again(before.decider),
    head: await again(before.head),
    stranger: await again(before.stranger),
  }
})
afterAll(() => app.stop())

const act = (client: Client, id: string, body: object): Promise<Answer> =>
  client.post(`/api/loops/${id}/actions`, { key: randomUUID(), ...body })
const ids = (answer: Answer): string[] => answer.body.rows.map((item: { id: string }) => item.id)
/** Only what this test opened, however much the others did. */
const inboxOf = async (client: Client, query = ''): Promise<string[]> =>
  ids(await client.get(`/api/loops/inbox?limit=200${query}`))

test('a matter goes from inbox to inbox, and stays among what was done', async () => {
  const { id } = await openLicence(app)
  expect(await inboxOf(people.clerk)).toContain(id)
  expect(await inboxOf(people.decider)).not.toContain(id)
  expect(await inboxOf(people.stranger)).not.toContain(id)

  const accepted = await act(people.clerk, id, { action: 'accept', revision: 1 })
  expect(accepted).toMatchObject({ status: 200, body: { id, place: 'deciding', revision: 2, ended: false } })
  expect(await inboxOf(people.decider)).toContain(id)
  await act(people.decider, id, { action: 'loops.sign', revision: 2 })
  expect(await inboxOf(people.clerk)).not.toContain(id)
  expect(await inboxOf(people.clerk, '&tab=done')).toContain(id)
})

test('the inbox is sorted by limit, paged by key, filtered by kind, light, area and text', async () => {
  const later = await openLicence(app, { item: '慢件二' })
  const all = await inboxOf(people.clerk)
  expect(all.indexOf(urgent.id)).toBeLessThan(all.indexOf(later.id))

  const first = await people.clerk.get('/api/loops/inbox?limit=1')
  const second = await people.clerk.get(`/api/loops/inbox?limit=1&after=${first.body.next}`)
  expect([...ids(first), ...ids(second)]).toEqual(all.slice(0, 2))
  expect(await inboxOf(people.clerk, '&text=急件')).toEqual([urgent.id])
  expect(await inboxOf(people.clerk, '&division=370911')).toEqual([])
  expect(await inboxOf(people.clerk, '&definition=trial.work')).toEqual([])
  expect(await inboxOf(people.clerk, '&light=yellow&text=急件')).toEqual([urgent.id])
  expect(await inboxOf(people.clerk, '&light=green&text=慢件')).toEqual([later.id])
  const item = first.body.rows[0]
  expect(item.remaining.zh).toMatch(/^还剩\d+个工作日$|^今天到期$/)
})

test('the counts agree with the list', async () => {
  const { body } = await people.clerk.get('/api/loops/inbox/counts')
  expect(body.total).toBe((await inboxOf(people.clerk)).length)
  expect(body.byDefinition).toEqual([
    expect.objectContaining({ definition: 'trial.licence', title: { zh: '许可', en: 'Licence' }, total: body.total }),
  ])
})

test('the page shows fields in words, people, clocks, actions with forms, and the time line', async () => {
  const { id } = await openLicence(app)
  await act(people.clerk, id, { action: 'accept', revision: 1, note: '材料齐全' })
  const { status, body } = await people.decider.get(`/api/loops/${id}`)
  expect(status).toBe(200)
  expect(body.fields).toContainEqual({
    name: 'item',
    title: { zh: '事项', en: 'Item' },
    value: { zh: '食品经营许可', en: '食品经营许可' },
  })
  expect(body.clocks).toMatchObject([{ over: 'matter', light: 'green', remaining: { zh: '还剩20个工作日' } }])
  expect(body.actions.map((action: { id: string }) => action.id)).toEqual(
    expect.arrayContaining(['inspect', 'grant', 'refuse', 'loops.sign', 'loops.return']),
  )
  expect(body.actions.find((action: { id: string }) => action.id === 'grant').form.properties.opinion).toMatchObject({
    title: '审查意见',
  })
  expect(body.timeLine.at(-1)).toMatchObject({
    action: 'accept',
    title: { zh: '受理', en: 'Accept' },
    actor: people.clerk.account,
    note: '材料齐全',
    from: 'submitted',
    to: 'deciding',
  })
})

test('the clerk who accepted is not offered to grant', async () => {
  const { id } = await openLicence(app)
  await act(people.clerk, id, { action: 'accept', revision: 1 })
  const offered = (await people.clerk.get(`/api/loops/${id}`)).body.actions.map((action: { id: string }) => action.id)
  expect(offered).toContain('inspect')
  expect(offered).not.toContain('grant')
})

test('a restricted instruction is read by those it is for, and by nobody else', async () => {
  const { id } = await openLicence(app)
  await act(people.head, id, { action: 'loops.instruct', revision: 1, form: { text: '密', restricted: true } })
  const lastFor = async (client: Client) => (await client.get(`/api/loops/${id}`)).body.timeLine.at(-1)
  expect(await lastFor(people.clerk)).toMatchObject({ restricted: false })
  expect((await lastFor(people.clerk)).fields[0].value.zh).toBe('密')
  await act(people.clerk, id, { action: 'accept', revision: 2 })
  const { body } = await people.decider.get(`/api/loops/${id}`)
  expect(body.timeLine[1]).toMatchObject({ action: 'loops.instruct', restricted: true, fields: [] })
})

test('who has no part in a matter finds neither page nor diagram nor line, and can do nothing', async () => {
  const { id } = await openLicence(app)
  expect((await people.stranger.get(`/api/loops/${id}`)).status).toBe(404)
  expect((await people.stranger.get(`/api/loops/${id}/diagram`)).status).toBe(404)
  expect(ids(await people.stranger.get('/api/loops?limit=200'))).not.toContain(id)
  expect((await act(people.stranger, id, { action: 'accept', revision: 1 })).status).toBe(404)
  expect((await visitorClient(app).get(`/api/loops/${id}`)).status).toBe(401)
})

test('the list finds what one may read by right and area, newest first', async () => {
  const { id } = await openLicence(app, { item: '独一无二' })
  for (const client of [people.head, people.clerk, people.decider])
    expect(ids(await client.get('/api/loops?text=独一无二'))).toEqual([id])
})

test('the diagram marks where it is and the way it came', async () => {
  const { id } = await openLicence(app)
  await act(people.clerk, id, { action: 'accept', revision: 1 })
  const { body } = await people.decider.get(`/api/loops/${id}/diagram`)
  expect(body.places.filter((place: { current: boolean }) => place.current)).toMatchObject([{ id: 'deciding' }])
  expect(body.ways.filter((way: { passed: boolean }) => way.passed)).toMatchObject([
    { action: 'accept', from: 'submitted', to: 'deciding' },
  ])
})

test('a wrong call gets a clear answer: no key, unknown action, old revision, wrong form', async () => {
  const { id } = await openLicence(app)
  const noKey = await people.clerk.post(`/api/loops/${id}/actions`, { action: 'accept', revision: 1 })
  expect(noKey).toMatchObject({ status: 422, body: { code: 'key-missing' } })
  expect((await act(people.clerk, id, { action: 'fly', revision: 1 })).status).toBe(404)
  expect(await act(people.clerk, id, { action: 'askOnce', revision: 1, form: {} })).toMatchObject({
    status: 422,
    body: { issues: [{ path: '/form/missing', message: '必填' }] },
  })
  await act(people.clerk, id, { action: 'accept', revision: 1 })
  const stale = await act(people.clerk, id, { action: 'accept', revision: 1 })
  expect(stale).toMatchObject({ status: 409, body: { code: 'moved-on' } })
  expect(stale.body.title).toContain('受理')
})

test('a matter is opened by hand by those whom its definition lets, once a key', async () => {
  const body = {
    definition: 'trial.work',
    key: 'by-hand-1',
    data: { name: '老旧小区', lead: 'city.housing', joint: [] },
  }
  const opened = await people.head.post('/api/loops', body)
  expect(opened).toMatchObject({ status: 200, body: { place: 'handling' } })
  expect((await people.head.post('/api/loops', body)).body.id).toBe(opened.body.id)
  expect((await people.clerk.post('/api/loops', body)).status).toBe(403)
  expect((await people.head.post('/api/loops', { ...body, definition: 'trial.licence' })).status).toBe(403)
})

test('statistics count by kind and county, for those who may read', async () => {
  expect((await people.clerk.get('/api/loops/statistics')).status).toBe(403)
})

test('a browser hears of a matter that enters its inbox, and of no other', async () => {
  const heard: string[] = []
  const listen = async (client: Client, name: string) => {
    const stop = new AbortController()
    const answer = await fetch(`${app.address}/api/live`, { headers: { cookie: client.cookie }, signal: stop.signal })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const read = async (): Promise<void> => {
      const chunk = await reader?.read().catch(() => undefined)
      if (!chunk?.value) return
      heard.push(`${name} ${chunk.value}`)
      return read()
    }
    void read()
    return stop
  }
  const listening = [await listen(people.clerk, 'clerk'), await listen(people.stranger, 'stranger')]
  const { id } = await app.app.work(system('test'), (work) =>
    app.app.use(loops).open(work, {
      definition: 'trial.licence',
      key: randomUUID(),
      data: { item: 'x', applicantName: 'y', division: '370902' },
    }),
  )
  await expect
    .poll(() => heard.some((line) => line.startsWith('clerk') && line.includes(`"key":"${id}"`)), { timeout: 5000 })
    .toBe(true)
  expect(heard.some((line) => line.startsWith('stranger') && line.includes(`"key":"${id}"`))).toBe(false)
  for (const stop of listening) stop.abort()
})
