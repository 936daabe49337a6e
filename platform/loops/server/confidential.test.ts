import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopInstance, loop, loops } from '#platform/loops'
import { field } from '#platform/registry'
import { client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { defineModule, system, words } from '#runtime'
import { platformModules } from '../../modules.ts'
import { doAction } from '../testing/bench-of-people.ts'

const SEEN = { right: 'quiet.see' }
const matter = (id: string, confidential?: { readonly right: string }) =>
  loop({
    id,
    version: 1,
    title: words('线索', 'Lead'),
    headline: words('{text}', '{text}'),
    data: Type.Object({
      text: field.text(words('内容', 'Text')),
      division: field.division(words('区域', 'Area')),
    }),
    division: 'division',
    start: 'handling',
    divisible: true,
    ...(confidential ? { confidential } : {}),
    places: {
      handling: { title: words('核查', 'Inquiry'), kind: 'open', assign: { right: 'quiet.handle' } },
      deciding: { title: words('审定', 'Decision'), kind: 'open', assign: { right: 'quiet.decide' } },
      closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
    },
    actions: {
      report: { title: words('上报', 'Report'), from: ['handling'], to: 'deciding' },
      drop: { title: words('撤销', 'Drop'), from: '*', to: 'closed', who: { right: 'quiet.decide' } },
      close: { title: words('办结', 'Close'), from: ['deciding'], to: 'closed' },
    },
  })
const quiet = defineModule({
  id: 'quiet',
  title: words('不公开', 'Quiet'),
  about: words('引擎测试', 'For tests of the engine'),
  needs: ['loops'],
  folder: '/none',
  rights: ['handle', 'decide', 'see'].map((id) => ({ id: `quiet.${id}`, title: words(id, id) })),
  loops: [
    matter('quiet.secret', SEEN),
    matter('quiet.open'),
    matter('quiet.closed-later'),
    matter('quiet.opened-later', SEEN),
  ],
})

const OVERSIGHT = { 'loops.read': 'city', 'loops.supervise': 'city', 'loops.instruct': 'city' } as const
let app: TestApp
let holder: SignedInClient
let colleague: SignedInClient
let decider: SignedInClient
let overseer: SignedInClient
let named: SignedInClient
let administrator: SignedInClient
let secret: LoopInstance
let open: LoopInstance
beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, quiet] })
  holder = await client(app, { rights: { 'quiet.handle': 'subtree' }, organisation: 'county.370902.ecology' })
  colleague = await client(app, { rights: { 'quiet.handle': 'city' } })
  decider = await client(app, { rights: { 'quiet.decide': 'city' } })
  overseer = await client(app, { rights: OVERSIGHT })
  named = await client(app, { rights: { ...OVERSIGHT, 'quiet.see': 'city' } })
  administrator = await client(app, { rights: { 'loops.hand-over': 'city', 'loops.define': 'city' } })
  secret = await begin('quiet.secret')
  expect(secret.holders).toEqual([`post:${holder.actor.post}`])
  open = await begin('quiet.open')
})
afterAll(() => app.stop())

const begin = (definition: string): Promise<LoopInstance> =>
  app.app.work(system('quiet'), (work) =>
    app.app.use(loops).open(work, { definition, key: randomUUID(), data: { text: '举报线索', division: '370902' } }),
  )

/** A new version of a kind that only differs in who may see its matters. */
async function publish(id: string, confidential: { readonly right: string } | undefined): Promise<void> {
  const path = `/api/loops/definitions/${id}`
  const { body: draft } = await administrator.put(`${path}/draft`, { body: matter(id, confidential), revision: 0 })
  const answer = await administrator.post(`${path}/publish`, { revision: draft.revision, note: '调整公开范围' })
  expect(answer.status).toBe(200)
}

const idsIn = (body: { readonly rows: readonly { readonly id: string }[] }) => body.rows.map(({ id }) => id)

test('who has or had it in hand, and who holds the named right, sees it', async () => {
  for (const person of [holder, named]) expect((await person.get(`/api/loops/${secret.id}`)).status).toBe(200)
  expect(idsIn((await holder.get('/api/loops/inbox')).body).sort()).toEqual([secret.id, open.id].sort())
  expect(idsIn((await named.get('/api/loops')).body)).toContain(secret.id)
  const kinds = (await named.get('/api/loops/statistics')).body.map((line: { definition: string }) => line.definition)
  expect(kinds).toEqual(expect.arrayContaining(['quiet.secret', 'quiet.open']))
  expect((await named.get('/api/loops/mining/quiet.secret')).body.matters).toBe(1)
})

