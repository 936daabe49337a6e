import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, client, signIn, type TestApp, testApp } from '#platform/testing'
import { PASSWORD, photo, send, WORD } from './testing.ts'

let running: TestApp
let now = new Date('2026-02-02T02:00:00Z')
let [office, leader, officer, head, ecology, ecologyHead] = [] as unknown as Client[] as [
  Client,
  Client,
  Client,
  Client,
  Client,
  Client,
]
let plan = ''
let matters = new Map<string, { task: string; matter: string; milestone: string }>()

async function signAllIn() {
  const names = ['supervision', 'leader', 'data-officer', 'data-head', 'ecology', 'ecology-head']
  ;[office, leader, officer, head, ecology, ecologyHead] = (await Promise.all(
    names.map((name) => signIn(running, name, PASSWORD)),
  )) as [Client, Client, Client, Client, Client, Client]
}

const TEXT = `一、数字政府
1.联合治理。3月底前完成。（牵头单位：市大数据局；配合单位：市生态环境局）
2.延期获准。3月底前完成。（牵头单位：市大数据局）
3.延期不准。3月底前完成。（牵头单位：市大数据局）
4.异议成立。6月底前完成。（牵头单位：市大数据局）
5.异议不成立。6月底前完成。（牵头单位：市大数据局）
6.无人异议。6月底前完成。（牵头单位：市大数据局）
7.不属职责。6月底前完成。（牵头单位：市大数据局）`
const GIVEN = { title: '支线', year: 2026, startsOn: '2026-01-01', endsOn: '2026-12-31' }

beforeAll(async () => {
  running = await testApp({ demo: true, now: () => now })
  await signAllIn()
  plan = (await office.post('/api/supervision/reports', { ...GIVEN, text: TEXT })).body.id
})
afterAll(() => running?.stop())

let step = 0
const act = async (name: string, who: Client, action: string, form?: object, more: object = {}) =>
  actOn(matters.get(name)?.matter ?? '', who, action, form, more)
async function actOn(id: string, who: Client, action: string, form?: object, more: object = {}) {
  const { body } = await office.get(`/api/loops/${id}`)
  const { revision } = body.matter ?? (await who.get(`/api/loops/${id}`)).body.matter
  return who.post(`/api/loops/${id}/actions`, {
    action,
    revision,
    key: `branch-${step++}`,
    ...(form ? { form } : {}),
    ...more,
  })
}
const place = async (name: string) => (await office.get(`/api/loops/${matters.get(name)?.matter}`)).body.matter.place
const task = async (name: string) => (await office.get(`/api/supervision/tasks/${matters.get(name)?.task}`)).body

