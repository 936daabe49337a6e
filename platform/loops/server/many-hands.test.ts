import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopInstance, loop, loops } from '#platform/loops'
import { field } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { type App, defineModule, system, words } from '#runtime'
import { platformModules } from '../../modules.ts'
import { doAction } from '../testing/bench-of-people.ts'

const report = loop({
  id: 'hands.report',
  version: 1,
  title: words('网格事件', 'Grid event'),
  headline: words('{category}', '{category}'),
  data: Type.Object({
    category: field.text(words('类别', 'Category')),
    level: Type.Optional(field.integer(words('级别', 'Level'))),
    division: field.division(words('区域', 'Area')),
  }),
  division: 'division',
  start: 'handling',
  clock: { limit: '5wd' },
  refusal: { to: { right: 'hands.arbitrate' }, subject: ['category', 'division'] },
  divisible: true,
  places: {
    handling: {
      title: words('处置', 'In hand'),
      kind: 'open',
      assign: { right: 'hands.first' },
      clock: { limit: '2wd' },
    },
    checking: { title: words('核验', 'Check'), kind: 'open', assign: { right: 'hands.arbitrate' } },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
  },
  actions: {
    report: { title: words('上报', 'Report'), from: ['handling'], to: 'checking' },
    close: { title: words('办结', 'Close'), from: ['checking'], to: 'closed', notBy: ['report'] },
  },
})
const share = loop({
  id: 'hands.share',
  version: 1,
  title: words('并联审批', 'Joint share'),
  headline: words('{unit}', '{unit}'),
  data: Type.Object({ unit: field.organisation(words('单位', 'Unit')) }),
  start: 'handling',
  clock: { limit: '45d', rollover: false },
  places: {
    handling: {
      title: words('办理', 'In hand'),
      kind: 'open',
      assign: { organisationIn: 'unit', right: 'hands.first' },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
  },
  actions: { close: { title: words('办结', 'Close'), from: ['handling'], to: 'closed' } },
})
const together = loop({
  id: 'hands.together',
  version: 1,
  title: words('一件事', 'One thing'),
  headline: words('{name}', '{name}'),
  data: Type.Object({
    name: field.text(words('名称', 'Name')),
    units: field.json(words('单位', 'Units'), Type.Array(Type.String())),
  }),
  start: 'joint',
  clock: { limit: '45d', rollover: false, extension: { by: '15d', who: { right: 'hands.arbitrate' } } },
  places: {
    joint: {
      title: words('并联审批', 'Joint handling'),
      kind: 'waiting',
      assign: { right: 'hands.arbitrate' },
      joint: { loop: 'hands.share', units: 'units', as: 'unit', leaveBy: 'joined', sharesClock: true },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end', outcome: 'done' },
  },
  actions: {
    joined: { title: words('全部办结', 'All done'), from: ['joint'], to: 'closed', automatic: 'joint-ended' },
  },
})
const hands = defineModule({
  id: 'hands',
  title: words('多手', 'Many hands'),
  about: words('引擎测试', 'For tests of the engine'),
  needs: ['loops'],
  folder: '/none',
  rights: ['first', 'arbitrate'].map((id) => ({ id: `hands.${id}`, title: words(id, id) })),
  loops: [report, share, together],
  server: async () => ({
    server: (app: App) => {
      app.use(loops).hooks('hands', { ended: { report: async (_work, { id }) => void ended.push(id) } })
      return {}
    },
  }),
})
/** Reports of which the module was told that they have ended. */
const ended: string[] = []

const COUNTY = 'county.370902.ecology'
let app: TestApp
let first: SignedInClient
let second: SignedInClient
let arbiter: SignedInClient
let designer: SignedInClient
beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, hands] })
  first = await client(app, { rights: { 'hands.first': 'subtree' }, organisation: COUNTY })
  second = await client(app, { rights: { 'hands.first': 'city' } })
  arbiter = await client(app, { rights: { 'hands.arbitrate': 'city', 'loops.supervise': 'city' } })
  designer = await client(app, { rights: { 'loops.define': 'city', 'loops.hand-over': 'city' } })
})
afterAll(() => app.stop())

