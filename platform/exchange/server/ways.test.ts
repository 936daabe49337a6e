import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hmacSm3, sm3Hex } from '#platform/crypto'
import { datasetDirectory, type Mark, registry, rowMarks } from '#platform/registry'
import { asOwner, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { dayAt, formatDay, system } from '#runtime'
import { disclosures, grants } from '../contract.ts'
import {
  DIVISIONS,
  granted,
  idNumber,
  machineOf,
  PERSONS,
  parties,
  person,
  sharePersons,
} from './testing/shared-people.ts'

const heard: { body: string; signature: string; at: string }[] = []
let answers = 200
/** How long the consumer takes for a page. */
let answersAfter = 0
const consumer = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    const { 'x-signature': signature, 'x-timestamp': at } = request.headers
    if (answers === 200) heard.push({ body, signature: String(signature), at: String(at) })
    setTimeout(() => response.writeHead(answers).end(), answersAfter)
  })
})

let app: TestApp
let people: Awaited<ReturnType<typeof parties>>
let host: string
beforeAll(async () => {
  await new Promise<void>((done) => consumer.listen(0, '127.0.0.1', done))
  host = `127.0.0.1:${(consumer.address() as AddressInfo).port}`
  app = await testApp({ env: { DAIZONG_PUSH_HOSTS: host } })
  await sharePersons(app, 12)
  people = await parties(app)
})
afterAll(async () => {
  await app.stop()
  consumer.close()
})

const dataset = () => {
  const found = app.app.use(datasetDirectory).find(PERSONS)
  if (!found) throw new TypeError('no dataset')
  return found
}
const write = (rows: readonly object[]) =>
  app.app.work(system('test'), (work) => app.app.use(registry).write(work, dataset(), rows as never))
const remove = (n: number) =>
  app.app.work(system('test'), (work) => app.app.use(registry).remove(work, dataset(), [{ idNumber: idNumber(n) }]))

async function until<T>(find: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tried = 0; tried < 150; tried++) {
    const found = await find()
    if (found !== undefined) return found
    await sleep(100)
  }
  throw new TypeError('it did not happen')
}

/** A call as a machine makes it. */
async function postAs(token: string, path: string, request: string, body: object) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': request }
  const answer = await fetch(app.address + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as { code?: string } }
}

const fileOf = (who: SignedInClient, grant: string) =>
  until(async () => {
    const [file] = (await who.get(`/api/exchange/grants/${grant}/files`)).body.files
    return file?.state === 'making' ? undefined : file
  })

test('a batch file in each format is marked, masked and receipted', async () => {
  const { applicant, owner } = people
  const { grant } = await granted(people, { ways: ['file'], rows: { division: { prefix: '370902' } } })
  for (const format of ['jsonl', 'csv', 'xlsx']) {
    expect((await applicant.post(`/api/exchange/grants/${grant}/files`, { format })).status).toBe(200)
    const file = await fileOf(applicant, grant)
    expect(file).toMatchObject({ state: 'done', rows: 8, format })
    const got = await fetch(`${app.address}/api/exchange/files/${file.id}`, { headers: { cookie: applicant.cookie } })
    const bytes = Buffer.from(await got.arrayBuffer())
    const receipt = await until(async () => {
      const { status, body } = await owner.get(`/api/exchange/receipts/${file.receipt}`)
      return status === 200 ? body : undefined
    })
    expect(receipt.record).toMatchObject({ way: 'file', rows: 8, answer: sm3Hex(bytes) })
    if (format === 'xlsx') continue
    const text = bytes.toString()
    expect(text.split(`${grant}/${file.id}`).length).toBe(9)
    expect(text).toContain(person(0).name)
    expect(text).not.toContain(idNumber(0))
    expect(text).not.toContain('备注')
  }
  expect((await people.county.get(`/api/exchange/grants/${grant}/files`)).status).toBe(404)
  const [file] = (await applicant.get(`/api/exchange/grants/${grant}/files`)).body.files
  expect((await people.bureau.get(`/api/exchange/files/${file.id}`)).status).toBe(404)
})

