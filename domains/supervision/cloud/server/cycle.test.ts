import { afterAll, beforeAll, expect, test } from 'vitest'
import { indicators } from '#platform/indicators'
import { type Client, client, signIn, type TestApp, testApp } from '#platform/testing'
import { DAY, system } from '#runtime'
import { docx, PASSWORD, photo, REPORT, send, WORD } from './testing.ts'

let running: TestApp
let now = new Date('2026-02-02T02:00:00Z')
let [office, leader, officer, head, ecology, other, auditor] = [] as unknown as Client[] as [
  Client,
  Client,
  Client,
  Client,
  Client,
  Client,
  Client,
]
let plan = ''
let task = ''
let matter = ''
let milestones: { id: string; due: string }[] = []

beforeAll(async () => {
  running = await testApp({ demo: true, now: () => now })
  const names = ['supervision', 'leader', 'data-officer', 'data-head', 'ecology', 'taishan', 'auditor']
  ;[office, leader, officer, head, ecology, other, auditor] = (await Promise.all(
    names.map((name) => signIn(running, name, PASSWORD)),
  )) as [Client, Client, Client, Client, Client, Client, Client]
}, 120_000)
afterAll(() => running?.stop())

let step = 0
const act = async (who: Client, action: string, more: object = {}) => {
  const { body } = await office.get(`/api/loops/${matter}`)
  return who.post(`/api/loops/${matter}/actions`, {
    action,
    revision: body.matter.revision,
    key: `cycle-${action}-${step++}`,
    ...more,
  })
}
const tree = async (who = office) => (await who.get(`/api/supervision/plans/${plan}`)).body

test('the plan of Tai’an is there: eighteen tasks with their lead units, each with its matter', async () => {
  const { body } = await office.get('/api/supervision/plans/digital-government')
  const tasks = body.nodes.filter((node: { kind: string; id: string }) => /^task-\d+$/.test(node.id))
  expect(tasks).toHaveLength(18)
  expect(tasks[0]).toMatchObject({ lead: 'city.party-office', joint: expect.arrayContaining(['city.discipline']) })
  expect(tasks.every(({ loop }: { loop: string | null }) => loop !== null)).toBe(true)
  const { body: overview } = await office.get('/api/supervision/plans/digital-government/overview')
  expect(overview.units.length).toBeGreaterThan(10)
  expect(overview.curve.length).toBeGreaterThan(10)
})

test('a report in .docx becomes a draft with its doubts', async () => {
  const file = (await send(running, office, '报告.docx', docx(REPORT), WORD)).body.id
  const given = { title: '2026年政府工作报告重点任务', year: 2026, startsOn: '2026-01-01', endsOn: '2026-12-31' }
  const answer = await office.post('/api/supervision/reports', { ...given, file })
  expect(answer).toMatchObject({ status: 200, body: { doubts: 2 } })
  plan = answer.body.id
  const { faults } = await tree()
  expect(faults.map(({ zh }: { zh: string }) => zh)).toEqual(['“推进河道治理”没有牵头单位'])
  expect((await office.post(`/api/supervision/plans/${plan}/publication`)).status).toBe(422)
  expect((await officer.get(`/api/supervision/plans/${plan}`)).status).toBe(404)
  expect((await officer.post('/api/supervision/reports', { ...given, text: '一、某事' })).status).toBe(403)
})