test('two people publish at once: one does, the other is told', async () => {
  const second = await signIn(running, 'supervision', PASSWORD)
  const answers = await Promise.all(
    [office, second].map((who) => who.post(`/api/supervision/plans/${plan}/publication`)),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const { nodes } = (await office.get(`/api/supervision/plans/${plan}`)).body
  matters = new Map(
    nodes
      .filter(({ kind }: { kind: string }) => kind === 'task')
      .map((node: { id: string; title: string; loop: string }) => [
        node.title,
        {
          task: node.id,
          matter: node.loop,
          milestone: nodes.find(({ parent }: { parent: string }) => parent === node.id).id,
        },
      ]),
  )
  expect(matters.size).toBe(7)
  expect(new Set([...matters.values()].map(({ matter }) => matter)).size).toBe(7)
  for (const name of matters.keys())
    if (name !== '不属职责') expect((await act(name, officer, 'accept')).status).toBe(200)
})

test('"not ours": the office gives it to another unit, and the plan follows', async () => {
  expect((await act('不属职责', officer, 'decline', { reason: '属生态环境部门' })).body).toMatchObject({
    place: 'reassigning',
  })
  const nowhere = { lead: 'city.nowhere', reason: '按职责' }
  expect((await act('不属职责', office, 'reassign', nowhere)).status).toBe(409)
  expect((await act('不属职责', officer, 'reassign', { ...nowhere, lead: 'city.ecology' })).status).toBe(403)
  expect((await act('不属职责', office, 'reassign', { ...nowhere, lead: 'city.ecology' })).body).toMatchObject({
    place: 'assigned',
  })
  expect((await task('不属职责')).task.lead).toBe('city.ecology')
  expect((await act('不属职责', officer, 'accept')).status).not.toBe(200)
  expect((await act('不属职责', ecology, 'accept')).body).toMatchObject({ place: 'handling' })
})

/** The joint unit's share of a matter. */
const share = async (name: string) => (await office.get(`/api/loops/${matters.get(name)?.matter}`)).body.shares[0]

test('a joint unit gets its share, reports, is sent back, reports again; the lead confirms, not the reporter', async () => {
  expect((await act('联合治理', officer, 'invite')).body).toMatchObject({ place: 'joint' })
  const { id } = await share('联合治理')
  const report = async (text: string) =>
    actOn(id, ecology, 'report', { text }, { evidence: [await photo(running, ecology)] })
  expect((await actOn(id, ecology, 'report', { text: '没有佐证' })).status).toBe(422)
  expect((await report('只做了一半')).body).toMatchObject({ place: 'checking' })
  expect((await actOn(id, ecology, 'confirm')).status).toBe(403)
  expect((await actOn(id, officer, 'send-back', { reason: '请补齐' })).body).toMatchObject({ place: 'handling' })
  expect((await report('全部完成')).body).toMatchObject({ place: 'checking' })
  expect((await actOn(id, officer, 'confirm')).body).toMatchObject({ place: 'done' })
  expect(await place('联合治理')).toBe('handling')
})

test('more time: refused keeps the date, granted moves it once, nobody grants it to himself', async () => {
  const early = { wished: '2026-03-01', reason: '提前' }
  expect((await act('延期获准', officer, 'ask-extension', early)).status).toBe(409)
  const later = { wished: '2026-05-31', reason: '设备未到货' }
  for (const name of ['延期获准', '延期不准'])
    expect((await act(name, officer, 'ask-extension', later)).body).toMatchObject({ place: 'extending' })
  expect((await act('延期获准', officer, 'grant')).status).toBe(403)
  expect((await act('延期获准', office, 'grant')).body).toMatchObject({ place: 'handling' })
  expect((await act('延期不准', office, 'refuse', { reason: '理由不足' })).body).toMatchObject({ place: 'handling' })
  expect((await task('延期获准')).milestones[0].due).toBe('2026-05-31')
  expect((await task('延期不准')).milestones[0].due).toBe('2026-03-31')
  const again = { wished: '2026-07-31', reason: '再延' }
  expect((await act('延期获准', officer, 'ask-extension', again)).status).toBe(409)
})

test('a finding can be objected to once: set aside it is taken up again, upheld it stands', async () => {
  for (const name of ['异议成立', '异议不成立', '无人异议'])
    expect((await act(name, office, 'conclude', { reason: '现场核查未开工' })).body).toMatchObject({
      place: 'announced',
    })
  for (const name of ['异议成立', '异议不成立']) {
    expect((await act(name, officer, 'object', { ground: '不服' })).status).toBe(403)
    expect((await act(name, ecologyHead, 'object', { ground: '不服' })).status).not.toBe(200)
    expect((await act(name, head, 'object', { ground: '已按计划开工' })).body).toMatchObject({ place: 'review' })
    expect((await act(name, office, 'overturn', { reason: '自查' })).status).toBe(403)
  }
  expect((await act('异议成立', leader, 'overturn', { reason: '情况属实' })).body).toMatchObject({ place: 'handling' })
  expect((await task('异议成立')).task.state).toBe('open')
  expect((await act('异议不成立', leader, 'uphold', { reason: '维持' })).body).toMatchObject({
    place: 'failed',
    ended: true,
  })
  expect((await task('异议不成立')).task.state).toBe('failed')
})

test('files of an instruction are as restricted as its text', async () => {
  const stored = await send(running, leader, '批示原件.png', await png(), 'image/png')
  const given = await leader.post('/api/supervision/instructions', {
    title: '请抓紧办理',
    text: '内容',
    givenBy: '王建国',
    due: '2026-03-20',
    posts: ['city.big-data.officer'],
    readers: ['city.ecology.head'],
    files: [stored.body.id],
  })
  expect(given.status).toBe(200)
  const answer = (await send(running, officer, '办理情况.png', await png(), 'image/png')).body.id
  const stolen = { text: '借用他人文件', files: [stored.body.id] }
  expect((await officer.post(`/api/supervision/instructions/${given.body.id}/answers`, stolen)).status).toBe(422)
  expect(
    (await officer.post(`/api/supervision/instructions/${given.body.id}/answers`, { text: '已办', files: [answer] }))
      .status,
  ).toBe(200)
  const { body } = await ecologyHead.get(`/api/supervision/instructions/${given.body.id}`)
  expect(body).toMatchObject({ files: [{ name: '批示原件.png' }], answers: [{ files: [{ name: '办理情况.png' }] }] })
  const reads = async (who: Client, id: string) =>
    (await fetch(`${running.address}/api/files/${id}`, { headers: { cookie: who.cookie } })).status
  for (const id of [stored.body.id, answer]) {
    for (const who of [leader, officer, ecologyHead]) expect(await reads(who, id)).toBe(200)
    const auditor = await signIn(running, 'auditor', PASSWORD)
    for (const who of [office, head, ecology, auditor]) expect(await reads(who, id)).toBe(404)
  }
})

const png = async () =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

test('wrong reports are refused in words: a renamed ZIP, an empty one, one without numbers, dates turned round', async () => {
  const { zipSync, strToU8 } = await import('fflate')
  const zip = zipSync({ 'readme.txt': strToU8('not a document') })
  expect((await send(running, office, '报告.docx', zip, WORD)).status).toBe(422)
  const asZip = await send(running, office, '报告.zip', zip, 'application/zip')
  const wrong = async (more: object) => {
    const { status, body } = await office.post('/api/supervision/reports', { ...GIVEN, ...more })
    return [status, body.code]
  }
  expect(await wrong({ file: asZip.body.id })).toEqual([422, 'not-docx'])
  expect(await wrong({ text: '' })).toEqual([422, 'nothing-numbered'])
  expect(await wrong({ text: '没有序号的一段话。' })).toEqual([422, 'nothing-numbered'])
  expect(await wrong({ file: 'not-a-file' })).toEqual([404, 'no-file'])
  expect(await wrong({ text: TEXT, endsOn: '2025-12-31' })).toEqual([422, 'dates'])
  expect((await wrong({ text: TEXT, inspection: 'secret' }))[0]).toBe(422)
})

test('a draft says what is missing, past or uneven; only what is missing hinders publishing', async () => {
  const text = '一、目标\n1.甲。1月底前完成。（牵头单位：市大数据局）\n2.乙。年底前完成。（牵头单位：市大数据局）'
  const { id } = (await office.post('/api/supervision/reports', { ...GIVEN, title: '草稿', text })).body
  const read = async () => (await office.get(`/api/supervision/plans/${id}`)).body
  const { nodes } = await read()
  const save = (title: string, more: object) => {
    const { id: node, parent, kind, weight, due, lead } = nodes.find((one: { title: string }) => one.title === title)
    const kept = { id: node, kind, title, weight, joint: [], ...(parent ? { parent } : {}), ...(due ? { due } : {}) }
    return office.put(`/api/supervision/plans/${id}/nodes`, { ...kept, ...(lead ? { lead } : {}), ...more })
  }
  await save('甲', { weight: 60 })
  await save('乙', { weight: 50 })
  const hints = async () => (await read()).hints.map(({ zh }: { zh: string }) => zh)
  expect(await hints()).toEqual([
    '“1月底前完成”的时限已过，发布后立即开始督办升级',
    '“目标”下级权重合计 110，不是 100，将按比例折算',
  ])
  expect((await read()).faults).toEqual([])
  await save('年底前完成', { due: '2027-02-01' })
  expect((await read()).faults.map(({ zh }: { zh: string }) => zh)).toEqual(['“年底前完成”的时限不在计划期内'])
  expect((await office.post(`/api/supervision/plans/${id}/publication`)).status).toBe(422)
  const viewer = await client(running, { rights: { 'supervision.cloud.read': 'city' } })
  for (const path of ['', '/overview', '/scores', '/statistics?by=unit', '/calendar.ics'])
    expect((await viewer.get(`/api/supervision/plans/${id}${path}`)).status, path).toBe(404)
})

test('late: the share of a joint unit is urged, the matter climbs the ladder, and an unopposed finding takes effect', async () => {
  expect((await act('延期不准', officer, 'progress', { text: '仍在办理' })).status).toBe(200)
  expect((await act('联合治理', officer, 'invite')).body).toMatchObject({ place: 'joint' })
  now = new Date('2026-04-20T02:00:00Z')
  await signAllIn()
  const steps = async (name: string) => (await task(name)).steps.map((one: { step: string }) => one.step)
  await expect.poll(() => steps('延期不准'), { timeout: 60_000 }).toEqual(['urge', 'letter', 'circular'])
  await expect.poll(() => steps('联合治理'), { timeout: 60_000 }).toEqual(['urge', 'letter', 'circular'])
  expect(await steps('延期获准')).toEqual([])
  await expect.poll(() => place('无人异议'), { timeout: 60_000 }).toBe('failed')
  const late = (await ecology.get('/api/loops/inbox')).body.rows.find(
    ({ definition }: { definition: string }) => definition === 'supervision.cloud.joint-task',
  )
  expect(late.light).toBe('red')
  const [, , circular] = (await task('延期不准')).steps
  const { letter } = (await head.get(`/api/supervision/letters/${circular.id}`)).body
  expect(letter).toMatchObject({ form: 'document', addressee: '各责任单位', number: circular.number })
  expect(letter.packs).toContain('gbt9704-2012')
  expect((await (await client(running, { rights: {} })).get(`/api/supervision/letters/${circular.id}`)).status).toBe(
    403,
  )
  expect((await ecology.get(`/api/supervision/letters/${circular.id}`)).status).toBe(404)
}, 180_000)

test('statistics count what the tree holds, open the milestones behind a number, and leave as files', async () => {
  const base = `/api/supervision/plans/${plan}/statistics`
  const { rows } = (await office.get(`${base}?by=unit`)).body
  const own = rows.find(({ key }: { key: string }) => key === 'city.big-data')
  expect(own).toMatchObject({
    tasks: 6,
    milestones: 6,
    outcomes: { onTime: 0, late: 0, overdue: 2, waiting: 0, open: 4 },
    steps: { urge: 2, letter: 2, circular: 2 },
    spi: 0,
  })
  const asked = 'by=unit&key=city.big-data&outcome=overdue'
  const behind = (await office.get(`${base}/milestones?${asked}`)).body.rows
  expect(behind.map(({ taskTitle }: { taskTitle: string }) => taskTitle)).toEqual(['联合治理', '延期不准'])
  expect((await office.get(`${base}?by=county`)).body.rows[0].name).toEqual({ zh: '市级', en: 'City level' })
  expect((await office.get(`${base}?by=goal`)).body.rows[0]).toMatchObject({ name: { zh: '数字政府' }, tasks: 7 })
  expect(
    (await ecology.get(`${base}?by=unit`)).body.rows.map(({ tasks }: { tasks: number }) => tasks).toSorted(),
  ).toEqual([1, 1])
  const file = async (path: string) => {
    const answer = await fetch(`${running.address}${base}/${path}`, { headers: { cookie: office.cookie } })
    expect(answer.status).toBe(200)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const csv = new TextDecoder().decode(await file(`milestones.csv?${asked}`))
  expect(csv.trim().split('\r\n')).toHaveLength(3)
  expect(csv).toContain('联合治理')
  expect(String.fromCharCode(...(await file('groups.xlsx?by=unit')).slice(0, 2))).toBe('PK')
})

test('milestones leave as days of a calendar, each unit its own', async () => {
  const path = `/api/supervision/plans/${plan}/calendar.ics`
  const read = async (who: Client) => {
    const answer = await fetch(`${running.address}${path}`, { headers: { cookie: who.cookie } })
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    return (await answer.text()).replaceAll(/\r\n[ \t]/g, '')
  }
  const all = await read(office)
  const shown = (await office.get(`/api/supervision/plans/${plan}`)).body.nodes.filter(
    ({ kind, state }: { kind: string; state: string }) => kind === 'milestone' && state !== 'merged',
  )
  const days = [...all.matchAll(/DTSTART;VALUE=DATE:(\d{4})(\d\d)(\d\d)\r\n/g)].map(([, ...day]) => day.join('-'))
  expect(days.toSorted()).toEqual(shown.map(({ due }: { due: string }) => due).toSorted())
  expect(all).toContain('SUMMARY:联合治理：')
  const open = shown.filter(({ achievedOn }: { achievedOn: string | null }) => !achievedOn)
  expect(all.match(/BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15H\r\n/g)).toHaveLength(open.length)
  const own = await read(ecology)
  expect(own.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  expect(own).not.toContain('延期不准')
  expect((await (await client(running, { rights: {} })).get(path)).status).toBe(403)
})
