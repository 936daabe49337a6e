import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowMarks, rowSight } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { disclosures, verifyReceipt } from '../contract.ts'
import {
  DIVISIONS,
  granted,
  idNumber,
  machineCall,
  machineOf,
  PERSONS,
  parties,
  person,
  removePersons,
  sharePersons,
  writePersons,
} from './testing/shared-people.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof parties>>
let token: string
let grant: string
beforeAll(async () => {
  app = await testApp()
  await sharePersons(app, 12)
  people = await parties(app)
  token = (await machineOf(app, people.bureau, 'city.ecology')).token
  grant = (await granted(people)).grant
})
afterAll(() => app.stop())

let calls = 0
const call = (path: string, body: unknown, request = `request-${++calls}`, bearer = token) =>
  machineCall(app, bearer, path, body, request)
const one = (n: number) => ({ where: { idNumber: { is: idNumber(n) } } })

/** The receipt file, once it is signed. */
async function receiptOf(id: string) {
  for (let tried = 0; ; tried++) {
    const { status, body } = await people.owner.get(`/api/exchange/receipts/${id}`)
    if (status === 200) return body
    if (status !== 409 || tried > 60) throw new TypeError(JSON.stringify(body))
    await sleep(100)
  }
}
const receipts = async (query: string) => (await people.owner.get(`/api/exchange/receipts?${query}`)).body.rows

test('one record, masked as the grant says, by POST and by GET', async () => {
  const { body } = await call(`${grant}/query`, one(3))
  const seen = { idNumber: `${idNumber(3).slice(0, 6)}********${idNumber(3).slice(14)}`, name: person(3).name }
  expect(body.rows).toEqual([{ ...seen, division: person(3).division }])
  const path = `/api/exchange/grants/${grant}/query?where=idNumber~${idNumber(3)}&fields=name`
  expect((await people.applicant.get(path)).body.rows).toEqual([{ name: person(3).name }])
})

test('a small list goes on where the page ended', async () => {
  const first = await call(`${grant}/query`, { fields: ['name'], limit: 5 })
  const second = await call(`${grant}/query`, { fields: ['name'], limit: 100, after: first.body.next })
  expect(first.body.rows.length + second.body.rows.length).toBe(12)
  expect(second.body.next).toBeNull()
})

test('of a row it is found who got it or compared with it, and for what; of a row nobody asked for nothing', async () => {
  const rowOf = async (n: number) => {
    const found = await app.app.work(system('test'), (work) =>
      app.app.use(rowSight).find(work, PERSONS, { idNumber: idNumber(n) }),
    )
    return found.map((row) => ({ dataset: PERSONS, row }))
  }
  const about = async (n: number, limit = 10, before?: string) =>
    app.app.use(disclosures).about(app.app.db, await rowOf(n), { before, limit })
  await sharePersons(app, 14)
  const asked = { where: { idNumber: { is: idNumber(12) } } }
  const { body } = await call(`${grant}/query`, asked)
  await call(`${grant}/compare`, { ...asked, match: { name: { is: '别人' } } })
  const found = await about(12)
  expect(found.map(({ way, consumer }) => [way, consumer])).toEqual([
    ['compare', 'city.ecology'],
    ['query', 'city.ecology'],
  ])
  expect(found[1]).toMatchObject({ id: body.receipt, dataset: PERSONS, purpose: expect.any(String) })
  const [last] = await about(12, 1)
  expect(await about(12, 10, `${last?.at}~${last?.id}`)).toEqual(found.slice(1))
  expect(await about(13)).toEqual([])
})

test('compare answers yes, no or unknown and shows nothing', async () => {
  const ask = (n: number, name: string) =>
    call(`${grant}/compare`, { where: { idNumber: { is: idNumber(n) } }, match: { name: { is: name } } })
  expect((await ask(4, person(4).name)).body).toEqual({
    answer: 'yes',
    receipt: expect.any(String),
    nonce: expect.any(String),
  })
  expect((await ask(4, '别人')).body.answer).toBe('no')
  expect((await ask(400, '别人')).body.answer).toBe('unknown')
})