test('who is in a batch file or in changes that were fetched finds it, with purpose and fields, also after the row is gone', async () => {
  const { applicant } = people
  const taishan = { division: { prefix: '370902' } }
  const { grant } = await granted(people, { ways: ['file', 'subscription'], rows: taishan, purpose: '批量核对' })
  await write([person(30), person(31)])
  const rowOf = (n: number) =>
    app.app.work(system('test'), async (work) => {
      const found = await app.app.use(registry).find(work, dataset(), { idNumber: idNumber(n) } as never)
      return found?.id ?? 0
    })
  const [inside, outside] = [await rowOf(30), await rowOf(31)]
  const told = async (row: number) =>
    (await app.app.use(disclosures).about(app.app.db, [{ dataset: PERSONS, row }], { limit: 10 })).map(
      ({ way, consumer, purpose, fields }) => ({ way, consumer, purpose, fields }),
    )
  await applicant.post(`/api/exchange/grants/${grant}/files`, { format: 'csv' })
  await fileOf(applicant, grant)
  await remove(30)
  const each = { consumer: 'city.ecology', purpose: '批量核对', fields: ['idNumber', 'name', 'division'] }
  expect(await told(inside)).toEqual([{ ...each, way: 'file' }])
  await write([person(33)])
  const later = await rowOf(33)
  await applicant.get(`/api/exchange/grants/${grant}/changes`)
  expect(await told(later)).toEqual([{ ...each, way: 'subscription' }])
  // Found while it is gathered, and when it has been taken into the index.
  await app.app.pool.query('select exchange.file_rows_of_receipts()')
  expect(await told(later)).toEqual([{ ...each, way: 'subscription' }])
  expect(await told(outside)).toEqual([])
  await asOwner(app.ownerUrl, `update exchange.file set state = 'cancelled' where grant_id = '${grant}'`)
  expect(await told(inside)).toEqual([])
  await remove(31)
  await remove(33)
})

test('a file that was killed after its receipt was left goes with that receipt; lost with its disk, it is made with another', async () => {
  const { applicant } = people
  const { grant } = await granted(people, { ways: ['file'] })
  await applicant.post(`/api/exchange/grants/${grant}/files`, { format: 'xlsx' })
  const first = await fileOf(applicant, grant)
  const again = async () => {
    await asOwner(
      app.ownerUrl,
      `update exchange.file set state = 'making', receipt = null, ended_at = null where id = '${first.id}'`,
    )
    await app.app.work(system('test'), async (work) =>
      work.enqueue('exchange.file', { id: first.id }, { key: first.id }),
    )
    return fileOf(applicant, grant)
  }
  expect(await again()).toMatchObject({ state: 'done', receipt: first.receipt, rows: first.rows })
  for (let lost = 0; lost < 2; lost++) {
    await rm(join(app.app.config.dataDir, 'exchange', `${first.id}.xlsx`))
    const { state, receipt } = await again()
    expect(state).toBe('done')
    expect(receipt).not.toBe(first.receipt)
    const left = await until(async () => {
      const { status, body } = await people.owner.get(`/api/exchange/receipts/${receipt}`)
      return status === 200 ? body : undefined
    })
    const got = await fetch(`${app.address}/api/exchange/files/${first.id}`, { headers: { cookie: applicant.cookie } })
    expect(left.record.answer).toBe(sm3Hex(Buffer.from(await got.arrayBuffer())))
  }
})

