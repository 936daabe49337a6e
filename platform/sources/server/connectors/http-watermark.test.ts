import { readdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type SignedInClient, type TestApp } from '#platform/testing'
import { system } from '#runtime'
import { type FeedDefinition, sources } from '../../contract.ts'
import { begin, collect, collectingApp, feedOf, noticesOf, people, rowsOf, settled } from '../testing/people.ts'

type Row = Readonly<Record<string, unknown>>

const DAY_MS = 86_400_000
/** Several collections one behind the other. */
const LONG = { timeout: 180_000 }
let running: TestApp
let server: Server
let address: string
let steward: SignedInClient
let now = () => new Date()
/** What the interface holds; it hands out rows of which the serial is greater than `since`. */
let held: readonly Row[] = []
let asked: (string | null)[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    const since = new URL(request.url ?? '', 'http://x').searchParams.get('since')
    asked.push(since)
    const rows = held.filter(({ serial }) => !since || Number(serial) > Number(since))
    response.end(JSON.stringify({ rows, total: rows.length }))
  }).listen(0, '127.0.0.1')
  running = await collectingApp({ env: { DAIZONG_SOURCE_HOSTS: '127.0.0.1' }, now: () => now() })
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  steward = await client(running, { rights: { 'sources.run': 'city', 'sources.define': 'city' } })
})
afterAll(async () => {
  await running.stop()
  server.close()
})

const numbered = (count: number): Row[] =>
  people(count).map(([number, name, amount, state], n) => ({ number, name, amount, state, serial: n + 1 }))

const WATERMARK = { column: 'serial', overlapSeconds: 0, overlapNumbers: 0 } as const
const pages = { rows: 'rows', next: { by: 'nothing' }, total: 'total' } as const

async function interfaceOf(rows: readonly Row[], feed: Partial<FeedDefinition> = {}) {
  held = rows
  const definition = { from: 'people?since={mark}', mode: 'watermark', watermark: WATERMARK, pages, ...feed } as const
  const known = await feedOf(
    running,
    { connection: { kind: 'http', address } },
    { columns: { name: 'name' }, ...definition },
  )
  const run = async () => {
    asked = []
    return await collect(running, known.feed)
  }
  const whole = async () => {
    asked = []
    return settled(running, await begin(running, known.feed, { whole: true }))
  }
  /** Replaces the definition, as the form does. */
  const change = (other: Partial<FeedDefinition>) => {
    const { dataset, feed: id } = known
    const title = { zh: 'x', en: 'x' }
    const source = id.replace(/\..*/, '')
    const fixed = { source, title, dataset, deletes: 'keep', isOn: true, columns: { name: 'name' } }
    return steward.put(`/api/sources/feeds/${id}`, { ...fixed, ...definition, ...other })
  }
  return { ...known, run, whole, change }
}

test('serials are asked for by number: what follows 10 comes, although 9 is greater as a text', async () => {
  const { run } = await interfaceOf(numbered(10))
  expect((await run()).reconciliation).toMatchObject({ inserted: 10 })
  held = numbered(12)
  expect((await run()).reconciliation).toMatchObject({ inserted: 2, agrees: true })
  expect(asked).toEqual(['10'])
  held = [...numbered(12), { ...numbered(1)[0], number: 'LONG', serial: '9007199254740993' }]
  await run()
  await run()
  expect(asked).toEqual(['9007199254740993'])
})

test('a watermark of two kinds fails and names both values', async () => {
  const [first, second] = numbered(2)
  const { run } = await interfaceOf([
    { ...first, serial: 9 },
    { ...second, serial: 'A10' },
  ])
  expect(await run()).toMatchObject({
    state: 'failed',
    problem: { en: expect.stringContaining('the number 9, the text A10') },
  })
})

test(
  'all is compared when asked: what increments missed is mended and told, what is gone is counted, kept and told',
  LONG,
  async () => {
    const { run, whole, feed, table } = await interfaceOf(numbered(40))
    await run()
    const [late] = numbered(1)
    held = [...numbered(41).slice(2), { ...late, number: 'LATE', serial: 3 }]
    const compared = await whole()
    expect(asked).toEqual(['40', ''])
    expect(compared).toMatchObject({
      state: 'done',
      reconciliation: { sourceRows: 40, inserted: 1, same: 39, removed: 0, gone: 2, agrees: true },
      remark: {
        en: expect.stringMatching(/missed at least 1 rows.*2 rows that are not at the source any more are kept/),
      },
    })
    expect(await rowsOf(running, table)).toHaveLength(42)
    const told = await noticesOf(running, steward.actor.id, feed, 2)
    expect(told.map(({ title }) => title)).toEqual([
      expect.stringContaining('missed at least 1 rows'),
      expect.stringContaining('2 rows that are not at the source any more are kept'),
    ])
    const stranger = await client(running, { rights: { 'sources.run': 'unit' }, organisation: 'city.ecology' })
    expect(await noticesOf(running, stranger.actor.id, feed, 0)).toEqual([])
    expect((await stranger.post(`/api/sources/feeds/${feed}/runs`, { whole: true })).status).toBe(404)
    expect((await whole()).reconciliation).toMatchObject({ gone: 2 })
    expect(await noticesOf(running, steward.actor.id, feed, 2)).toHaveLength(2)
  },
)

