import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp } from '#platform/testing'
import { tick } from '../schedule/tick.ts'
import {
  collect,
  collectingApp,
  csv,
  feedOf,
  HEADER,
  people,
  rowsOf,
  settled,
  untilCollected,
} from '../testing/people.ts'

let running: TestApp
let steward: SignedInClient
let now = new Date()
beforeAll(async () => {
  running = await collectingApp({ now: () => now })
  steward = await client(running, {
    rights: { 'sources.read': 'city', 'sources.define': 'city', 'sources.run': 'city', 'registry.read': 'city' },
  })
})
afterAll(() => running.stop())

let folders = 0

async function inbox(feed: Partial<Parameters<typeof feedOf>[2]> = {}) {
  const name = `runs-${++folders}`
  const path = join(running.app.config.inbox, name)
  await mkdir(path, { recursive: true })
  const known = await feedOf(running, { id: name, connection: { kind: 'folder', path: name } }, { from: '*', ...feed })
  let minutes = 0
  const put = async (file: string, content: string) => {
    await writeFile(join(path, file), content)
    const at = new Date(Date.now() - 3_600_000 + ++minutes * 60_000)
    await utimes(join(path, file), at, at)
  }
  return { ...known, name, put, run: () => collect(running, known.feed) }
}

test('a renamed column halts, is proposed as the renamed one, and goes on with the field that the steward says', async () => {
  const { put, run, table } = await inbox()
  await put('a.csv', csv(people(150)))
  await run()
  await put('b.csv', csv(people(151), ['个人编号', '姓名', '待遇', '状态']))
  const halted = await run()
  expect(halted.state).toBe('halted')
  expect(halted.drift?.findings).toMatchObject([{ kind: 'renamed', column: '月养老金', nowNamed: '待遇', halts: true }])
  const { body } = await steward.get(`/api/sources/runs/${halted.id}`)
  expect(body.columns.find(({ name }: { name: string }) => name === '待遇')).toMatchObject({
    before: null,
    now: { kind: 'decimal' },
  })
  const decision = { accepted: true, note: '已与人社局核实', columns: { 待遇: 'amount' } }
  expect((await steward.post(`/api/sources/runs/${halted.id}/decision`, decision)).status).toBe(200)
  expect(await settled(running, halted.id)).toMatchObject({
    state: 'done',
    reconciliation: { inserted: 1, same: 150 },
    drift: { decision: { accepted: true, by: steward.actor.id } },
  })
  expect((await rowsOf(running, table)).every(({ amount }) => amount > 1000)).toBe(true)
  await put('c.csv', csv(people(152), ['个人编号', '姓名', '待遇', '状态']))
  expect(await run()).toMatchObject({ state: 'done', reconciliation: { inserted: 1 } })
})

test('a column whose meaning has changed halts with the reason; refused, nothing of it is written', async () => {
  const { put, run, table } = await inbox()
  await put('a.csv', csv(people(200)))
  await run()
  const inTenThousands = people(200).map(([id, name, amount, state]) => [
    id ?? '',
    name ?? '',
    String(Number(amount) / 10_000),
    state ?? '',
  ])
  await put('b.csv', csv(inTenThousands))
  const unit = await run()
  expect(unit.drift?.findings).toMatchObject([
    { kind: 'meaning', column: '月养老金', message: { zh: expect.stringContaining('量级') } },
  ])
  await steward.post(`/api/sources/runs/${unit.id}/decision`, { accepted: false, note: '单位错了' })
  expect(await settled(running, unit.id)).toMatchObject({ state: 'refused', reconciliation: null })
  await put('c.csv', csv(people(200).map(([id, name, amount]) => [id ?? '', name ?? '', amount ?? '', '04'])))
  expect((await run()).drift?.findings).toContainEqual(expect.objectContaining({ kind: 'meaning', column: '状态' }))
  expect((await rowsOf(running, table)).every(({ amount, state }) => amount > 1000 && state !== '04')).toBe(true)
})

test('a new column is harmless; one that is gone or holds something else is not', async () => {
  const { put, run } = await inbox()
  await put('a.csv', csv(people(150)))
  await run()
  await put(
    'b.csv',
    csv(
      people(150).map((cells) => [...cells, 'x']),
      [...HEADER, '备注'],
    ),
  )
  const added = await run()
  expect(added).toMatchObject({ state: 'done', drift: { findings: [{ kind: 'added', column: '备注', halts: false }] } })
  const { put: putType, run: runType } = await inbox()
  await putType('a.csv', csv(people(150)))
  await runType()
  await putType('b.csv', csv(people(150).map(([id, name, , state]) => [id ?? '', name ?? '', '详见附件', state ?? ''])))
  expect((await runType()).drift?.findings.map(({ kind }) => kind)).toContain('type')
})

