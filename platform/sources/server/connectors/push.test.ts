import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp } from '#platform/testing'
import type { SourcesParts } from '../parts.ts'
import { tick } from '../schedule/tick.ts'
import {
  begin,
  collect,
  collectingApp,
  feedOf,
  noticesOf,
  people,
  rowsOf,
  settled,
  untilCollected,
} from '../testing/people.ts'

let running: TestApp
let steward: SignedInClient
beforeAll(async () => {
  running = await collectingApp()
  steward = await client(running, {
    rights: { 'sources.read': 'city', 'sources.run': 'city', 'sources.push': 'city' },
    organisation: 'city.human-resources',
  })
})
afterAll(() => running.stop())

const objects = (count: number, from = 0, change: object = {}) =>
  people(count, from).map(([number, name, amount, state]) => ({
    number,
    name,
    amount: Number(amount),
    state,
    ...change,
  }))
const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

async function pushed() {
  const known = await feedOf(running, { connection: { kind: 'push' } }, { from: '', columns: { name: 'name' } })
  /** A batch that waits, as if it had been pushed while a run was open. */
  const wait = async (key: string, content: string | Buffer, totals?: object) => {
    const { sm3, size } = await running.app.use(dataDesk).keep(`${key}.jsonl`, Readable.from([content]))
    await asOwner(
      running.ownerUrl,
      `insert into sources.batch (feed, key, file, name, bytes, totals, by, at)
        values ('${known.feed}', '${key}', '${sm3}', '${key}.jsonl', ${size},
          ${totals ? `'${JSON.stringify(totals)}'` : 'null'}, 'x', now())`,
    )
  }
  const told = async (key: string) => (await steward.get(`/api/sources/feeds/${known.feed}/batches/${key}`)).body
  return { ...known, wait, told, run: () => collect(running, known.feed) }
}

/** So many rows that a run is not done before it is cancelled. */
const MANY = 8000

async function cancelled(feed: string): Promise<number> {
  const run = await begin(running, feed)
  await untilCollected(running, run)
  expect((await steward.post(`/api/sources/runs/${run}/cancel`)).status).toBe(200)
  await sleep(300)
  expect(await settled(running, run)).toMatchObject({ state: 'cancelled' })
  return run
}

test('good batches and good lines are stored although others of the same run cannot be read; what cannot is kept and told', async () => {
  const { feed, table, wait, told, run } = await pushed()
  await wait('good', lines(objects(10)))
  await wait('cut', '{"number":"P000099","name":"王')
  await wait('nonsense', 'number;name\nP1;x\n')
  const torn = `${lines(objects(5, 10))}{"number":"P000050","na\nnot JSON\n${lines(objects(5, 15))}`
  await wait('torn', torn)
  await wait('nothing', '[]')
  await wait('array', JSON.stringify(objects(10, 20)))
  const done = await run()
  expect(done).toMatchObject({
    state: 'incomplete',
    reconciliation: { arrivedRows: 30, inserted: 30 },
    problem: { zh: expect.stringContaining('3 批推送数据有读不出的部分') },
  })
  expect(await rowsOf(running, table)).toHaveLength(30)
  expect(await told('good')).toMatchObject({ rowsAreIn: true, unreadable: null })
  expect(await told('cut')).toMatchObject({ rowsAreIn: false, unreadable: { en: expect.stringContaining('Nothing') } })
  expect(await told('nonsense')).toMatchObject({ rowsAreIn: false })
  expect(await told('torn')).toMatchObject({
    rowsAreIn: false,
    unreadable: { en: expect.stringMatching(/^2 lines are not whole JSON objects.*\(6, 7\)/) },
  })
  for (const key of ['nothing', 'array']) expect(await told(key)).toMatchObject({ rowsAreIn: true })
  expect(await noticesOf(running, steward.actor.id, feed, 1)).toMatchObject([
    { body: expect.stringContaining('cut.jsonl, nonsense.jsonl, torn.jsonl') },
  ])
  const { parts } = (await steward.get(`/api/sources/runs/${done.id}`)).body
  const kept = parts.find(
    ({ kind, name }: { kind: string; name: string }) => kind === 'unreadable' && /torn/.test(name),
  )
  expect(kept).toMatchObject({ bytes: Buffer.byteLength(torn), problem: { zh: expect.stringContaining('第 6、7 行') } })
  await wait('cut-2', '{"number":"P0000')
  expect((await run()).state).toBe('incomplete')
  expect(await noticesOf(running, steward.actor.id, feed, 2)).toMatchObject([
    {},
    { body: expect.stringContaining('cut-2.jsonl') },
  ])
  await wait('next', lines(objects(1, 40)))
  expect(await run()).toMatchObject({ state: 'done', reconciliation: { inserted: 1 } })
})

