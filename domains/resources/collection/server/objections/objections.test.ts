import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staffing } from '#platform/identity'
import { loops } from '#platform/loops'
import { type ChangePlace, citizenCheckDigit, registry, rowMarks, sharedRows } from '#platform/registry'
import { asOwner, type Client, client, type SignedInClient, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { type Bench, bench, modules, NUMBER, stall } from '../testing.ts'

const MIGRATIONS = new URL('../../migrations/', import.meta.url)
const OTHER = '37090219880202202'
let running: TestApp
let on: Bench
let row: number
let user: SignedInClient
let resident: Client
beforeAll(async () => {
  running = await testApp({ modules: await modules() })
  on = await bench(running)
  await on.write([stall(1), stall(2, { name: '李四', number: `${OTHER}${citizenCheckDigit(OTHER)}` })])
  const { app } = running
  const found = await app.work(system('collection.test'), (work) =>
    app.use(registry).find(work, on.dataset, { code: 'S1' } as never),
  )
  row = found?.id ?? 0
  user = await client(running, {
    rights: { 'registry.read': 'city' },
    organisation: 'city.police',
  })
  await app.work(system('collection.test'), (work) =>
    app
      .use(staffing)
      .addAccount(work, { account: 'wang', name: '王伟', kind: 'resident', password: 'Kept-for-tests-1' }),
  )
  resident = await signIn(running, 'wang', 'Kept-for-tests-1')
})
afterAll(() => running.stop())

const matterOf = async (loop: string) =>
  running.app.work(system('collection.test'), (work) => running.app.use(loops).get(work, loop))
async function act(who: Client, loop: string, action: string, form?: object) {
  const { revision } = await matterOf(loop)
  const key = `${action}-${revision}-${who.cookie.slice(-8)}`
  return who.post(`/api/loops/${loop}/actions`, { action, revision, key, ...(form ? { form } : {}) })
}
const marks = async () =>
  running.app.work(system('collection.test'), (work) => running.app.use(rowMarks).of(work.tx, on.dataset.id, [row]))

let loop: string
test('a user objects to a row; it is marked wherever it is shown until the matter ends', async () => {
  const claim = { dataset: on.dataset.id, row, field: '面积', claim: '面积应为 30 平方米' }
  const { status, body } = await user.post('/api/collection/objections', claim)
  expect(status).toBe(200)
  loop = body.loop
  expect(await matterOf(loop)).toMatchObject({ place: 'source', holders: [`post:post.${on.market.account}`] })
  expect((await marks()).get(row)).toMatchObject([{ code: 'under-objection', path: `/loops/${loop}` }])
  const purpose = { 'x-purpose': encodeURIComponent('核实'), cookie: on.market.cookie }
  const page = await fetch(`${running.address}/api/registry/datasets/${on.dataset.id}/rows`, { headers: purpose })
  const { rows } = (await page.json()) as { rows: { id: number; marks: unknown[] }[] }
  expect(rows.map(({ id, marks }) => [id, marks.length])).toEqual([
    [row, 1],
    [expect.any(Number), 0],
  ])
  expect((await user.post('/api/collection/objections', claim)).body.code).toBe('objection-open')
  const received = await on.market.get('/api/collection/objections/received')
  expect(received.body.rows).toMatchObject([{ loop, row }])
})

test('the source cannot say corrected before the row has changed; the objector accepts, and the mark goes', async () => {
  expect((await act(on.market, loop, 'correct', { answer: '已更正' })).status).toBe(409)
  await on.write([stall(1, { area: 30 })])
  expect((await act(on.market, loop, 'correct', { answer: '已更正为 30' })).status).toBe(200)
  expect((await marks()).size).toBe(1)
  expect((await act(user, loop, 'accept')).status).toBe(200)
  expect(await matterOf(loop)).toMatchObject({ place: 'corrected', outcome: 'done' })
  expect((await marks()).size).toBe(0)
})

test('a dispute goes to the data bureau, which rules; whoever answered may not', async () => {
  const { body } = await user.post('/api/collection/objections', { dataset: on.dataset.id, row, claim: '行业不对' })
  await act(on.market, body.loop, 'keep', { answer: '与执照一致' })
  expect((await act(user, body.loop, 'dispute', { reason: '执照已变更' })).status).toBe(200)
  expect((await act(on.market, body.loop, 'dismiss', { reason: '无误' })).status).toBe(403)
  expect((await act(on.head, body.loop, 'dismiss', { reason: '核对无误' })).status).toBe(200)
  expect(await matterOf(body.loop)).toMatchObject({ place: 'kept' })
  expect((await marks()).size).toBe(0)
})

test('whoever follows the table hears of the row when somebody objects, and when the matter has ended', async () => {
  const { app } = running
  const shared = app.use(sharedRows)
  await app.work(system('collection.test'), (work) => shared.follow(work, on.dataset.id))
  const plan = shared.plan({ dataset: on.dataset.id, fields: ['code'], whole: [], rows: {} })
  const told = async (after: ChangePlace) => {
    await expect.poll(async () => (await plan.changes(app.db, after, 10)).changes.length, { timeout: 10_000 }).toBe(1)
    return plan.changes(app.db, after, 10)
  }
  const start = await shared.place(app.db)
  const { body } = await user.post('/api/collection/objections', { dataset: on.dataset.id, row, claim: '名称不对' })
  const set = await told(start)
  expect(set.changes).toMatchObject([{ row, change: 'put' }])
  expect((await act(user, body.loop, 'withdraw')).status).toBe(200)
  expect((await told(set.place)).changes).toMatchObject([{ row, change: 'put' }])
})

test('an ordered correction can only be done, on the row as it was then, and be taken to the data bureau once more', async () => {
  const claim = { dataset: on.dataset.id, row, field: '电话', claim: '电话已换' }
  const { loop: ordered } = (await user.post('/api/collection/objections', claim)).body
  await on.write([stall(1, { area: 30, trade: '零售' })])
  await act(on.market, ordered, 'correct', { answer: '已更正行业' })
  await act(user, ordered, 'dispute', { reason: '电话没有改' })
  expect((await act(on.head, ordered, 'order', { reason: '应更正电话' })).status).toBe(200)
  expect(await matterOf(ordered)).toMatchObject({
    place: 'ordered',
    holders: [`post:post.${on.market.account}`],
    data: { corrected: false },
  })
  expect((await act(on.market, ordered, 'keep', { answer: '无误' })).status).toBe(409)
  // What was changed before the order is not what was ordered.
  expect((await act(on.market, ordered, 'correct', { answer: '已改过' })).status).toBe(409)
  await on.write([stall(1, { area: 30, trade: '零售', phone: '13900139000' })])
  expect((await act(on.market, ordered, 'correct', { answer: '电话已更正' })).status).toBe(200)
  expect((await act(user, ordered, 'dispute', { reason: '号码不对' })).status).toBe(200)
  await act(on.head, ordered, 'order', { reason: '按营业执照' })
  await on.write([stall(1, { area: 30, trade: '零售', phone: '13900139001' })])
  await act(on.market, ordered, 'correct', { answer: '已按执照更正' })
  expect((await act(user, ordered, 'dispute', { reason: '再次不服' })).status).toBe(409)
  expect((await act(user, ordered, 'accept')).status).toBe(200)
  expect(await matterOf(ordered)).toMatchObject({ place: 'corrected', outcome: 'done' })
})

test('two people object to one row: merged, the second ends with the first, its mark goes, and he may object again', async () => {
  const colleague = await client(running, { rights: { 'registry.read': 'city' }, organisation: 'city.police' })
  const claim = { dataset: on.dataset.id, row, claim: '面积不对' }
  const { loop: lead } = (await user.post('/api/collection/objections', claim)).body
  const { loop: twin } = (await colleague.post('/api/collection/objections', claim)).body
  expect((await act(on.market, twin, 'loops.merge', { into: lead, reason: '同一条数据' })).status).toBe(200)
  await act(on.market, lead, 'keep', { answer: '与执照一致' })
  await act(user, lead, 'accept')
  expect(await matterOf(twin)).toMatchObject({ place: 'kept', outcome: 'refused' })
  expect((await marks()).size).toBe(0)
  expect((await on.market.get('/api/collection/objections/received')).body.rows).toEqual([])
  const again = await colleague.post('/api/collection/objections', claim)
  expect(again.status).toBe(200)
  await act(colleague, again.body.loop, 'withdraw')
})

test('rows whose mark was left by a merged matter are repaired', async () => {
  const claim = { dataset: on.dataset.id, row, claim: '面积不对' }
  const { loop: stale } = (await user.post('/api/collection/objections', claim)).body
  const { loop: open } = (await on.market.post('/api/collection/objections', claim)).body
  await act(user, stale, 'withdraw')
  await asOwner(running.ownerUrl, `update collection.objection set ended_at = null where loop = '${stale}'`)
  await asOwner(running.ownerUrl, await readFile(new URL('0006-objections-ended.sql', MIGRATIONS), 'utf8'))
  const ended = await running.app.pool.query(
    'select o.loop, o.ended_at = i.ended_at as same from collection.objection o join loops.instance i on i.id = o.loop::bigint where loop = any($1) order by i.id',
    [[stale, open]],
  )
  expect(ended.rows).toEqual([
    { loop: stale, same: true },
    { loop: open, same: null },
  ])
  await act(on.market, open, 'withdraw')
})

describe('a resident objects to own data', () => {
  const objecting = () =>
    resident.post('/api/collection/own-objections', { dataset: on.dataset.id, field: '电话', claim: '电话已换' })
  const prove = async (who: SignedInClient, number: string) => {
    const { body } = await who.get('/api/identity/proofs/wang')
    return who.put(`/api/identity/accounts/${body.id ?? 'none'}/proof`, { number, name: '王伟' })
  }
  test('only once a clerk at a counter has proven who he is', async () => {
    const clerk = await client(running, { rights: { 'identity.account.prove': 'city' } })
    const tables = async () => (await resident.get('/api/collection/own-objections/tables')).body.rows
    expect(await tables()).toEqual([])
    const refused = await objecting()
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 403, code: 'not-proven' })
    expect((await prove(user, NUMBER)).status).toBe(403)
    expect((await prove(clerk, NUMBER)).status).toBe(200)
    expect((await tables()).map((each: { dataset: string }) => each.dataset)).toContain(on.dataset.id)
    expect((await objecting()).status).toBe(200)
    expect((await marks()).size).toBe(1)
    expect((await objecting()).body.code).toBe('objection-open')
    const [{ loop: open }] = (await resident.get('/api/collection/objections')).body.rows
    expect((await act(resident, open, 'withdraw')).status).toBe(200)
    expect((await marks()).size).toBe(0)
  })
  test('and marks nobody else, whatever is known of him', async () => {
    const clerk = await client(running, { rights: { 'identity.account.prove': 'city' } })
    const { body } = await clerk.get('/api/identity/proofs/wang')
    await clerk.delete(`/api/identity/accounts/${body.id}/proof`)
    expect((await objecting()).status).toBe(403)
    await prove(clerk, '110101199003074514')
    const { body: other } = await objecting()
    expect((await marks()).size).toBe(0)
    const { fields } = (await resident.get(`/api/loops/${other.loop}`)).body
    expect(fields.map(({ name }: { name: string }) => name)).not.toContain('row')
  })
  test('and binds to a row only when it is the only one of his in the table', async () => {
    const clerk = await client(running, { rights: { 'identity.account.prove': 'city' } })
    const { body } = await clerk.get('/api/identity/proofs/wang')
    await clerk.delete(`/api/identity/accounts/${body.id}/proof`)
    await prove(clerk, NUMBER)
    const mine = (await resident.get('/api/collection/objections')).body.rows
    const [{ loop: open }] = mine.filter(({ endedAt }: { endedAt: string | null }) => endedAt === null)
    await act(resident, open, 'withdraw')
    await on.write([stall(3)])
    const { status, body: opened } = await objecting()
    expect(status).toBe(200)
    const after = await running.app.pool.query(`select row from collection.objection where loop = $1`, [opened.loop])
    expect(after.rows).toEqual([{ row: null }])
  })
  test('but not to a table that names nobody, nor as staff of another right', async () => {
    expect(
      (await resident.post('/api/collection/objections', { dataset: on.dataset.id, row, claim: 'x' })).status,
    ).toBe(403)
    expect((await resident.get('/api/collection/objections/received')).status).toBe(403)
  })
})

test('nobody objects to a row out of reach', async () => {
  const claim = { dataset: on.dataset.id, row, claim: '看看' }
  expect((await on.police.post('/api/collection/objections', claim)).status).toBe(404)
  const other = await client(running, { rights: {} })
  expect((await other.post('/api/collection/objections', claim)).status).toBe(403)
})