test('the office mends the draft and publishes it; the lead unit gets the matter', async () => {
  const { nodes } = await tree()
  const gap = nodes.find(({ title }: { title: string }) => title === '推进河道治理')
  const saved = await office.put(`/api/supervision/plans/${plan}/nodes`, {
    id: gap.id,
    parent: gap.parent,
    kind: 'task',
    title: gap.title,
    weight: 1,
    lead: 'city.ecology',
    joint: [],
  })
  expect(saved.status).toBe(200)
  const own = nodes.find(({ title }: { title: string }) => title === '新增规上工业企业100家')
  milestones = nodes.filter(({ parent }: { parent: string }) => parent === own.id)
  expect((await office.post(`/api/supervision/plans/${plan}/publication`)).body).toEqual({ matters: 4 })
  task = own.id
  matter = (await tree()).nodes.find(({ id }: { id: string }) => id === task).loop
  const { clocks } = (await officer.get(`/api/loops/${matter}`)).body
  expect(clocks.map(({ over }: { over: string }) => over)).toEqual(['place', 'beside'])
  expect((await act(other, 'accept')).status).toBe(404)
  expect((await act(officer, 'accept')).body).toMatchObject({ place: 'handling' })
  expect(
    (await office.put(`/api/supervision/plans/${plan}/nodes`, { kind: 'goal', title: 'x', weight: 1, joint: [] }))
      .status,
  ).toBe(409)
})

test('units see their own tasks and no others', async () => {
  const seenBy = async (who: Client) =>
    (await tree(who)).nodes
      .filter(({ kind }: { kind: string }) => kind === 'task')
      .map(({ title }: { title: string }) => title)
  expect(await seenBy(officer)).toEqual(['新增规上工业企业100家'])
  expect(await seenBy(ecology)).toEqual(['新增规上工业企业100家', '治理扬尘污染', '推进河道治理'])
  expect((await other.get(`/api/supervision/plans/${plan}`)).status).toBe(403)
  expect((await ecology.get(`/api/supervision/tasks/${task}`)).status).toBe(200)
  const dust = (await tree()).nodes.find(({ title }: { title: string }) => title === '治理扬尘污染')
  expect((await officer.get(`/api/supervision/tasks/${dust.id}`)).status).toBe(404)
})

test('a milestone counts only when another person has checked its evidence', async () => {
  const form = { milestone: milestones[0]?.id, result: '培育库已建成' }
  expect((await act(officer, 'report', { form })).status).toBe(422)
  expect((await act(officer, 'report', { form, evidence: [await photo(running, officer)] })).body).toMatchObject({
    place: 'verifying',
  })
  const task1 = async () => (await office.get(`/api/supervision/tasks/${task}`)).body
  expect((await task1()).milestones[0]).toMatchObject({ reportedOn: '2026-02-02', achievedOn: null })
  expect((await act(officer, 'pass', { form: { quality: 'excellent' } })).status).toBe(403)
  expect((await act(office, 'pass', { form: { quality: 'good' } })).body).toMatchObject({ place: 'handling' })
  expect((await task1()).milestones[0]).toMatchObject({
    achievedOn: '2026-02-02',
    proof: 'check',
    quality: 'good',
    proofOf: { loop: matter },
  })
})

test('the clock climbs the ladder on what is late, once a step', async () => {
  now = new Date('2027-01-13T02:00:00Z')
  officer = await signIn(running, 'data-officer', PASSWORD)
  office = await signIn(running, 'supervision', PASSWORD)
  head = await signIn(running, 'data-head', PASSWORD)
  leader = await signIn(running, 'leader', PASSWORD)
  await expect
    .poll(
      async () =>
        (await office.get(`/api/supervision/tasks/${task}`)).body.steps.map((one: { step: string }) => one.step),
      { timeout: 60_000 },
    )
    .toEqual(['urge', 'letter'])
  const { body } = await office.get(`/api/supervision/tasks/${task}`)
  expect(body.task.assessed).toMatchObject({ light: 'red', overdue: 1, spi: 0.5 })
  expect(body.steps[1].number).toMatch(/^督办函〔2027〕\d+号$/)
})

test('the last milestone makes the conclusion; the unit objects, the leader reviews, no one else', async () => {
  const form = { milestone: milestones[1]?.id, result: '新增103家' }
  expect((await act(officer, 'report', { form, evidence: [await photo(running, officer)] })).status).toBe(200)
  expect((await act(office, 'pass', { form: { quality: 'excellent' } })).body).toMatchObject({ place: 'announced' })
  expect((await act(officer, 'object', { form: { ground: '不服' } })).status).toBe(403)
  expect((await act(head, 'object', { form: { ground: '第一个节点质量应为优秀' } })).body).toMatchObject({
    place: 'review',
  })
  const { body } = await office.get(`/api/loops/${matter}`)
  expect(body.matter.due).toBe('2027-02-12T16:00:00.000Z')
  expect((await act(office, 'uphold', { form: { reason: '维持' } })).status).toBe(403)
  expect((await act(leader, 'uphold', { form: { reason: '维持原结论' } })).body).toMatchObject({
    place: 'closed',
    ended: true,
  })
})

