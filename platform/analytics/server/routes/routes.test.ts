import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handouts } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { documentsModule } from '../../../documents/module.ts'
import { identityModule } from '../../../identity/module.ts'
import { registryModule } from '../../../registry/module.ts'
import { analytics } from '../../contract.ts'
import { analyticsModule } from '../../module.ts'
import { firm, firms } from '../testing/firms.ts'

let running: TestApp
let steward: SignedInClient
let data: Awaited<ReturnType<typeof firms>>
const STEWARD = {
  'analytics.ask': 'city',
  'analytics.refresh': 'city',
  'registry.read': 'city',
  'registry.unmask': 'city',
} as const
const PATH = '/api/analytics/questions'
const purpose = '核对企业数量'

beforeAll(async () => {
  running = await testApp({ modules: [identityModule, documentsModule, registryModule, analyticsModule] })
  data = await firms(running.app, 50)
  steward = await client(running, { rights: STEWARD })
})
afterAll(() => running.stop())

const lines = (body: string) =>
  body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
/** Posts and gives the text of the answer, whatever it is. */
const text = async (who: SignedInClient, path: string, body: object, signal?: AbortSignal): Promise<string> => {
  const headers = { cookie: who.cookie, 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) }
  return (await fetch(running.address + path, init)).text()
}
const ask = async (who: SignedInClient, sql: string) => lines(await text(who, PATH, { sql, purpose }))

async function audited(event: string) {
  const { rows } = await asOwner(running.ownerUrl, `select * from audit.entry where event = '${event}' order by 1`)
  return rows
}

test('a steward has a copy made, sees its columns, asks it, and finds the question again', async () => {
  const before = await steward.get('/api/analytics/tables')
  expect(before.body.rows).toContainEqual(expect.objectContaining({ table: data.table, taken: false }))
  expect((await steward.post('/api/analytics/tables/refresh', { dataset: data.id })).status).toBe(200)
  await expect
    .poll(async () => (await steward.get('/api/analytics/tables')).body.rows, { timeout: 30_000 })
    .toContainEqual(expect.objectContaining({ table: data.table, taken: true, rows: 50 }))
  const { body } = await steward.get('/api/analytics/tables')
  const { columns } = body.rows.find((each: { table: string }) => each.table === data.table)
  expect(columns).toContainEqual({ name: 'staff', type: 'BIGINT', title: { zh: '从业人数', en: 'Staff' } })
  const sql = `select count(*) as n, max(staff) as most from ${data.table}`
  const answer = await ask(steward, sql)
  expect(answer.at(-1)).toMatchObject({ batch: { rows: [[50, 49]], cut: false } })
  const past = await steward.get(PATH)
  expect(past.body.rows[0]).toMatchObject({ sql, purpose })
})

test('every question is in the audit log with digest and purpose, also one that fails', async () => {
  const sql = 'selct nonsense'
  const [, problem] = await ask(steward, sql)
  expect(problem).toMatchObject({ problem: { code: 'wrong-question' } })
  const digest = createHash('sm3').update(sql).digest('hex')
  const records = await audited('analytics.question.asked')
  expect(JSON.stringify(records.at(-1))).toContain(digest)
  expect(JSON.stringify(records.at(-1))).toContain(purpose)
  expect((await steward.post(PATH, { sql: 'select 1' })).status).toBe(422)
})

describe('who may not', () => {
  test.each([
    ['without the right', { 'registry.read': 'city' }, 403],
    ['with a right that reaches a part of the city', { 'analytics.ask': 'subtree', 'registry.read': 'city' }, 403],
  ] as const)('%s', async (_, rights, status) => {
    const other = await client(running, { rights })
    expect((await other.post(PATH, { sql: 'select 1', purpose })).status).toBe(status)
    expect((await other.post(`${PATH}/export.csv`, { sql: 'select 1', purpose })).status).toBe(status)
    expect((await other.get('/api/analytics/tables')).status).toBe(status)
  })
  test.each([
    ['that they may read in part only', 'registry.read'],
    ['with personal data that they may see unmasked in part only', 'registry.unmask'],
  ])('see a table of a dataset %s', async (_, right) => {
    const other = await client(running, { rights: { ...STEWARD, [right]: 'subtree' } })
    expect((await other.get('/api/analytics/tables')).body.rows).toEqual([])
    const [, answer] = await ask(other, `select * from ${data.table}`)
    expect(answer).toMatchObject({ problem: { code: 'wrong-question' } })
    expect((await other.post('/api/analytics/tables/refresh', { dataset: data.id })).status).toBe(404)
  })
  test('see the questions of others', async () => {
    const other = await client(running, { rights: STEWARD })
    expect((await other.get(PATH)).body.rows).toEqual([])
  })
})

test('an export tells nothing from an empty text', async () => {
  const sql = "select null::varchar as a, '' as b, 'x' as c"
  expect((await steward.post(`${PATH}/export.csv`, { sql, purpose })).body).toContain('\r\n,"",x\r\n')
  expect(JSON.parse(await text(steward, `${PATH}/export.jsonl`, { sql, purpose }))).toEqual({ a: null, b: '', c: 'x' })
})