test('compare says no only of what is known: a missing value leaves it open, and who means a crowd is told what to add', async () => {
  const named = (n: number, name: string, more: object = {}) => ({ ...person(n), name, ...more })
  const { division: _, ...bare } = named(700, '赵缺')
  await writePersons(app, [
    bare,
    named(701, '赵全'),
    ...Array.from({ length: 100 }, (_, at) => named(100 + at, '王伟', { division: DIVISIONS[0] })),
  ])
  const ask = async (where: object, match: object) => (await call(`${grant}/compare`, { where, match })).body
  const [first, second] = DIVISIONS.map((is) => ({ division: { is } }))
  expect((await ask({ name: { is: '赵缺' } }, first ?? {})).answer).toBe('unknown')
  const both = { ...first, idNumber: { is: idNumber(701) } }
  expect((await ask({ name: { is: '赵缺' } }, both)).answer).toBe('no')
  expect((await ask({ name: { in: ['赵缺', '赵全'] } }, { idNumber: { is: idNumber(701) } })).answer).toBe('yes')
  const wang = { name: { is: '王伟' } }
  for (const n of [100, 150, 199]) expect((await ask(wang, { idNumber: { is: idNumber(n) } })).answer).toBe('yes')
  expect((await ask(wang, second ?? {})).answer).toBe('no')
  await writePersons(app, [named(200, '王伟')])
  const refused = await call(`${grant}/compare`, { where: wang, match: { idNumber: { is: idNumber(200) } } })
  expect([refused.status, refused.body.code]).toEqual([422, 'too-many-meant'])
  expect(refused.body.title).toContain('Citizen number')
  const [seen] = await receipts(`grant=${grant}&refused=true`)
  expect(seen).toMatchObject({ outcome: 'too-many-meant', way: 'compare', rows: 0 })
  const exact = { ...wang, idNumber: { is: idNumber(200) } }
  expect((await ask(exact, { division: { is: person(200).division } })).answer).toBe('yes')
  await removePersons(app, [700, 701, ...Array.from({ length: 101 }, (_, at) => 100 + at)])
})

test('each answer has a receipt that proves itself offline, and a tampered one is named', async () => {
  const answer = await call(`${grant}/query`, one(5))
  const file = await receiptOf(answer.body.receipt)
  expect(file.record).toMatchObject({ grant, consumer: 'city.ecology', way: 'query', rows: 1, outcome: 'answered' })
  expect(JSON.stringify(file)).not.toContain(idNumber(5))
  const key = (await people.owner.get('/api/exchange/public-key')).body
  expect(verifyReceipt(file, key, Buffer.from(answer.text))).toBeUndefined()
  const parts = [
    { ...file, record: { ...file.record, rows: 2 } },
    { ...file, head: { ...file.head, size: file.head.size + 1 } },
    { ...file, proof: { ...file.proof, index: file.proof.index + 1 } },
    { format: file.format },
  ].map((wrong) => verifyReceipt(wrong, key)?.part)
  expect(parts).toEqual(['record', 'head', 'record', 'file'])
  expect(verifyReceipt(file, key, Buffer.from(`${answer.text} `))?.part).toBe('answer')
})

test('npm run receipt:verify says the same, with exit codes', async () => {
  const answer = await call(`${grant}/query`, one(6))
  const folder = mkdtempSync(join(tmpdir(), 'daizong-receipt-'))
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const file = await receiptOf(answer.body.receipt)
  const key = write('key.pem', (await people.owner.get('/api/exchange/public-key')).body)
  const verify = (path: string) =>
    spawnSync(process.execPath, ['apps/server/receipt-verify.ts', path, '--key', key], { encoding: 'utf8' })
  const right = verify(write('receipt.json', JSON.stringify(file)))
  expect([right.status, right.stdout]).toEqual([0, expect.stringContaining('The receipt is genuine')])
  const wrong = write('wrong.json', JSON.stringify({ ...file, record: { ...file.record, consumer: 'city.police' } }))
  const { status, stdout } = verify(wrong)
  expect([status, stdout]).toEqual([1, expect.stringContaining('The record or its path was changed')])
})

test('widening the fields, the rows or the way is refused, and visible to the owner', async () => {
  for (const [path, body, code] of [
    ['query', { fields: ['remark'] }, 'out-of-scope'],
    ['query', { where: { remark: { is: '备注1' } } }, 'out-of-scope'],
    ['query', { where: { idNumber: { prefix: '3709' } } }, 'out-of-scope'],
    ['query', { where: { division: { from: 'a', nothing: 1 } } }, 'invalid-input'],
    ['compare', { where: {}, match: { street: { is: 'S1' } } }, 'out-of-scope'],
    ['query', { where: { division: { is: true } }, limit: 1000 }, 'invalid-input'],
  ] as const) {
    const answer = await call(`${grant}/${path}`, body)
    expect([answer.body.code, answer.type]).toEqual([code, expect.stringContaining('application/problem+json')])
  }
  const { grant: narrow } = await granted(people, { ways: ['compare'] })
  expect((await call(`${narrow}/query`, one(1))).body.code).toBe('way-not-granted')
  const seen = await receipts(`dataset=${PERSONS}&refused=true`)
  expect(seen.slice(0, 2).map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'way-not-granted',
    'out-of-scope',
  ])
  const file = await receiptOf(seen[0].id)
  expect(verifyReceipt(file)).toBeUndefined()
})

test('who guesses the number of a grant, or uses that of another unit, is told nothing and is seen', async () => {
  const other = await machineOf(app, people.bureau, 'city.market')
  for (const id of [grant, crypto.randomUUID()]) {
    const answer = await call(`${id}/query`, one(1), `guess-${id}`, other.token)
    expect([answer.status, answer.body.code]).toEqual([404, 'no-grant'])
  }
  const [seen] = await receipts(`grant=${grant}&refused=true`)
  expect(seen).toMatchObject({ outcome: 'no-grant', consumer: 'city.market' })
  const guessed = (await people.bureau.get('/api/exchange/receipts?unknown=true')).body.rows
  expect(guessed[0]).toMatchObject({ outcome: 'no-grant', consumer: 'city.market', dataset: null })
  expect((await people.owner.get('/api/exchange/receipts?unknown=true')).status).toBe(403)
  const visitor = await fetch(`${app.address}/api/exchange/grants/${grant}/query`)
  expect(visitor.status).toBe(401)
})