test('every point of the score opens its source', async () => {
  const { body } = await office.get(`/api/supervision/plans/${plan}/scores`)
  const score = body.rows.find(({ unit }: { unit: string }) => unit === 'city.big-data')
  // half · 0.9 in time, half · excellent 13 days late · 0.9, one letter
  expect(score).toMatchObject({ total: 89, pack: 'taian-supervision-score-2026' })
  expect(score.lines).toHaveLength(4)
  for (const line of score.lines) {
    expect(line.loop).toBe(matter)
    const source = await office.get(`/api/loops/${line.loop}`)
    expect(source.status).toBe(200)
    if (!line.source.startsWith('step:'))
      expect(source.body.timeLine.filter(({ evidence }: { evidence: unknown[] }) => evidence.length > 0)).toHaveLength(
        2,
      )
    expect((await office.get(`/api/supervision/tasks/${line.task}`)).status).toBe(200)
  }
  expect(
    (await officer.get(`/api/supervision/plans/${plan}/scores`)).body.rows.map(({ unit }: { unit: string }) => unit),
  ).toEqual(['city.big-data'])
  expect((await office.post(`/api/supervision/plans/${plan}/scores`)).status).toBe(403)
  expect((await leader.post(`/api/supervision/plans/${plan}/scores`)).body.units).toBeGreaterThan(1)
  expect((await leader.get(`/api/supervision/plans/${plan}/scores`)).body).toMatchObject({ confirmed: true })
  expect((await leader.post(`/api/supervision/plans/${plan}/scores`)).status).toBe(409)
})

test('an instruction is read by those named and by nobody else, in no list, search or log', async () => {
  auditor = await signIn(running, 'auditor', PASSWORD)
  const secret = '涉及某企业搬迁的批示内容'
  const given = await leader.post('/api/supervision/instructions', {
    title: '关于企业搬迁的批示',
    text: secret,
    givenBy: '王建国',
    due: '2027-01-20',
    posts: ['city.big-data.officer'],
    readers: [],
  })
  expect(given.status).toBe(200)
  const { id, loop, number } = given.body
  expect((await officer.get(`/api/supervision/instructions/${id}`)).body).toMatchObject({
    text: secret,
    part: 'handler',
  })
  expect((await leader.get('/api/supervision/instructions')).body.rows).toHaveLength(1)
  for (const who of [office, head, auditor]) {
    expect((await who.get(`/api/supervision/instructions/${id}`)).status).toBe(404)
    expect((await who.get('/api/supervision/instructions')).body.rows).toEqual([])
    expect((await who.post(`/api/supervision/instructions/${id}/answers`, { text: 'x' })).status).toBe(404)
  }
  expect((await officer.post(`/api/supervision/instructions/${id}/answers`, { text: '已制定搬迁方案' })).body).toEqual({
    place: 'answered',
  })
  const places = [
    `/api/loops/${loop}`,
    '/api/loops/search?text=搬迁',
    `/api/loops/search?text=${encodeURIComponent(number)}`,
    '/api/audit/records',
    '/api/loops/inbox',
  ]
  for (const path of places)
    for (const who of [office, auditor]) expect(JSON.stringify((await who.get(path)).body), path).not.toContain('搬迁')
  expect((await officer.post(`/api/supervision/instructions/${id}/decision`, { decision: 'accept' })).status).toBe(403)
  expect((await leader.post(`/api/supervision/instructions/${id}/decision`, { decision: 'accept' })).body).toEqual({
    place: 'closed',
  })
})