test.each([
  ['UTF-8 with a byte order mark', (text: string) => Buffer.from(text), Buffer.from('\ufeff')],
  ['UTF-16', (text: string) => Buffer.from(text, 'utf16le'), Buffer.from('\ufeff', 'utf16le')],
  ['GB 18030', (text: string) => iconv.encode(text, 'gb18030'), Buffer.alloc(0)],
])('a batch in %s is stored to its last row, and without its bad line as it came', async (name, encode, mark) => {
  const { table, wait, told, run } = await pushed()
  await wait('whole', Buffer.concat([mark, encode(lines(objects(5)))]))
  expect(await run()).toMatchObject({ state: 'done', reconciliation: { inserted: 5 }, drift: { findings: [] } })
  const torn = Buffer.concat([mark, encode(`${lines(objects(2, 5))}{"number":"P0000,"na\n${lines(objects(3, 7))}`)])
  await wait('torn', torn)
  const { id, state, reconciliation } = await run()
  expect([state, reconciliation]).toMatchObject(['incomplete', { arrivedRows: 5, inserted: 5 }])
  expect(await told('torn')).toMatchObject({ rowsAreIn: false, unreadable: { en: expect.stringContaining('(3)') } })
  expect((await rowsOf(running, table)).map((row) => row.name)).toEqual(people(10).map(([, each]) => each))
  const { parts } = (await steward.get(`/api/sources/runs/${id}`)).body
  const bytesOf = (kind: string) =>
    readFile(running.app.use(dataDesk).pathOf(parts.find((part: { kind: string }) => part.kind === kind).file))
  expect(await bytesOf('unreadable')).toEqual(torn)
  const good = encode(lines(objects(5, 5)))
  expect(await bytesOf('rows')).toEqual(name === 'UTF-16' ? Buffer.concat([mark, good]) : good)
})

test('a run of batches that was stopped goes on after newer ones: what only it holds comes in, newer values stay', async () => {
  const { feed, table, wait, told, run } = await pushed()
  await wait('old', lines(objects(MANY)))
  await wait('old-2', lines(objects(10, MANY)))
  const stopped = await cancelled(feed)
  await wait('new', lines(objects(5, 0, { amount: 7, state: 'new' })))
  await run()
  await wait('newer', lines(objects(3, 0, { amount: 8, state: 'newer' })))
  expect((await run()).state).toBe('done')
  expect((await steward.post(`/api/sources/runs/${stopped}/resume`)).status).toBe(200)
  expect(await settled(running, stopped)).toMatchObject({
    state: 'done',
    remark: { en: expect.stringContaining('no newer value was overwritten') },
  })
  const rows = await rowsOf(running, table)
  expect(rows).toHaveLength(MANY + 10)
  expect(rows.slice(0, 6).map(({ state }) => state)).toEqual(['newer', 'newer', 'newer', 'new', 'new', '正常'])
  expect(await told('old-2')).toMatchObject({ state: 'done', rowsAreIn: true })
  expect(await told('newer')).toMatchObject({ state: 'done', rowsAreIn: true })
})

test('a run that is stopped once more has what was stored behind it once, and its source names it until it is done', async () => {
  const { feed, table, wait, run } = await pushed()
  await wait('old', lines(objects(MANY)))
  const stopped = await cancelled(feed)
  await wait('new', lines(objects(5, 0, { state: 'new' })))
  expect((await run()).state).toBe('done')
  const named = async () => (await steward.get(`/api/sources/systems/${feed.split('.')[0]}`)).body.stopped
  expect(await named()).toMatchObject([{ id: stopped, feedTitle: { en: 'Test source' } }])
  expect((await steward.post(`/api/sources/runs/${stopped}/resume`)).status).toBe(200)
  expect((await steward.post(`/api/sources/runs/${stopped}/cancel`)).status).toBe(200)
  await sleep(300)
  await wait('newer', lines(objects(2, 0, { state: 'newer' })))
  expect((await run()).state).toBe('done')
  expect((await steward.post(`/api/sources/runs/${stopped}/resume`)).status).toBe(200)
  expect(await settled(running, stopped)).toMatchObject({
    state: 'done',
    reconciliation: { arrivedRows: MANY + 7 },
    remark: { en: expect.stringContaining('2 later runs') },
  })
  const { parts } = (await steward.get(`/api/sources/runs/${stopped}`)).body
  expect(parts.map(({ name }: { name: string }) => name)).toEqual(['old.jsonl', 'new.jsonl', 'newer.jsonl'])
  const states = (await rowsOf(running, table)).slice(0, 6).map(({ state }) => state)
  expect(states).toEqual(['newer', 'newer', 'new', 'new', 'new', '正常'])
  expect(await named()).toEqual([])
})