test('a replay from the kept bytes gives what the run gave, without asking the source', async () => {
  const { put, run, table } = await inbox()
  await put('a.csv', csv(people(120)))
  const first = await run()
  await put(
    'b.csv',
    csv(
      people(120).map(([id, name, amount, state]) => [id ?? '', name ?? '', `${Number(amount) + 0.25}`, state ?? '']),
    ),
  )
  await run()
  const { body } = await steward.post(`/api/sources/runs/${first.id}/replay`)
  const replayed = await settled(running, body.run)
  expect(replayed).toMatchObject({
    state: 'done',
    replayOf: first.id,
    reconciliation: { sourceRows: 120, arrivedRows: 120, columns: [], changed: 120, agrees: true },
  })
  const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)
  expect(sum((await rowsOf(running, table)).map(({ amount }) => amount))).toBe(
    sum(people(120).map((cells) => Number(cells[2]))),
  )
})

test('a replay of which the kept bytes do not give the rows that the run had says so, and deletes nothing', async () => {
  const { put, run, table } = await inbox({ deletes: 'missing' })
  await put('a.csv', csv(people(120)))
  const first = await run()
  const { parts } = (await steward.get(`/api/sources/runs/${first.id}`)).body
  await writeFile(running.app.use(dataDesk).pathOf(parts[0].file), csv(people(119)))
  const { body } = await steward.post(`/api/sources/runs/${first.id}/replay`)
  expect(await settled(running, body.run)).toMatchObject({
    state: 'incomplete',
    problem: { en: expect.stringContaining(`Run ${first.id} had 120 rows, its replay read 119`) },
    reconciliation: { sourceRows: 120, arrivedRows: 119, agrees: false },
  })
  expect(await rowsOf(running, table)).toHaveLength(120)
})

test('a run that brought the very same file once more stored nothing, and there is nothing to replay', async () => {
  const { put, run } = await inbox()
  await put('a.csv', csv(people(20)))
  await run()
  await put('b.csv', csv(people(20)))
  const again = await run()
  expect(again.remark?.en).toContain('very same file')
  expect(await steward.post(`/api/sources/runs/${again.id}/replay`)).toMatchObject({
    status: 409,
    body: { code: 'nothing-to-replay' },
  })
})

test('what was promised and does not come is late, once, and those who decide are told', async () => {
  const { feed, name } = await inbox({ freshHours: 2, schedule: { everyMinutes: 30 } })
  const parts = { app: running.app } as Parameters<typeof tick>[0]
  now = new Date(Date.now() + 3 * 3_600_000)
  await tick(parts)
  await tick(parts)
  now = new Date()
  const { rows } = await asOwner(
    running.ownerUrl,
    `select data from runtime.event where topic = 'sources.late' and key = '${feed}'`,
  )
  expect(rows).toMatchObject([{ data: { source: name, dueAt: expect.any(String) } }])
  expect((await steward.get(`/api/sources/systems/${name}`)).body).toMatchObject({ feedList: [{ id: feed }] })
})

test('a run is cancelled and goes on where it stood', async () => {
  const { put, feed } = await inbox()
  // So many that it is not done before it is cancelled.
  await put('a.csv', csv(people(5000)))
  const { body } = await steward.post(`/api/sources/feeds/${feed}/runs`, {})
  expect((await steward.post(`/api/sources/runs/${body.run}/cancel`)).status).toBe(200)
  await sleep(300)
  expect(await settled(running, body.run)).toMatchObject({ state: 'cancelled' })
  expect((await steward.post(`/api/sources/runs/${body.run}/cancel`)).status).toBe(409)
  expect((await steward.post(`/api/sources/runs/${body.run}/resume`)).status).toBe(200)
  expect(await settled(running, body.run)).toMatchObject({ state: 'done', reconciliation: { inserted: 5000 } })
})

/** A run that is cancelled when it has collected and before it is done. */
async function cancelledRun(feed: string): Promise<number> {
  const { body } = await steward.post(`/api/sources/feeds/${feed}/runs`, {})
  await untilCollected(running, body.run)
  expect((await steward.post(`/api/sources/runs/${body.run}/cancel`)).status).toBe(200)
  await sleep(300)
  expect(await settled(running, body.run)).toMatchObject({ state: 'cancelled' })
  return body.run
}