test('an export is neutral to spreadsheets, whole, and audited', async () => {
  await running.app.use(analytics).refresh(data.id)
  const sql = `select '=1+1' as bad, -3 as number, staff from ${data.table} order by staff`
  const csv = await steward.post(`${PATH}/export.csv`, { sql, purpose })
  expect(csv.body.split('\r\n').slice(0, 2)).toEqual(['bad,number,staff', "'=1+1,-3,0"])
  expect(csv.body.trim().split('\r\n')).toHaveLength(51)
  const json = await text(steward, `${PATH}/export.jsonl`, { sql, purpose })
  expect(lines(json)).toHaveLength(50)
  expect((await steward.post(`${PATH}/export.csv`, { sql: 'select x', purpose })).body.code).toBe('wrong-question')
  expect(await audited('analytics.question.exported')).toHaveLength(4)
})

test('an export of a question is found at the rows that its tables held, and not at those written later', async () => {
  const { app } = running
  await app.use(analytics).refresh(data.id)
  await steward.post(`${PATH}/export.csv`, { sql: `select count(*) from ${data.table}`, purpose })
  const handout = (await audited('analytics.question.exported')).at(-1)?.details.handout
  await data.write([firm(900)])
  const rowOf = async (code: string) =>
    (await asOwner(running.ownerUrl, `select _id from registry_data.firm where code = '${code}'`)).rows[0]._id
  const held = async (code: string) =>
    (await app.use(handouts).of(app.db, [{ dataset: data.id, row: await rowOf(code) }], { limit: 100 })).map(
      (each) => each.handout,
    )
  expect(await held('F1')).toContain(handout)
  expect(await held('F900')).not.toContain(handout)
})

describe('whoever is shown finds it', () => {
  const shown = async (sql: string) => {
    const before = (await audited('analytics.question.shown')).length
    const answer = await ask(steward, sql)
    expect(answer.at(-1)).toHaveProperty('batch')
    return (await audited('analytics.question.shown')).slice(before)
  }
  const rowOf = async (code: string) =>
    (await asOwner(running.ownerUrl, `select _id from registry_data.firm where code = '${code}'`)).rows[0]._id
  const heldBy = async (code: string) => {
    const rows = [{ dataset: data.id, row: await rowOf(code) }]
    return (await running.app.use(handouts).of(running.app.db, rows, { limit: 100 })).map(({ handout }) => handout)
  }
  beforeAll(() => running.app.use(analytics).refresh(data.id))

  test('by the very rows, with purpose and fields, where each row of the answer is one of the table', async () => {
    const [record, ...more] = await shown(`select _id, contact from ${data.table} where code = 'F7' limit 5`)
    expect(more).toEqual([])
    expect(record).toMatchObject({ actor: steward.actor.id, details: { purpose, dataset: data.id } })
    expect(record?.details.fields).toEqual(expect.arrayContaining(['contact', 'code']))
    expect(record?.details.fields).not.toContain('capital')
    expect(await heldBy('F7')).toContain(record?.details.handout)
    expect(await heldBy('F8')).not.toContain(record?.details.handout)
  })

  test.each([
    ['a column', 'select contact from T limit 1'],
    ['everything, the engine’s way', 'from T'],
    [
      'a column under another name',
      "select c7 from (select * from T) as t(a, b, c, c0, c1, c2, c3, c4, c5, c6, c7) where c0 = 'F7'",
    ],
    ['the least, which statistics know', 'select min(contact) from T'],
    ['a condition', "select count(*) from T where contact = '王伟'"],
    ['a number of another row', 'select 5 as _id, contact from T limit 1'],
    ['a number and a row of another table', 'select _id, contact from T where code in (select code from T) limit 1'],
    ['an aggregate beside a number', 'select max(_id) as _id, string_agg(contact) from T'],
  ])('by all that the table held, when the answer says something personal by %s', async (_, sql) => {
    const [record, ...more] = await shown(sql.replaceAll('T', data.table))
    expect(more).toEqual([])
    const handout = record?.details.handout
    expect([(await heldBy('F7')).includes(handout), (await heldBy('F8')).includes(handout)]).toEqual([true, true])
  })

  test('also by a message that names a value, on the screen and instead of a file', async () => {
    const sql = `select cast(contact as integer) from ${data.table}`
    const before = (await audited('analytics.question.shown')).length
    expect((await ask(steward, sql)).at(-1).problem.title).toContain('王伟')
    await steward.post(`${PATH}/export.csv`, { sql, purpose })
    expect((await ask(steward, `select nothing from ${data.table}`)).at(-1)).toHaveProperty('problem')
    const noted = (await audited('analytics.question.shown')).slice(before)
    expect(noted).toHaveLength(2)
    const held = await heldBy('F7')
    for (const { details } of noted) expect(held).toContain(details.handout)
  })

  test.each([
    'select count(*), max(staff) from T',
    'select _id, code from T order by code',
    "select code from T where staff > 3 and name like 'a%'",
    "select contact from T where code = 'nobody'",
  ])('and nothing is noted when nothing personal is shown: %s', async (sql) => {
    expect(await shown(sql.replaceAll('T', data.table))).toEqual([])
  })
})

test('a reader who goes away ends the question and may ask the next; two at once are one too many', async () => {
  const end = new AbortController()
  const endless = 'select count(*) from range(10000000) a, range(10000000) b where a.range + b.range = 7'
  const left = expect(text(steward, PATH, { sql: endless, purpose }, end.signal)).rejects.toThrow()
  await sleep(500)
  expect((await ask(steward, 'select 1')).at(-1)).toMatchObject({ problem: { code: 'questions-under-way' } })
  end.abort()
  await left
  await expect
    .poll(async () => (await ask(steward, 'select 1 as one')).at(-1), { timeout: 20_000 })
    .toMatchObject({ batch: { rows: [[1]] } })
})