test('who refuses a run is told that all its batches are concerned, and so is who pushed them; batches that waited are taken up', async () => {
  const { feed, table, wait, told, run } = await pushed()
  await wait('first', lines(objects(150)))
  await run()
  await wait('wrong', lines(objects(150, 0, { state: '04' })))
  await wait('good', lines(objects(1, 300)))
  await wait('torn', '{"number":"P0')
  const halted = await run()
  expect(halted.state).toBe('halted')
  await wait('right', lines(objects(1, 200)))
  expect(await begin(running, feed)).toBe(halted.id)
  expect((await steward.get(`/api/sources/runs/${halted.id}`)).body.waitingBatches).toBe(2)
  await steward.post(`/api/sources/runs/${halted.id}/decision`, { accepted: false, note: '代码错了' })
  const refused = { zh: expect.stringMatching(/代码错了.*2 批全部没有写入.*新的 Idempotency-Key/) }
  for (const key of ['wrong', 'good'])
    expect(await told(key)).toMatchObject({ state: 'refused', rowsAreIn: false, problem: refused })
  await tick({ app: running.app } as SourcesParts)
  while ((await rowsOf(running, table)).length < 151) await sleep(40)
  expect(await told('first')).toMatchObject({ rowsAreIn: true, problem: null })
})

test('small batches do not stop the feed for a last letter or an empty field; a column that is gone does', async () => {
  const { table, wait, run } = await pushed()
  const citizens = (count: number, end: string, from = 0) =>
    Array.from({ length: count }, (_, n) => ({ ...objects(1)[0], number: `37090219900101${100 + from + n}${end}` }))
  await wait('x', lines(citizens(1, 'X')))
  expect((await run()).state).toBe('done')
  await wait('digit', lines(citizens(1, '1')))
  expect((await run()).state).toBe('done')
  await wait('many', lines(citizens(120, '2', 100)))
  expect((await run()).state).toBe('done')
  await wait('without', lines(citizens(1, '3').map(({ state, ...row }) => row)))
  expect((await run()).state).toBe('done')
  expect(await rowsOf(running, table)).toHaveLength(123)
  await wait('gone', lines(citizens(30, '4').map(({ amount, ...row }) => row)))
  expect(await run()).toMatchObject({ state: 'halted', drift: { findings: [{ kind: 'dropped', column: 'amount' }] } })
})

test('each batch is compared with what was said of it; those of which nothing was said are not', async () => {
  const { table, wait, run } = await pushed()
  await wait('silent', lines(objects(3)))
  await wait('right', lines(objects(4, 10)), { rows: 4, columns: {} })
  await wait('wrong', lines(objects(5, 20)), { rows: 6, columns: { amount: { sum: '1' } } })
  expect(await run()).toMatchObject({
    state: 'incomplete',
    problem: {
      en: expect.stringContaining('Figures that are not as at the source: wrong.jsonl, wrong.jsonl · amount'),
    },
    reconciliation: {
      sourceRows: null,
      agrees: false,
      columns: [
        { batch: 'right.jsonl', what: 'rows', source: '4', arrived: '4', agrees: true },
        { batch: 'wrong.jsonl', what: 'rows', source: '6', arrived: '5', agrees: false },
        { batch: 'wrong.jsonl', column: 'amount', what: 'sum', source: '1', agrees: false },
      ],
    },
  })
  expect(await rowsOf(running, table)).toHaveLength(12)
  await wait('silent-2', lines(objects(1, 30)))
  expect((await run()).reconciliation).toMatchObject({ sourceRows: null, columns: [], agrees: null })
})