test('a file that was stopped goes on after newer ones without overwriting them; a whole newer one takes its place', async () => {
  const paid = (count: number, amount: string) =>
    csv(people(count).map(([id = '', name = '', , state = '']) => [id, name, amount, state]))
  const { put, run, feed, table } = await inbox()
  await put('a.csv', paid(8000, '1.00'))
  const stopped = await cancelledRun(feed)
  await put('b.csv', paid(5, '2.00'))
  expect((await run()).state).toBe('done')
  expect((await steward.post(`/api/sources/runs/${stopped}/resume`)).status).toBe(200)
  expect((await settled(running, stopped)).state).toBe('done')
  const rows = await rowsOf(running, table)
  expect(rows).toHaveLength(8000)
  expect(rows.slice(0, 6).map(({ amount }) => amount)).toEqual([2, 2, 2, 2, 2, 1])
  await put('c.csv', paid(8001, '3.00'))
  expect((await run()).state).toBe('done')
  const whole = await inbox({ deletes: 'missing' })
  await whole.put('a.csv', paid(8000, '1.00'))
  const old = await cancelledRun(whole.feed)
  await whole.put('b.csv', paid(8000, '2.00'))
  expect((await whole.run()).state).toBe('done')
  expect(await steward.post(`/api/sources/runs/${old}/resume`)).toMatchObject({
    status: 409,
    body: { code: 'newer-stored' },
  })
  expect((await rowsOf(running, whole.table)).every(({ amount }) => amount === 2)).toBe(true)
})

test('a run that waited for a decision waits for it again after it was cancelled and resumed', async () => {
  const { put, run, table } = await inbox()
  await put('a.csv', csv(people(150)))
  await run()
  await put('b.csv', csv(people(150).map(([id = '', name = '', , state = '']) => [id, name, '详见附件', state])))
  const { id } = await run()
  await steward.post(`/api/sources/runs/${id}/cancel`)
  expect((await steward.post(`/api/sources/runs/${id}/resume`)).status).toBe(200)
  expect(await settled(running, id)).toMatchObject({ state: 'halted' })
  expect((await rowsOf(running, table)).every(({ amount }) => amount > 0)).toBe(true)
})

test('who may not, may not: neither other rights nor other units, and secrets are shown to nobody', async () => {
  const { feed, name, put, run } = await inbox()
  await put('a.csv', csv(people(10)))
  const { id } = await run()
  const reader = await client(running, { rights: { 'sources.read': 'subtree' }, organisation: 'city.human-resources' })
  expect((await reader.get(`/api/sources/runs/${id}`)).status).toBe(200)
  const definition = {
    title: { zh: 'x', en: 'x' },
    organisation: 'city.human-resources',
    connection: { kind: 'push' },
    isOn: true,
  }
  expect((await reader.put(`/api/sources/systems/${name}`, definition)).status).toBe(403)
  for (const what of ['cancel', 'resume', 'replay'])
    expect((await reader.post(`/api/sources/runs/${id}/${what}`)).status).toBe(403)
  expect((await reader.post(`/api/sources/runs/${id}/decision`, { accepted: true, note: '' })).status).toBe(403)
  const rights = { 'sources.read': 'subtree', 'sources.run': 'subtree', 'sources.define': 'subtree' } as const
  const stranger = await client(running, { rights, organisation: 'city.ecology' })
  expect((await stranger.get('/api/sources/runs')).body.rows).toEqual([])
  expect((await stranger.get('/api/sources/systems')).body.rows).toEqual([])
  for (const path of [`systems/${name}`, `runs/${id}`])
    expect((await stranger.get(`/api/sources/${path}`)).status).toBe(404)
  expect((await stranger.post(`/api/sources/feeds/${feed}/runs`, {})).status).toBe(404)
  expect((await stranger.post(`/api/sources/runs/${id}/replay`)).status).toBe(404)
  expect((await stranger.put(`/api/sources/systems/${name}`, definition)).status).toBe(404)
  await steward.put('/api/sources/systems/with-secret', {
    ...definition,
    connection: { kind: 'push' },
    secret: 'Never-shown-9',
  })
  for (const path of ['systems', 'systems/with-secret'])
    expect(JSON.stringify((await steward.get(`/api/sources/${path}`)).body)).not.toContain('Never-shown-9')
  const stored = await asOwner(
    running.ownerUrl,
    `select details::text from audit.entry where event = 'sources.source.saved'`,
  )
  expect(stored.rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(stored.rows)).not.toContain('Never-shown-9')
})