const holder = ({ actor }: SignedInClient): string => `post:${actor.post}`
const asSystem = <T>(run: (work: Parameters<Parameters<TestApp['app']['work']>[1]>[0]) => Promise<T>): Promise<T> =>
  app.app.work(system('hands'), run)
const open = (definition: string, data: object): Promise<LoopInstance> =>
  asSystem((work) => app.app.use(loops).open(work, { definition, key: randomUUID(), data: { ...data } }))
const event = (category: string) => open('hands.report', { category, division: '370902' })
const now = (id: string): Promise<LoopInstance> => asSystem((work) => app.app.use(loops).get(work, id))

test('"not mine" goes to the arbiter, stands still, and the ruling is remembered for the next of its kind', async () => {
  const matter = await event('井盖')
  expect(matter.holders).toEqual([holder(first)])
  const refused = await doAction(app, first.actor, matter, 'loops.refuse', { form: { reason: '产权属市政' } })
  expect(refused).toMatchObject({ place: 'handling', holders: [holder(arbiter)] })
  await expect(doAction(app, arbiter.actor, refused, 'report')).rejects.toMatchObject({ code: 'not-now' })
  const form = { to: holder(second), reason: '按权责清单' }
  await expect(doAction(app, first.actor, refused, 'loops.rule', { form })).rejects.toMatchObject({ status: 403 })
  const ruled = await doAction(app, arbiter.actor, refused, 'loops.rule', { form })
  expect(ruled.holders).toEqual([holder(second)])
  await expect(
    doAction(app, second.actor, ruled, 'loops.refuse', { form: { reason: '也不是' } }),
  ).rejects.toMatchObject({ code: 'not-now' })

  expect((await event('井盖')).holders).toEqual([holder(second)])
  expect((await event('路灯')).holders).toEqual([holder(first)])
  const { body } = await arbiter.get('/api/loops/rulings')
  expect(body.rows).toMatchObject([
    {
      subject: [
        { name: 'category', value: { zh: '井盖' } },
        { name: 'division', value: { zh: '泰山区' } },
      ],
      place: { zh: '处置' },
      matter: matter.id,
      inForce: true,
    },
  ])
  const found = async (query: string) => (await arbiter.get(`/api/loops/rulings?${query}`)).body.rows.length
  expect(await found(`text=${encodeURIComponent('权责')}`)).toBe(1)
  expect(await found(`text=${encodeURIComponent('路灯')}`)).toBe(0)
  expect((await first.delete(`/api/loops/rulings/${body.rows[0].id}`)).status).toBe(403)
  expect((await arbiter.delete(`/api/loops/rulings/${body.rows[0].id}`)).status).toBe(200)
  expect([await found(''), await found('withdrawn=true')]).toEqual([0, 1])
  expect((await event('井盖')).holders).toEqual([holder(first)])
})

test("a duplicate follows the matter that leads, is nobody's, and ends with it; split off it is itself again", async () => {
  const lead = await event('占道')
  const twin = await event('占道')
  const third = await event('占道')
  const merge = (one: LoopInstance) =>
    doAction(app, first.actor, one, 'loops.merge', { form: { into: lead.id, reason: '同一地点' } })
  const merged = await merge(twin)
  const page = await first.get(`/api/loops/${lead.id}`)
  expect(page.body.followers).toMatchObject([{ id: twin.id }])
  expect(page.body.timeLine.at(-1)).toMatchObject({
    action: 'loops.gained',
    fields: [{ name: 'matter', value: { zh: twin.id } }],
  })
  expect((await arbiter.get(`/api/loops/${twin.id}`)).body.lead).toMatchObject({ id: lead.id })
  expect(merged).toMatchObject({ lead: lead.id, holders: [], endedAt: null })
  await expect(doAction(app, first.actor, merged, 'report')).rejects.toMatchObject({ status: 403 })
  const alone = await doAction(app, arbiter.actor, await merge(third), 'loops.split', { form: { reason: '两回事' } })
  expect(alone).toMatchObject({ lead: null, holders: [holder(first)] })
  const left = await first.get(`/api/loops/${lead.id}`)
  expect(left.body.followers).toMatchObject([{ id: twin.id }])
  expect(left.body.timeLine.at(-1).action).toBe('loops.lost')
  await expect(
    doAction(app, first.actor, lead, 'loops.merge', { form: { into: alone.id, reason: 'x' } }),
  ).rejects.toMatchObject({ code: 'cannot-merge' })

  const reported = await doAction(app, first.actor, lead, 'report')
  await doAction(app, arbiter.actor, reported, 'close')
  expect(await now(twin.id)).toMatchObject({ place: 'closed', outcome: 'done' })
  expect(ended).toEqual([lead.id, twin.id])
  expect(await now(third.id)).toMatchObject({ place: 'handling', endedAt: null })
})