test('a call that is played again is refused, also when both come at once', async () => {
  const [first, second] = await Promise.all([
    call(`${grant}/query`, one(1), 'the-same-again'),
    call(`${grant}/query`, one(1), 'the-same-again'),
  ])
  expect([first.status, second.status].sort()).toEqual([200, 409])
  expect((await call(`${grant}/query`, one(1), 'the-same-again')).body.code).toBe('replayed')
  expect((await call(`${grant}/query`, one(1), '')).body.code).toBe('request-id-missing')
  const outcomes = (await receipts(`grant=${grant}`)).slice(0, 4).map(({ outcome }: { outcome: string }) => outcome)
  expect(outcomes.filter((outcome: string) => outcome === 'replayed').length).toBe(2)
})

test('the quota holds to the call, however many come at once', async () => {
  const { grant: small } = await granted(people, { quota: 7 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => call(`${small}/query`, one(1))))
  expect(answers.filter(({ status }) => status === 200).length).toBe(7)
  expect(answers.filter(({ body }) => body.code === 'quota-used').length).toBe(13)
  expect((await receipts(`grant=${small}`)).length).toBe(20)
})

test('a grant past its day is refused before the clock has ended it', async () => {
  const { grant: past } = await granted(people)
  await asOwner(app.ownerUrl, `update exchange."grant" set until = '2020-01-01' where id = '${past}'`)
  await asOwner(
    app.ownerUrl,
    `insert into runtime.event (at, topic, key, data) values (now(), 'exchange.grant.changed', '${past}', '{}')`,
  )
  for (let tried = 0; tried < 50; tried++) {
    const { status, body } = await call(`${past}/query`, one(1))
    if (status === 403) return expect(body.code).toBe('grant-expired')
    await sleep(100)
  }
  throw new TypeError('still answered')
})

test('a flood of refused calls is shut out, and leaves few receipts', async () => {
  const flood = await machineOf(app, people.bureau, 'city.market')
  const id = crypto.randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 150 }, (_, n) => call(`${id}/query`, {}, `flood-${n}-${id}`, flood.token)),
  )
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  const seen = (await people.bureau.get(`/api/exchange/receipts?unknown=true`)).body.rows
  expect(seen.some(({ outcome }: { outcome: string }) => outcome === 'flooding')).toBe(true)
  const { rows } = await asOwner(app.ownerUrl, `select count(*) as n from exchange.receipt where grant_id = '${id}'`)
  expect(rows[0].n).toBeLessThanOrEqual(120)
})

test('receipts have no gap, and only consumer, owner and bureau see them', async () => {
  const { rows } = await asOwner(
    app.ownerUrl,
    'select stream, count(*) = max(n) as whole from exchange.receipt group by stream',
  )
  expect(rows.every(({ whole }) => whole)).toBe(true)
  expect((await people.county.get(`/api/exchange/receipts?grant=${grant}`)).status).toBe(404)
  expect((await people.county.get(`/api/exchange/receipts?dataset=${PERSONS}`)).status).toBe(404)
  expect((await people.applicant.get(`/api/exchange/receipts?grant=${grant}`)).status).toBe(200)
})

test('a record of which one has to know something says so, in rows and in a comparison', async () => {
  const asked = async () => (await call(`${grant}/query`, one(5))).body
  const compared = async (n: number, name: string) => {
    const question = { where: { idNumber: { is: idNumber(n) } }, match: { name: { is: name } } }
    const { answer, marks } = (await call(`${grant}/compare`, question)).body
    return { answer, marks }
  }
  expect(await asked()).not.toHaveProperty('marks')
  expect(await compared(5, person(5).name)).toEqual({ answer: 'yes', marks: undefined })
  const mark = {
    code: 'under-objection',
    title: { zh: '有异议', en: 'Under objection' },
    since: '2026-03-01T00:00:00Z',
  }
  app.app.use(rowMarks).source({
    of: async (_, dataset, rows) => (dataset === PERSONS ? new Map(rows.map((row) => [row, mark])) : new Map()),
    any: async (_, dataset) => dataset === PERSONS,
  })
  let answer = await asked()
  for (; !answer.marks; answer = await asked()) await sleep(200)
  expect(answer.marks).toEqual([{ at: 0, ...mark }])
  const { code, title } = mark
  expect(await compared(5, person(5).name)).toEqual({ answer: 'yes', marks: [{ code, title }] })
  expect(await compared(5, '别人')).toEqual({ answer: 'no', marks: [{ code, title }] })
  expect(await compared(400, '别人')).toEqual({ answer: 'unknown', marks: undefined })
})