test('told to delete what is gone, the next comparison does, and many rows only by a decision', LONG, async () => {
  const { run, whole, change, table } = await interfaceOf(numbered(80))
  await run()
  held = numbered(80).slice(3)
  expect((await change({ deletes: 'missing' })).status).toBe(200)
  expect((await whole()).reconciliation).toMatchObject({ removed: 3, agrees: true })
  held = numbered(80).slice(30)
  const halted = await whole()
  expect(halted).toMatchObject({ state: 'halted', drift: { findings: [{ kind: 'shrunk' }] } })
  expect(await rowsOf(running, table)).toHaveLength(77)
  await steward.post(`/api/sources/runs/${halted.id}/decision`, { accepted: true, note: '已注销' })
  expect((await settled(running, halted.id)).reconciliation).toMatchObject({ removed: 27 })
})

test('bytes of a collection that broke off are deleted after a week, with a record; those of others stay', async () => {
  const { run, whole } = await interfaceOf(numbered(3))
  await run()
  const [other] = numbered(1)
  held = [...numbered(5), { ...other, serial: 'A10' }]
  expect((await whole()).state).toBe('failed')
  const store = join(running.app.config.dataDir, 'registry')
  const { rows: noted } = await asOwner(running.ownerUrl, 'select sm3 from registry.file')
  const isNoted = (name: string) => noted.some(({ sm3 }) => sm3 === name)
  await writeFile(join(store, '.begun'), 'half a page')
  const loose = (await readdir(store)).filter((name) => !isNoted(name))
  // Increments without rows have left an empty file besides.
  expect(loose.length).toBeGreaterThan(1)
  const sweep = () => running.app.work(system('test'), async (work) => work.enqueue('registry.loose-files', {}))
  const swept = async () =>
    (await asOwner(running.ownerUrl, `select details from audit.entry where details ? 'brokenOff'`)).rows
  now = () => new Date(Date.now() + 8 * DAY_MS)
  await sweep()
  while ((await swept()).length === 0 || (await readdir(store)).includes('.begun')) await sleep(50)
  now = () => new Date()
  expect((await swept())[0].details.files.toSorted()).toEqual(loose.toSorted())
  expect((await readdir(store)).toSorted()).toEqual(noted.map(({ sm3 }) => sm3).toSorted())
})

test('all is compared by itself after seven days, once', LONG, async () => {
  const { run } = await interfaceOf(numbered(10))
  await run()
  held = numbered(11)
  await run()
  expect(asked).toEqual(['10'])
  now = () => new Date(Date.now() + 8 * DAY_MS)
  await run()
  expect(asked).toEqual(['11', ''])
  await run()
  expect(asked).toEqual(['11'])
  now = () => new Date()
})

test('an interface that wants a mark gets the first one; one that never gives all is not compared, and says so', async () => {
  const { run } = await interfaceOf(numbered(3), { watermark: { ...WATERMARK, first: '0' } })
  await run()
  expect(asked).toEqual(['0'])
  const half = { ...WATERMARK, givesAll: false }
  const { run: runHalf, feed, change } = await interfaceOf(numbered(3), { watermark: half })
  await runHalf()
  held = numbered(2)
  expect(await steward.post(`/api/sources/feeds/${feed}/runs`, { whole: true })).toMatchObject({
    status: 409,
    body: { code: 'gives-no-all' },
  })
  now = () => new Date(Date.now() + 8 * DAY_MS)
  await runHalf()
  expect(asked).toEqual(['3'])
  now = () => new Date()
  const faults = async (other: Partial<FeedDefinition>) =>
    (await change(other)).body.issues.map(({ path }: { path: string }) => path)
  expect(await faults({ watermark: half, deletes: 'missing', wholeEveryDays: 7 })).toEqual([
    '/wholeEveryDays',
    '/deletes',
  ])
  expect(await faults({ from: 'people' })).toEqual(['/from'])
  expect((await running.app.use(sources).feeds()).find(({ id }) => id === feed)?.watermark?.givesAll).toBe(false)
})
