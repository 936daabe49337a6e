import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type TestApp } from '#platform/testing'
import { type FeedDefinition, sources } from '../../contract.ts'
import { begin, collect, collectingApp, feedOf, noticesOf, people, rowsOf } from '../testing/people.ts'

type Reply = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }

let running: TestApp
let server: Server
let address: string
let reply: (request: IncomingMessage, url: URL) => Reply
beforeAll(async () => {
  server = createServer((request, response) => {
    const { status = 200, headers = {}, body = '' } = reply(request, new URL(request.url ?? '', address))
    response.writeHead(status, headers).end(body)
  }).listen(0, '127.0.0.1')
  running = await collectingApp({ env: { DAIZONG_SOURCE_HOSTS: '127.0.0.1' } })
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await running.stop()
  server.close()
})

const objects = (count: number, from = 0) =>
  people(count, from).map(([number, name, amount, state]) => ({
    number,
    name,
    amount: Number(amount),
    state,
    changed_at: '2026-03-01T00:00:00Z',
  }))

const columns = { name: 'name' }
const pull = (feed: Partial<FeedDefinition>) =>
  feedOf(
    running,
    { connection: { kind: 'http', address: `${address}/api/` }, secret: 'token-7' },
    { from: 'people', columns, ...feed },
  )

test('pages by cursor are followed with the token, through errors and a busy source, and the total agrees', async () => {
  let refusals = 2
  const asked: string[] = []
  reply = ({ headers }, url) => {
    if (headers.authorization !== 'Bearer token-7') return { status: 401 }
    if (refusals-- > 0) return refusals === 1 ? { status: 503 } : { status: 429, headers: { 'retry-after': '1' } }
    const at = Number(url.searchParams.get('after') ?? 0)
    asked.push(url.pathname + url.search)
    const list = objects(250).slice(at, at + 100)
    return { body: JSON.stringify({ data: { list, total: 250 }, next: at + 100 < 250 ? at + 100 : null }) }
  }
  const next = { by: 'cursor', place: 'next', parameter: 'after' } as const
  const { feed, table } = await pull({ pages: { rows: 'data.list', next, total: 'data.total' } })
  const done = await collect(running, feed)
  expect(done.reconciliation).toMatchObject({ sourceRows: 250, inserted: 250, agrees: true })
  expect(asked).toEqual(['/api/people', '/api/people?after=100', '/api/people?after=200'])
  expect(await rowsOf(running, table)).toHaveLength(250)
})

const byNumber = { rows: 'rows', next: { by: 'number', parameter: 'page', first: 1 }, total: 'total' } as const
const handOut = (rows: readonly object[], total: unknown) => {
  reply = (_, url) => {
    const page = Number(url.searchParams.get('page'))
    return { body: JSON.stringify({ rows: rows.slice((page - 1) * 100, page * 100), total }) }
  }
}
const feedView = async (feed: string) => {
  const list = await running.app.use(sources).feeds()
  return list.find(({ id }) => id === feed)
}

test('fewer rows than the source says: what came is stored, nothing is deleted, and people are told both numbers once', async () => {
  handOut(objects(160), 160)
  const { feed, table } = await pull({ pages: byNumber, deletes: 'missing' })
  const rights = { 'sources.run': 'unit' } as const
  const steward = await client(running, { rights, organisation: 'city.human-resources' })
  const stranger = await client(running, { rights, organisation: 'city.ecology' })
  expect((await collect(running, feed)).reconciliation).toMatchObject({ sourceRows: 160, inserted: 160, agrees: true })
  const good = await feedView(feed)
  expect(good?.light).toBe('green')
  handOut(objects(150, 5), 155)
  const half = await collect(running, feed)
  expect(half).toMatchObject({
    state: 'incomplete',
    problem: { en: expect.stringContaining('says 155 rows, 150 arrived') },
    reconciliation: { sourceRows: 155, arrivedRows: 150, removed: 0, agrees: false },
  })
  expect(await rowsOf(running, table)).toHaveLength(160)
  expect(await feedView(feed)).toMatchObject({
    light: 'red',
    lastGoodAt: good?.lastGoodAt,
    lastRun: { problem: { zh: expect.stringContaining('来源称有 155 行，实际收到 150 行') } },
  })
  await collect(running, feed)
  expect(await noticesOf(running, steward.actor.id, feed, 1)).toEqual([
    { title: 'What was collected is not what the source has', body: expect.stringContaining('155 rows, 150 arrived') },
  ])
  expect(await noticesOf(running, stranger.actor.id, feed, 0)).toEqual([])
  handOut(objects(155, 5), 155)
  expect((await collect(running, feed)).reconciliation).toMatchObject({ agrees: true, removed: 5 })
  expect(await feedView(feed)).toMatchObject({ light: 'green', lastRun: { problem: null } })
})