test('oversight by area, and rights to act in such matters, do not show that it is there', async () => {
  for (const person of [overseer, colleague, decider]) {
    expect((await person.get(`/api/loops/${secret.id}`)).status).toBe(404)
    expect((await person.get(`/api/loops/${secret.id}/diagram`)).status).toBe(404)
    expect((await person.get(`/api/loops/${open.id}`)).status).toBe(200)
    const found = idsIn((await person.get(`/api/loops?text=${encodeURIComponent('举报')}`)).body)
    expect(found).toEqual([open.id])
  }
  const counted = (await overseer.get('/api/loops/statistics')).body
  expect(counted.map((line: { definition: string }) => line.definition)).toEqual(['quiet.open'])
  expect((await overseer.get('/api/loops/mining/quiet.secret')).status).toBe(404)
  expect((await overseer.get('/api/loops/mining/quiet.secret/matters')).status).toBe(404)
})

test('nobody acts in one that he may not see, whatever his rights', async () => {
  const forms = { 'loops.urge': { text: 'x' }, 'loops.supervise': { text: 'x' }, 'loops.note': { text: 'x' } }
  for (const [action, form] of Object.entries(forms))
    await expect(doAction(app, overseer.actor, secret, action, { form })).rejects.toMatchObject({ status: 404 })
  await expect(doAction(app, decider.actor, secret, 'drop')).rejects.toMatchObject({ status: 404 })
})

test('who hands over for somebody sees that there is one, not what it is', async () => {
  const from = `post:${holder.actor.post}`
  const { body, status } = await administrator.post('/api/loops/hand-over/query', {
    from,
    to: `post:${named.actor.post}`,
  })
  expect(status).toBe(200)
  const headlines = new Map(
    body.rows.map(({ id, headline }: { id: string; headline: { zh: string } }) => [id, headline.zh]),
  )
  expect(headlines).toEqual(
    new Map([
      [secret.id, '不公开事项'],
      [open.id, '举报线索'],
    ]),
  )
})

test('once it came to somebody he sees it, also when it has gone on', async () => {
  const reported = await doAction(app, holder.actor, secret, 'report')
  expect(reported.holders).toEqual([`post:${decider.actor.post}`])
  await doAction(app, decider.actor, reported, 'close')
  for (const person of [holder, decider]) expect((await person.get(`/api/loops/${secret.id}`)).status).toBe(200)
  expect((await overseer.get(`/api/loops/${secret.id}`)).status).toBe(404)
})

test.each([
  { id: 'quiet.closed-later', next: SEEN },
  { id: 'quiet.opened-later', next: undefined },
])('page, lists, counts, mining and hand-over go by the version that a matter follows: $id', async ({ id, next }) => {
  const before = await begin(id)
  await publish(id, next)
  const after = await begin(id)
  expect(after.version).not.toBe(before.version)
  const [shown, hidden] = next ? [before, after] : [after, before]
  for (const person of [overseer, colleague, decider]) {
    expect((await person.get(`/api/loops/${shown.id}`)).status).toBe(200)
    expect((await person.get(`/api/loops/${hidden.id}`)).status).toBe(404)
    for (const query of [`definition=${id}`, `definition=${id}&text=${encodeURIComponent('举报')}`])
      expect(idsIn((await person.get(`/api/loops?${query}`)).body)).toEqual([shown.id])
  }
  const openOf = async (person: SignedInClient): Promise<number> =>
    (await person.get('/api/loops/statistics')).body.find((line: { definition: string }) => line.definition === id).open
  expect([await openOf(overseer), await openOf(named)]).toEqual([1, 2])
  expect((await overseer.get(`/api/loops/mining/${id}`)).body.matters).toBe(1)
  expect(idsIn((await overseer.get(`/api/loops/mining/${id}/matters`)).body)).toEqual([shown.id])
  expect((await named.get(`/api/loops/mining/${id}`)).body.matters).toBe(2)
  const { body } = await administrator.post('/api/loops/hand-over/query', {
    from: `post:${holder.actor.post}`,
    to: `post:${named.actor.post}`,
  })
  const headlines = new Map(body.rows.map((row: { id: string; headline: { zh: string } }) => [row.id, row.headline.zh]))
  expect([headlines.get(shown.id), headlines.get(hidden.id)]).toEqual(['举报线索', '不公开事项'])

  const form = { part: { text: '另一条线索', division: '370902' }, reason: '两件事' }
  await doAction(app, holder.actor, before, 'loops.divide', { form })
  const [part] = (await holder.get(`/api/loops/${before.id}`)).body.parts
  expect((await overseer.get(`/api/loops/${part.id}`)).status).toBe(next ? 200 : 404)
})