test('a part is taken out with its own facts and the same clock; the rest stays, and both say so', async () => {
  const whole = await event('占道和噪声')
  const take = (by: SignedInClient, form: object) =>
    doAction(app, by.actor, whole, 'loops.divide', { form: { ...form } })
  const form = { part: { category: '噪声', division: '370902' }, reason: '两件事' }
  await expect(take(second, form)).rejects.toMatchObject({ status: 403 })
  for (const part of [{ ...form.part, noise: 1 }, { division: '370902' }, { ...form.part, category: '' }])
    await expect(take(first, { ...form, part })).rejects.toMatchObject({ status: 422 })
  const offered = (await first.get(`/api/loops/${whole.id}`)).body.actions
  expect(offered.find(({ id }: { id: string }) => id === 'loops.divide').filled.part).toMatchObject({
    category: '占道和噪声',
    division: '370902',
  })
  await asOwner(
    app.ownerUrl,
    `update loops.instance set clocks = jsonb_set(clocks, '{matter,events,0,at}', '"2026-03-02T01:00:00Z"')
     where id = ${whole.id}`,
  )
  const rest = await take(first, form)
  expect(rest).toMatchObject({ place: 'handling', data: { category: '占道和噪声' } })
  const page = (await first.get(`/api/loops/${whole.id}`)).body
  expect(page.parts).toMatchObject([{ headline: { zh: '噪声' } }])
  const [{ id }] = page.parts
  expect(page.timeLine.at(-1)).toMatchObject({
    action: 'loops.divide',
    fields: [
      { name: 'reason', value: { zh: '两件事' } },
      { name: 'matter', value: { zh: id }, matter: id },
    ],
  })
  const part = (await first.get(`/api/loops/${id}`)).body
  expect(part.whole).toMatchObject({ id: whole.id, reason: '两件事' })
  expect(part.timeLine[0].fields).toMatchObject([{ name: 'whole', matter: whole.id }])
  expect(part.clocks[0].due).toBe(page.clocks[0].due)
  expect(await now(id)).toMatchObject({ openedBy: whole.openedBy, data: { division: '370902' } })
  const generic = page.actions.map((one: { generic: boolean }) => one.generic)
  expect(generic).toEqual([false, ...generic.slice(1).map(() => true)])
  const closing = (body: { actions: { id: string; ends: boolean }[] }) =>
    body.actions.filter(({ ends }) => ends).map((one) => one.id)
  expect(closing(page)).toEqual([])
  const reported = await doAction(app, first.actor, rest, 'report')
  const checker = (await arbiter.get(`/api/loops/${reported.id}`)).body
  expect(closing(checker)).toEqual(['close'])
  expect(checker.parts).toMatchObject([{ id, endedAt: null, placeTitle: { zh: '处置' } }])
  const joint = await open('hands.together', { name: '开办', units: [COUNTY] })
  expect((await arbiter.get(`/api/loops/${joint.id}`)).body.actions.map((one: { id: string }) => one.id)).not.toContain(
    'loops.divide',
  )
})

test('data changed from outside shows in the title and does not make an open page stale', async () => {
  const matter = await event('扬尘')
  const update = (data: object) => asSystem((work) => app.app.use(loops).update(work, matter.id, { ...data }))
  const changed = await update({ category: '扬尘（升级）', level: 2 })
  expect(changed).toMatchObject({ revision: 2, headline: { zh: '扬尘（升级）' }, holders: [holder(first)] })
  expect((await update({ level: 2 })).revision).toBe(2)
  await expect(update({ level: 'high' })).rejects.toMatchObject({ status: 422 })
  expect(await doAction(app, first.actor, matter, 'report')).toMatchObject({ place: 'checking' })
})