test('the mark stays where it was while rows are missing, also when none came at all', async () => {
  const watermark = { column: 'changed_at', overlapSeconds: 0 }
  const asked: (string | null)[] = []
  const since = (rows: readonly object[], total: number) => {
    reply = (_, url) => {
      asked.push(url.searchParams.get('since'))
      return { body: JSON.stringify({ rows, total }) }
    }
  }
  const pages = { rows: 'rows', next: { by: 'nothing' }, total: 'total' } as const
  const { feed } = await pull({ from: 'people?since={mark}', mode: 'watermark', watermark, pages })
  since(objects(10), 10)
  await collect(running, feed)
  since(
    objects(3, 20).map((row) => ({ ...row, changed_at: '2026-04-01T00:00:00Z' })),
    4,
  )
  expect((await collect(running, feed)).state).toBe('incomplete')
  since([], 4)
  expect((await collect(running, feed)).state).toBe('incomplete')
  expect(asked).toEqual(['', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z'])
})

test('rows that were confirmed late are found, because an interface is asked again from before the mark', async () => {
  const late = { ...objects(1, 40)[0], changed_at: '2026-02-28T23:59:58Z' }
  const asked: (string | null)[] = []
  reply = (_, url) => {
    asked.push(url.searchParams.get('since'))
    return { body: JSON.stringify(asked.length === 1 ? objects(2) : [...objects(2), late]) }
  }
  const watermark = { column: 'changed_at', overlapSeconds: 5 }
  const { feed, table } = await pull({ from: 'people?since={mark}', mode: 'watermark', watermark })
  await collect(running, feed)
  expect((await collect(running, feed)).state).toBe('done')
  expect(asked).toEqual(['', '2026-02-28T23:59:55Z'])
  // What came is no figure of the source, so nothing was compared.
  expect((await collect(running, feed)).reconciliation).toMatchObject({ sourceRows: null, agrees: null })
  expect(await rowsOf(running, table)).toHaveLength(3)
})

test("rows of a first run that was not whole are the feed's own: a whole one deletes what is gone", async () => {
  handOut(objects(110), 111)
  const { feed, table } = await pull({ pages: byNumber, deletes: 'missing' })
  expect((await collect(running, feed)).state).toBe('incomplete')
  handOut(objects(108), 108)
  expect((await collect(running, feed)).reconciliation).toMatchObject({ removed: 2, agrees: true })
  expect(await rowsOf(running, table)).toHaveLength(108)
})

test('a number of rows that is not where it should be is refused', async () => {
  handOut(objects(3), undefined)
  const run = await collect(running, (await pull({ pages: byNumber })).feed)
  expect(run).toMatchObject({
    state: 'failed',
    problem: { en: expect.stringContaining('no number of rows at "total"') },
  })
})

test('an unchanged answer is known by its entity tag; long numbers stay what they are', async () => {
  const number = '370902199001011234'
  reply = ({ headers }) =>
    headers['if-none-match'] === '"v1"'
      ? { status: 304 }
      : { headers: { etag: '"v1"' }, body: `[{"number":${number},"name":"王","amount":1}]` }
  const { feed, table } = await pull({})
  await collect(running, feed)
  expect((await rowsOf(running, table))[0].number).toBe(number)
  expect(await collect(running, feed)).toMatchObject({ remark: { en: expect.stringContaining('nothing new') } })
})

test('an answer cut in half, pages in a circle or on another host fail with the reason', async () => {
  const failing = async (feed: Partial<FeedDefinition>) => {
    const run = await begin(running, (await pull(feed)).feed)
    for (;;) {
      const { problem } = await running.app.use(sources).run(run)
      if (problem) return problem.en
      await sleep(40)
    }
  }
  reply = () => ({ body: '[{"number":"P1"' })
  expect(await failing({})).toContain('not whole JSON')
  const link = { rows: 'rows', next: { by: 'link', place: 'next' } } as const
  reply = () => ({ body: JSON.stringify({ rows: objects(1), next: 'people' }) })
  expect(await failing({ pages: link })).toContain('circle')
  reply = () => ({ body: JSON.stringify({ rows: objects(1), next: 'http://169.254.169.254/latest' }) })
  expect(await failing({ pages: link })).toContain('another host')
})

test('an old run of what can be asked for again is not resumed over newer data, and the mark does not go back', async () => {
  const watermark = { column: 'changed_at', overlapSeconds: 0 }
  const { feed, table } = await pull({ from: 'people?since={mark}', mode: 'watermark', watermark })
  reply = () => ({ body: JSON.stringify(objects(3)) })
  const old = await collect(running, feed)
  const newer = objects(3).map((row) => ({ ...row, state: 'new', changed_at: '2026-05-01T00:00:00Z' }))
  reply = () => ({ body: JSON.stringify(newer) })
  await collect(running, feed)
  const stopped = `update sources.run set state = 'failed' where id = ${old.id};
    update sources.part set is_done = false, load = null where run = ${old.id}`
  await asOwner(running.ownerUrl, stopped)
  const steward = await client(running, { rights: { 'sources.run': 'city' } })
  expect(await steward.post(`/api/sources/runs/${old.id}/resume`)).toMatchObject({
    status: 409,
    body: { code: 'newer-stored' },
  })
  const { rows } = await asOwner(running.ownerUrl, `select mark from sources.feed where id = '${feed}'`)
  expect(rows).toEqual([{ mark: '2026-05-01T00:00:00Z' }])
  expect((await rowsOf(running, table)).every(({ state }) => state === 'new')).toBe(true)
})

test('another system pushes batches: each once, refused rows told, others kept out', async () => {
  const { feed, table } = await feedOf(running, { connection: { kind: 'push' } }, { from: '', columns })
  const maker = await client(running, {
    rights: { 'identity.token.write': 'city', 'sources.push': 'city', 'sources.read': 'city' },
  })
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  const tokenOf = async (rights: Record<string, string>, organisation = 'city.human-resources') =>
    (await maker.post('/api/identity/tokens', { name: 'other system', organisation, rights, expiresAt })).body
      .token as string
  const token = await tokenOf({ 'sources.push': 'unit' })
  const push = async (key: string, body: string, by = token, check?: string) => {
    const answer = await fetch(`${running.address}/api/sources/feeds/${feed}/batches`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${by}`,
        'content-type': 'application/x-ndjson',
        ...(key ? { 'idempotency-key': key } : {}),
        ...(check ? { 'daizong-check': check } : {}),
      },
      body,
    })
    return { status: answer.status, body: await answer.json() }
  }
  const lines = [...objects(20), { number: '', name: 'no number' }].map((row) => JSON.stringify(row)).join('\n')
  const figures = `rows=21; sum.${encodeURIComponent('amount')}=${objects(20).reduce((sum, { amount }) => sum + amount, 0)}`
  expect(await push('day-1', lines, token, figures)).toMatchObject({ status: 200, body: { repeated: false } })
  expect(await push('day-1', lines)).toMatchObject({ status: 200, body: { repeated: true } })
  expect(await push('day-1', `${lines}\n`)).toMatchObject({ status: 409, body: { code: 'key-reused' } })
  expect(await push('x', lines, token, 'rows=ten')).toMatchObject({
    status: 422,
    body: { code: 'wrong-control-figures' },
  })
  expect(await push('', lines)).toMatchObject({ status: 422, body: { code: 'no-idempotency-key' } })
  const told = async () =>
    await (
      await fetch(`${running.address}/api/sources/feeds/${feed}/batches/day-1`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).json()
  let result = await told()
  for (; result.state !== 'done'; result = await told()) await sleep(60)
  expect(result.reconciliation).toMatchObject({
    sourceRows: 21,
    arrivedRows: 21,
    inserted: 20,
    refused: 1,
    agrees: true,
  })
  expect(await rowsOf(running, table)).toHaveLength(20)
  expect((await push('x', lines, await tokenOf({ 'sources.push': 'unit' }, 'city.ecology'))).status).toBe(404)
  expect((await push('x', lines, await tokenOf({ 'sources.read': 'unit' }))).status).toBe(403)
  await asOwner(
    running.ownerUrl,
    `insert into sources.batch (feed, key, file, name, bytes, by, at)
    select '${feed}', 'w' || n, 'x', 'x', 1, 'x', now() from generate_series(1, 100) n`,
  )
  expect((await push('late', lines)).status).toBe(429)
})