test('ordering a file is a call: receipted, once for its number, within the quota; its rows count as used when it is done', async () => {
  const { applicant, bureau } = people
  const { token } = await machineOf(app, bureau, 'city.ecology')
  const { grant } = await granted(people, { ways: ['file'], quota: 3 })
  const order = (request: string) => postAs(token, `/api/exchange/grants/${grant}/files`, request, { format: 'csv' })
  const first = await order('order-number-1')
  expect(first.body).toMatchObject({ file: { state: 'making', grant }, receipt: expect.any(String) })
  await fileOf(applicant, grant)
  const used = async () => (await applicant.get(`/api/exchange/grants/${grant}`)).body.today
  expect(await used()).toEqual({ calls: 1, rows: 12 })
  expect((await app.app.use(grants).lastCalls(app.app.db)).get(PERSONS)).toBe(formatDay(dayAt(Date.now())))
  expect((await order('order-number-2')).status).toBe(200)
  const again = await order('order-number-1')
  expect([again.status, again.body.code]).toEqual([409, 'replayed'])
  const beyond = await order('order-number-3')
  expect([beyond.status, beyond.body.code]).toEqual([429, 'quota-used'])
  await fileOf(applicant, grant)
  expect(await used()).toMatchObject({ rows: 24 })
  const { files } = (await applicant.get(`/api/exchange/grants/${grant}/files`)).body
  expect(files).toHaveLength(2)
  const seen = (await people.owner.get(`/api/exchange/receipts?grant=${grant}`)).body.rows
  expect(seen.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual([
    ...['answered', 'answered', 'answered', 'answered'],
    ...['quota-used', 'replayed'],
  ])
})

test('two files of a grant are made at a time and ten kept; the consumer deletes what he has downloaded, nobody else', async () => {
  const { applicant, owner } = people
  const { grant } = await granted(people, { ways: ['file'] })
  const path = `/api/exchange/grants/${grant}/files`
  const order = async () => (await applicant.post(path, { format: 'csv' })).body
  const lie = (state: string, count: number) =>
    asOwner(
      app.ownerUrl,
      `insert into exchange.file (id, grant_id, format, state, about, by, made_at)
       select '${grant}-${state}-' || n, '${grant}', 'csv', '${state}', 0, 'x', now() from generate_series(1, ${count}) n`,
    )
  await lie('making', 2)
  expect((await order()).code).toBe('files-under-way')
  await asOwner(app.ownerUrl, `delete from exchange.file where grant_id = '${grant}'`)
  const made = (await order()).file
  await fileOf(applicant, grant)
  await lie('done', 9)
  expect((await order()).code).toBe('too-many-files')
  const [seen] = (await owner.get(`/api/exchange/receipts?grant=${grant}&refused=true`)).body.rows
  expect(seen).toMatchObject({ way: 'file', outcome: 'too-many-files' })
  expect((await people.county.delete(`/api/exchange/files/${made.id}`)).status).toBe(404)
  expect((await applicant.delete(`/api/exchange/files/${made.id}`)).status).toBe(200)
  expect((await applicant.get(`/api/exchange/files/${made.id}`)).body.code).toBe('no-file')
  expect((await order()).file).toMatchObject({ state: 'making' })
})

test('a file of which the draft was lost is made from the beginning; a cancelled one is not made', async () => {
  const { applicant } = people
  const { grant } = await granted(people, { ways: ['file'] })
  await asOwner(
    app.ownerUrl,
    `insert into exchange.file (id, grant_id, format, rows, about, bytes, after, by, made_at)
     values ('lost', '${grant}', 'jsonl', 5, 12, 9999, 5, 'x', now()), ('gone', '${grant}', 'csv', 0, 12, 0, 0, 'x', '2020-01-01')`,
  )
  expect((await applicant.delete('/api/exchange/files/gone')).status).toBe(200)
  await app.app.work(system('test'), async (work) => {
    for (const id of ['lost', 'gone']) work.enqueue('exchange.file', { id }, { key: id })
  })
  const files = await until(async () => {
    const { body } = await applicant.get(`/api/exchange/grants/${grant}/files`)
    return body.files.some(({ state }: { state: string }) => state === 'making') ? undefined : body.files
  })
  expect(files).toMatchObject([
    { id: 'lost', state: 'done', rows: 12 },
    { id: 'gone', state: 'cancelled', rows: 0 },
  ])
  const text = (await applicant.get('/api/exchange/files/lost')).body as string
  expect(text.trimEnd().split('\n').length).toBe(12)
})

test('a subscriber gets what there is, then each change once, and what has left his rows', async () => {
  const { applicant } = people
  const more = { ways: ['subscription'], rows: { division: { prefix: '370902' } } }
  const { grant } = await granted(people, more)
  const pull = async (after?: string) =>
    (await applicant.get(`/api/exchange/grants/${grant}/changes${after ? `?after=${after}` : ''}`)).body
  const first = await pull()
  expect(first.changes.length).toBe(8)
  await write([
    { ...person(0), name: '张新名' },
    { ...person(2), division: DIVISIONS[1] },
    { ...person(1), name: '不在范围' },
    { ...person(50), division: DIVISIONS[0] },
  ])
  await remove(3)
  const next = await until(async () => {
    const page = await pull(first.next)
    return page.changes.length >= 4 ? page : undefined
  })
  const told = next.changes.map(({ change, value }: { change: string; value: { name: string } }) => [
    change,
    value.name,
  ])
  expect(new Set(told.map((each: string[]) => each.join(' ')))).toEqual(
    new Set([`gone ${person(2).name}`, `gone ${person(3).name}`, `put ${person(50).name}`, 'put 张新名']),
  )
  expect((await pull(next.next)).changes).toEqual([])
  const { grant: other } = await granted(people, more)
  const wrong = await applicant.get(`/api/exchange/grants/${other}/changes?after=${first.next}`)
  expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong-cursor'])
})

test('changes are pushed, signed, and tried again when the consumer was away', async () => {
  const { applicant } = people
  const { grant } = await granted(people, { ways: ['subscription'], rows: { division: { prefix: '370911' } } })
  const path = `/api/exchange/grants/${grant}/subscription`
  const wrong = await applicant.put(path, { url: 'http://169.254.169.254/latest' })
  expect([wrong.status, wrong.body.code]).toEqual([422, 'wrong-target'])
  const { secret } = (await applicant.put(path, { url: `http://${host}/changes` })).body
  const first = await until(() => heard.find(({ body }) => body.includes(grant)))
  expect(first.signature).toBe(hmacSm3(Buffer.from(secret, 'hex'), `${first.at}.${first.body}`).toString('hex'))
  expect(JSON.parse(first.body).changes.length).toBeGreaterThanOrEqual(4)
  answers = 503
  await write([{ ...person(4), name: '张推送' }])
  const state = async () => (await applicant.get(path)).body.subscription
  expect(await until(async () => ((await state()).failures > 0 ? state() : undefined))).toMatchObject({
    problem: 'answered 503',
  })
  answers = 200
  await asOwner(app.ownerUrl, `update exchange.subscription set tried_at = '2020-01-01' where grant_id = '${grant}'`)
  await app.app.work(system('test'), async (work) => work.enqueue('exchange.resume', {}))
  await until(() => heard.find(({ body }) => body.includes('张推送')))
  expect(await until(async () => ((await state()).failures === 0 ? state() : undefined))).toMatchObject({ state: 'on' })
  expect((await people.owner.delete(path)).status).toBe(403)
  expect((await applicant.delete(path)).status).toBe(200)
})

const bodies = (grant: string) => heard.map(({ body }) => JSON.parse(body)).filter((each) => each.grant === grant)

test('a subscription is pushed once at a time, however often it is ordered', async () => {
  const { applicant } = people
  const { grant } = await granted(people, { ways: ['subscription'] })
  answersAfter = 1_500
  await applicant.put(`/api/exchange/grants/${grant}/subscription`, { url: `http://${host}/slow` })
  await until(() => (bodies(grant).length > 0 ? true : undefined))
  for (let again = 0; again < 3; again++)
    await app.app.work(system('test'), async (work) => work.enqueue('exchange.push', { grant }, { key: `${again}` }))
  const path = `/api/exchange/grants/${grant}/subscription`
  await until(async () => ((await applicant.get(path)).body.subscription.delivered > 0 ? true : undefined))
  answersAfter = 0
  await sleep(500)
  expect(bodies(grant)).toHaveLength(1)
  const { today } = (await applicant.get(`/api/exchange/grants/${grant}`)).body
  expect(today.calls).toBe(1)
})

test('a push begins with all rows at first, at a new address, started again, and after changes were cut, and says why', async () => {
  const { applicant } = people
  const { grant } = await granted(people, { ways: ['subscription'], rows: { division: { prefix: '370902' } } })
  const path = `/api/exchange/grants/${grant}/subscription`
  const save = async (to: string) => (await applicant.put(path, { url: `http://${host}/${to}` })).body.begins
  const begun = (count: number) =>
    until(() => {
      const all = bodies(grant).filter(({ begins }) => begins)
      return all.length === count ? all.at(-1) : undefined
    })
  const settled = (why: string) =>
    until(async () => {
      const { subscription } = (await applicant.get(path)).body
      const { rows } = await asOwner(
        app.ownerUrl,
        `select cursor from exchange.subscription where grant_id = '${grant}'`,
      )
      return subscription.begunWhy === why && rows[0].cursor !== '' ? subscription : undefined
    })
  expect(await save('one')).toBe(true)
  const first = await begun(1)
  expect(first.why).toBe('first')
  await settled('first')
  expect(await save('one')).toBe(false)
  expect(await save('two')).toBe(true)
  expect(await begun(2)).toMatchObject({ why: 'address', changes: first.changes })
  await settled('address')
  await applicant.delete(path)
  expect(await save('two')).toBe(true)
  expect(await begun(3)).toMatchObject({ why: 'restart', changes: first.changes })
  const { begunAt } = await settled('restart')
  await asOwner(
    app.ownerUrl,
    `insert into registry.change_cut (dataset, xid, id) values ('${PERSONS}', pg_current_xact_id(), 0)
     on conflict (dataset) do update set xid = excluded.xid`,
  )
  await app.app.work(system('test'), async (work) => work.enqueue('exchange.push', { grant }, { key: 'cut' }))
  expect(await begun(4)).toMatchObject({ why: 'cut', changes: first.changes })
  const last = await settled('cut')
  expect(last).toMatchObject({ failures: 0, problem: null })
  expect(last.begunAt > begunAt).toBe(true)
  // Transactions of other databases of the server may be older than the cut; whoever begins now would be before it.
  await asOwner(app.ownerUrl, 'delete from registry.change_cut')
})

test('a consumer who has no row hears that it begins, and so that what he had is to be replaced', async () => {
  const { grant } = await granted(people, { ways: ['subscription'], rows: { division: { is: '370983' } } })
  await people.applicant.put(`/api/exchange/grants/${grant}/subscription`, { url: `http://${host}/none` })
  await until(() => (bodies(grant).length > 0 ? true : undefined))
  expect(bodies(grant)).toMatchObject([{ begins: true, why: 'first', changes: [] }])
})

test('who subscribes hears when a mark of a row is set and when it is lifted, fetched and pushed, and of no other row', async () => {
  const { applicant, county } = people
  const { grant } = await granted(people, { ways: ['subscription'], rows: { division: { prefix: '370902' } } })
  const pull = async (after?: string) =>
    (await applicant.get(`/api/exchange/grants/${grant}/changes${after ? `?after=${after}` : ''}`)).body
  const objected = new Map<number, Mark>()
  const marks = app.app.use(rowMarks)
  marks.source({
    of: async (_, id, rows) => new Map([...objected].filter(([row]) => id === PERSONS && rows.includes(row))),
    any: async () => objected.size > 0,
  })
  await applicant.put(`/api/exchange/grants/${grant}/subscription`, { url: `http://${host}/marks` })
  const start = await pull()
  const [{ row }] = start.changes
  const mark = { code: 'under-objection', title: { zh: '有异议', en: 'Disputed' }, since: '2026-03-01T00:00:00Z' }
  const tell = () => app.app.work(system('test'), (work) => marks.changed(work, PERSONS, [row]))
  objected.set(row, { ...mark, path: '/loops/1' })
  await tell()
  const next = (after: string) =>
    until(async () => {
      const page = await pull(after)
      return page.changes.length > 0 ? page : undefined
    })
  const set = await next(start.next)
  expect(set.changes).toMatchObject([{ row, change: 'put' }])
  expect(set.changes[0].marks).toEqual([mark])
  await until(() =>
    bodies(grant)
      .flatMap(({ changes }) => changes)
      .find((each) => each.row === row && each.marks),
  )
  objected.clear()
  await tell()
  const lifted = await next(set.next)
  expect(lifted.changes).toMatchObject([{ row, change: 'put' }])
  expect(lifted.changes[0]).not.toHaveProperty('marks')
  expect((await county.get(`/api/exchange/grants/${grant}/changes?after=${start.next}`)).status).toBe(404)
})