test('units that share a clock have its limit, also after it was extended', async () => {
  const matter = await open('hands.together', { name: '开办企业', units: [COUNTY] })
  const [unit] = (await asOwner(app.ownerUrl, `select id from loops.instance where parent = ${matter.id}`)).rows as {
    id: number
  }[]
  const due = async () => (await now(String(unit?.id))).due
  expect(await due()).toEqual(matter.due)
  const extended = await doAction(app, arbiter.actor, matter, 'loops.extend', { form: { reason: '情况复杂' } })
  expect(extended.due?.getTime()).toBe((matter.due?.getTime() ?? 0) + 15 * 86_400_000)
  expect(await due()).toEqual(extended.due)
})

const finished = async (id: string) => {
  for (let n = 0; n < 100; n++) {
    const { body } = await designer.get(`/api/loops/batches/${id}`)
    if (body.endedAt) return body
    await sleep(100)
  }
  throw new TypeError('The batch did not end')
}

test('one who leaves hands everything open over in one job, and who may not cannot', async () => {
  const leaver = await client(app, { rights: { 'hands.first': 'subtree' }, organisation: 'county.370911.ecology' })
  const heir = await client(app, { rights: { 'hands.first': 'subtree' }, organisation: 'county.370911.ecology' })
  const mine = await Promise.all(
    ['一', '二', '三'].map((category) => open('hands.report', { category, division: '370911' })),
  )
  const [one] = mine
  if (!one) throw new TypeError('nothing was opened')
  await doAction(app, leaver.actor, one, 'loops.sign')
  const body = { from: holder(leaver), to: holder(heir), reason: '调离' }
  expect((await first.post('/api/loops/hand-over', body)).status).toBe(403)
  expect((await designer.post('/api/loops/hand-over', { ...body, to: 'post:nobody' })).status).toBe(422)
  const started = await designer.post('/api/loops/hand-over', body)
  expect(started.body.total).toBe(3)
  expect(await finished(started.body.id)).toMatchObject({ done: 3, failed: 0 })
  for (const { id } of mine) expect((await now(id)).holders).toEqual([holder(heir)])
  const log = await asOwner(app.ownerUrl, `select event from audit.entry where event = 'loops.handed-over'`)
  expect(log.rows).toHaveLength(1)
})

test('what one leaves is shown by kind and matter before it goes to those chosen for each kind; the rest stays', async () => {
  const organisation = 'county.370921.ecology'
  const leaver = await client(app, { rights: { 'hands.first': 'subtree' }, organisation })
  const event = await open('hands.report', { category: '交接', division: '370921' })
  const matter = await open('hands.together', { name: '交接', units: [organisation] })
  const [unit] = (await asOwner(app.ownerUrl, `select id from loops.instance where parent = ${matter.id}`)).rows as {
    id: number
  }[]
  const heir = await client(app, { rights: { 'hands.first': 'subtree' }, organisation })
  const from = holder(leaver)

  const person = await designer.get(`/api/loops/hand-over/people/${leaver.actor.id}`)
  expect(person.body.holders.find(({ id }: { id: string }) => id === from)).toMatchObject({ matters: 2, others: [] })
  const held = await designer.get(`/api/loops/hand-over?from=${from}`)
  expect(held.body.kinds).toEqual([
    { definition: 'hands.report', title: words('网格事件', 'Grid event'), matters: 1 },
    { definition: 'hands.share', title: words('并联审批', 'Joint share'), matters: 1 },
  ])
  const plan = { from, kinds: { 'hands.report': holder(heir) } }
  const preview = await designer.post('/api/loops/hand-over/query', plan)
  const [changed, same] = preview.body.rows
  expect(changed).toMatchObject({ id: event.id, changed: true })
  expect(same).toMatchObject({ id: String(unit?.id), changed: false })
  expect((await now(event.id)).holders).toEqual([from])
  expect((await first.post('/api/loops/hand-over/query', plan)).status).toBe(403)
  expect((await designer.post('/api/loops/hand-over', { from, reason: '调离' })).status).toBe(422)

  const started = await designer.post('/api/loops/hand-over', { ...plan, reason: '调离' })
  expect(await finished(started.body.id)).toMatchObject({ total: 1, done: 1, failed: 0 })
  expect((await now(event.id)).holders).toEqual([holder(heir)])
  expect((await now(String(unit?.id))).holders).toEqual([from])
  const results = await designer.get(`/api/loops/batches/${started.body.id}/results`)
  expect(results.body.rows).toMatchObject([{ matter: { id: event.id }, why: null }])
})