test('look-alikes are shown, and a person merges them: the other matter ends', async () => {
  const made = await office.post('/api/supervision/reports', {
    title: '市委重点工作',
    year: 2027,
    startsOn: '2027-01-01',
    endsOn: '2027-12-31',
    text: '一、环境\n1.治理扬尘污染工作。年底前完成。（牵头单位：市大数据局）\n2.建设数据中心。（牵头单位：市大数据局）',
  })
  const { rows } = (await office.get('/api/supervision/duplicates')).body
  const pair = rows.find(({ a, b }: { a: { title: string }; b: { title: string } }) =>
    [a.title, b.title].includes('治理扬尘污染工作'),
  )
  expect(pair.similarity).toBeGreaterThan(0.6)
  const [keep, drop] = pair.a.plan === made.body.id ? [pair.b, pair.a] : [pair.a, pair.b]
  expect((await office.post(`/api/supervision/plans/${made.body.id}/publication`)).body).toEqual({ matters: 2 })
  const decision = { keep: keep.id, other: drop.id, decision: 'merged', reason: '与在办事项重复' }
  expect((await officer.post('/api/supervision/duplicates', decision)).status).toBe(403)
  expect((await office.post('/api/supervision/duplicates', decision)).status).toBe(200)
  const { body } = await office.get(`/api/supervision/tasks/${drop.id}`)
  expect(body.task).toMatchObject({ state: 'merged', mergedInto: keep.id })
  expect(body.matter.place).toBe('merged')
  expect((await office.get(`/api/supervision/tasks/${keep.id}`)).body.task.joint).toContain('city.big-data')
  expect((await office.post('/api/supervision/duplicates', decision)).status).toBe(409)
})

test('a live indicator closes its milestone, and nobody can report it', async () => {
  const text = '一、环境\n1.改善空气质量指数。年底前完成。（牵头单位：市大数据局）'
  const made = await office.post('/api/supervision/reports', {
    title: '指标计划',
    year: 2027,
    startsOn: '2027-01-01',
    endsOn: '2027-12-31',
    text,
  })
  plan = made.body.id
  const one = (await tree()).nodes.find(({ kind }: { kind: string }) => kind === 'milestone')
  const live = { indicator: 'supervision.cloud.spi', member: 'city.big-data', target: 0.9, better: 'higher' }
  await office.put(`/api/supervision/plans/${plan}/nodes`, {
    id: one.id,
    parent: one.parent,
    kind: 'milestone',
    title: one.title,
    weight: 1,
    joint: [],
    due: one.due,
    live,
  })
  await office.post(`/api/supervision/plans/${plan}/publication`)
  const own = (await tree()).nodes.find(({ kind }: { kind: string }) => kind === 'task')
  matter = own.loop
  await act(officer, 'accept')
  expect(
    (
      await act(officer, 'report', {
        form: { milestone: one.id, result: '完成' },
        evidence: [await photo(running, officer)],
      })
    ).status,
  ).toBe(409)
  const publish = (value: number) =>
    running.app.work(system('test'), (work) =>
      running.app
        .use(indicators)
        .publish(work, live.indicator, [
          { member: live.member, period: new Date(now.getTime() - DAY).toISOString(), value, basis: {} },
        ]),
    )
  await publish(0.5)
  await publish(0.93)
  await expect
    .poll(async () => (await office.get(`/api/loops/${matter}`)).body.matter.place, { timeout: 60_000 })
    .toBe('announced')
  const after = (await tree()).nodes.find(({ id }: { id: string }) => id === one.id)
  expect(after).toMatchObject({ proof: 'indicator', proofOf: { value: 0.93, target: 0.9 } })
})

test('a stranger with no right reads nothing', async () => {
  const stranger = await client(running, { rights: {} })
  for (const path of ['plans', `plans/${plan}`, `plans/${plan}/scores`, `tasks/${task}`, 'duplicates', 'units'])
    expect((await stranger.get(`/api/supervision/${path}`)).status, path).toBe(403)
})