test('running matters move to a new version after a preview that says what changes for whom', async () => {
  const before = await event('迁移')
  const { handling, ...places } = report.places
  const next = {
    ...report,
    start: 'work',
    places: {
      ...places,
      work: { ...handling, clock: { limit: '4wd' }, assign: { post: second.actor.post } },
    },
    actions: { ...report.actions, report: { ...report.actions.report, from: ['work'] } },
  }
  const path = `/api/loops/definitions/${report.id}`
  const saved = await designer.put(`${path}/draft`, { body: next, revision: 0 })
  expect(saved.body.mistakes).toEqual([])
  const { body } = await designer.post(`${path}/publish`, { revision: 1, note: '合并环节' })
  const plan = { to: body.version, places: { handling: 'work' } }

  const preview = await designer.post(`${path}/move/query`, plan)
  const mine = preview.body.examples.find(({ id }: { id: string }) => id === before.id)
  expect(mine).toMatchObject({
    from: 'handling',
    to: 'work',
    holdersBefore: [holder(first)],
    holdersAfter: [holder(second)],
    problem: null,
  })
  expect(mine.dueAfter > mine.dueBefore).toBe(true)
  expect(await designer.post(`${path}/move`, { ...plan, places: {} })).toMatchObject({ status: 422 })
  expect((await first.post(`${path}/move`, plan)).status).toBe(403)
  expect(await now(before.id)).toMatchObject({ version: 1, place: 'handling' })

  const started = await designer.post(`${path}/move`, plan)
  expect(await finished(started.body.id)).toMatchObject({ failed: 0, done: preview.body.total })
  const after = await now(before.id)
  expect(after).toMatchObject({ version: body.version, place: 'work', holders: [holder(second)] })
  expect(after.due?.toISOString()).toBe(mine.dueAfter)
  expect(await doAction(app, second.actor, after, 'report')).toMatchObject({ place: 'checking' })
})

test('the log tells real paths, waiting and rework, and each number opens its matters, to those who may read', async () => {
  const reader = await client(app, { rights: { 'loops.read': 'city' } })
  const { body } = await reader.get('/api/loops/mining/hands.report')
  expect(body.matters).toBeGreaterThan(5)
  expect(body.paths[0].places[0]).toMatch(/handling|work/)
  expect(body.ways.find(({ action }: { action: string }) => action === 'close')).toMatchObject({
    to: 'closed',
    times: 1,
  })
  expect(body.places.find(({ id }: { id: string }) => id === 'checking').arrivals).toBeGreaterThanOrEqual(2)
  expect((await first.get('/api/loops/mining/hands.report')).status).toBe(403)

  const behind = async (query: string): Promise<number> => {
    const answer = await reader.get(`/api/loops/mining/hands.report/matters?${query}`)
    expect(answer.status).toBe(200)
    return answer.body.rows.length
  }
  for (const { id, now } of body.places) expect(await behind(`place=${id}&now=true`)).toBe(now)
  for (const { places, matters } of body.paths) expect(await behind(`path=${places.join(',')}`)).toBe(matters)
  expect(await behind('action=close&from=checking&place=closed')).toBe(1)
  expect(await behind('again=true')).toBe(body.reworked)
  expect(await behind('division=370911')).toBe(3)
  const area = await reader.get('/api/loops/mining/hands.report?division=370911')
  expect(area.body.matters).toBe(3)
  expect((await first.get('/api/loops/mining/hands.report/matters')).status).toBe(403)
})
