import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loops } from '#platform/loops'
import { dataDesk } from '#platform/registry'
import { asOwner, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { checkDataset } from '../quality/check-dataset.ts'
import { type Bench, bench, modules, NUMBER, stall } from '../testing.ts'

/** Every check starts the engine of the analysis anew. */
const MINUTES = 180_000

let running: TestApp
let on: Bench
let rule: string
beforeAll(async () => {
  running = await testApp({ modules: await modules() })
  on = await bench(running)
  await on.write([stall(1), stall(2, { area: -1 }), stall(3, { area: -2 })])
  const { body } = await on.steward.post('/api/collection/rules', {
    dataset: on.dataset.id,
    title: { zh: '面积大于零', en: 'Area above zero' },
    dimension: 'accurate',
    severity: 'major',
    check: { kind: 'range', field: 'area', from: 0 },
    least: 1,
  })
  rule = String(body.id)
  await on.head.post(`/api/collection/rules/${rule}/publish`)
})
afterAll(() => running.stop())

const check = () => checkDataset(running.app, on.dataset.id)
const list = async (who: SignedInClient, state = 'open') =>
  (await who.get(`/api/collection/corrections?state=${state}`)).body.rows as { loop: string; rule: string }[]
const matterOf = async (loop: string) =>
  running.app.work(system('collection.test'), (work) => running.app.use(loops).get(work, loop))
async function act(who: SignedInClient, loop: string, action: string, form?: object) {
  const { revision } = await matterOf(loop)
  const key = `${action}-${revision}-${who.account}`
  return who.post(`/api/loops/${loop}/actions`, { action, revision, key, ...(form ? { form } : {}) })
}

test(
  'a failing rule is one matter of its source; its word moves it, only the check closes it, and it opens again',
  async () => {
    await check()
    const own = (await list(on.market)).filter((each) => each.rule === rule)
    expect(own).toHaveLength(1)
    const loop = own[0]?.loop ?? ''
    expect(await matterOf(loop)).toMatchObject({
      place: 'correcting',
      holders: [`post:post.${on.market.account}`],
      data: { rows: 2, of: 3, source: 'city.market' },
    })
    const { body } = await on.market.get(`/api/collection/corrections/${loop}/rows`)
    expect(body.rows).toHaveLength(2)
    expect(body.rows[0].reasons).toEqual([{ zh: '面积大于零', en: 'Area above zero' }])
    expect(JSON.stringify(body.rows)).not.toContain(NUMBER)
    const file = await on.market.get(`/api/collection/corrections/${loop}/rows.csv`)
    expect(file.body).toContain('面积大于零')

    // Said to be corrected, but it is not.
    expect((await act(on.market, loop, 'report', { how: '已全部更正' })).status).toBe(200)
    await on.write([stall(2)])
    await check()
    expect(await matterOf(loop)).toMatchObject({ place: 'correcting', data: { rows: 1 } })
    expect((await list(on.market)).filter((each) => each.rule === rule)).toHaveLength(1)
    await on.write([stall(3)])
    await check()
    expect(await matterOf(loop)).toMatchObject({ outcome: 'done', data: { rows: 0 } })
    expect(await list(on.market, 'ended')).toContainEqual(expect.objectContaining({ loop, outcome: 'closed' }))

    await asOwner(
      running.ownerUrl,
      `update collection.correction set due = now() - interval '1 day' where loop = '${loop}'`,
    )
    await on.write([stall(1, { area: -9 })])
    await check()
    const { due } = await matterOf(loop)
    expect(await matterOf(loop)).toMatchObject({ place: 'correcting', endedAt: null, data: { rows: 1 } })
    expect(await list(on.market)).toContainEqual(
      expect.objectContaining({ loop, openedAgain: 1, due: due?.toISOString() }),
    )
  },
  MINUTES,
)

test(
  'a source may dispute; the data bureau rules, and what it waives stays waived until it grows',
  async () => {
    const loop = (await list(on.market)).find((each) => each.rule === rule)?.loop ?? ''
    expect((await act(on.market, loop, 'dispute', { reason: '负数表示退租' })).status).toBe(200)
    expect((await act(on.market, loop, 'waive', { reason: '自己放行' })).status).toBe(403)
    expect((await act(on.head, loop, 'waive', { reason: '属实' })).status).toBe(200)
    await check()
    expect(await list(on.market)).toEqual([])
    await on.write([stall(2, { area: -9 })])
    await check()
    expect((await list(on.market)).map((each) => each.loop)).toEqual([loop])
  },
  MINUTES,
)

test(
  'a matter ends when its rule goes out of force: nothing would ever check it again',
  async () => {
    const draft = {
      dataset: on.dataset.id,
      title: { zh: '面积不超过五', en: 'Area of five at most' },
      dimension: 'accurate',
      severity: 'minor',
      check: { kind: 'range', field: 'area', to: 5 },
      least: 1,
    }
    const { body } = await on.steward.post('/api/collection/rules', draft)
    await on.head.post(`/api/collection/rules/${body.id}/publish`)
    await check()
    const loop = (await list(on.market)).find((each) => each.rule === String(body.id))?.loop ?? ''
    expect((await act(on.market, loop, 'report', { how: '面积无误' })).status).toBe(200)
    expect((await act(on.market, loop, 'rule-gone')).status).toBe(403)
    expect((await on.steward.post(`/api/collection/rules/${body.id}/withdraw`)).status).toBe(200)
    await check()
    expect(await matterOf(loop)).toMatchObject({ place: 'lapsed', outcome: 'withdrawn' })
    expect(await list(on.market, 'ended')).toContainEqual(expect.objectContaining({ loop, outcome: 'lapsed' }))
  },
  MINUTES,
)

describe('rows that an import refused', () => {
  const header = '编号,摊主,身份证号,电话,面积,开业日期'
  /** All deliveries of the bench are of one deliverer. */
  const rule = 'refused:system:collection.test'
  const bad = `S50,李四,${NUMBER},13800138000,很大,2020-01-01`
  let loop: string
  let load: number

  test('go back to their source as one matter, cells masked', async () => {
    load = await on.deliver(
      `${header}\n${bad}\nS51,张三,${NUMBER},13800138000,9,2020-01-01\nS52,王五,${NUMBER},1,9,昨天\n`,
    )
    const found = async () => (await list(on.market)).find((each) => each.rule === rule)
    await vi.waitFor(async () => expect(await found()).toBeDefined(), { timeout: 30_000 })
    loop = (await found())?.loop ?? ''
    expect(await matterOf(loop)).toMatchObject({ data: { load, rows: 2, of: 3 } })
    const { body } = await on.market.get(`/api/collection/corrections/${loop}/rows`)
    expect(body.rows.map((row: { id: number }) => row.id)).toHaveLength(2)
    expect(JSON.stringify(body.rows)).toContain('很大')
    expect(JSON.stringify(body.rows)).not.toContain(NUMBER)
    expect(JSON.stringify(body.rows)).not.toContain('李四')
    // The source sees the import that somebody else made, and corrects in its list.
    expect((await on.market.get(`/api/registry/loads/${load}`)).status).toBe(200)
    expect((await on.police.get(`/api/registry/loads/${load}`)).status).toBe(404)
  })

  test('stay in that one matter however often they come, and are closed by delivering them again', async () => {
    const again = await on.deliver(`${header}\n${bad}\nS53,赵六,${NUMBER},13800138000,大,2020-01-01\n`)
    await vi.waitFor(async () => expect(await matterOf(loop)).toMatchObject({ data: { load: again, rows: 3 } }), {
      timeout: 30_000,
    })
    expect((await list(on.market)).filter((each) => each.rule.startsWith('refused:'))).toHaveLength(1)
    const { body } = await on.market.get(`/api/collection/corrections/${loop}/rows`)
    expect(body.rows.map(({ load, line }: { load: number; line: number }) => [load, line])).toEqual([
      [again, 2],
      [load, 4],
      [again, 3],
    ])
    await on.deliver(`${header}\n${bad.replace('很大', '30')}\nS53,赵六,${NUMBER},13800138000,9,2020-01-01\n`)
    await check()
    expect(await matterOf(loop)).toMatchObject({ place: 'correcting', data: { load, rows: 1 } })
  })

  test('are one matter again where each import had opened one of its own', async () => {
    const ruleOf = async () => (await list(on.market)).find((each) => each.loop === loop)?.rule
    await asOwner(running.ownerUrl, `update collection.correction set rule = 'load:${load}' where loop = '${loop}'`)
    expect(await ruleOf()).toBe(`load:${load}`)
    const migration = new URL('../../migrations/0007-one-list-a-deliverer.sql', import.meta.url)
    await asOwner(running.ownerUrl, await readFile(migration, 'utf8'))
    expect(await ruleOf()).toBe(rule)
  })

  test(
    'cannot be dropped by the source alone',
    async () => {
      const { body } = await on.market.get(`/api/registry/loads/${load}/corrections`)
      expect(body.rows).toHaveLength(1)
      expect((await on.market.delete(`/api/registry/loads/${load}/corrections/${body.rows[0].id}`)).status).toBe(200)
      await act(on.market, loop, 'report', { how: '不再需要' })
      await check()
      expect((await matterOf(loop)).place).toBe('dropped')
      expect((await act(on.market, loop, 'allow-drop', { reason: '同意' })).status).toBe(403)
      expect((await act(on.head, loop, 'refuse-drop', { reason: '应更正' })).status).toBe(200)
      const back = (await on.market.get(`/api/registry/loads/${load}/corrections`)).body.rows
      expect(back).toHaveLength(1)
      const cells = ['S52', '王五', NUMBER, '13800138000', '9', '2021-05-06']
      const done = await on.market.post(`/api/registry/loads/${load}/corrections/${back[0].id}`, { cells })
      expect(done.body).toEqual({ done: true, reasons: [] })
      await check()
      expect(await matterOf(loop)).toMatchObject({ outcome: 'done' })
    },
    MINUTES,
  )

  test(
    'are left out once the data bureau agrees, also when they come again; other rows open the matter again',
    async () => {
      const left = await on.deliver(`${header}\n${bad}\n`)
      await vi.waitFor(async () => expect((await matterOf(loop)).place).toBe('correcting'), { timeout: 30_000 })
      const { body } = await on.market.get(`/api/registry/loads/${left}/corrections`)
      await on.market.delete(`/api/registry/loads/${left}/corrections/${body.rows[0].id}`)
      await act(on.market, loop, 'report', { how: '摊位已撤' })
      await check()
      expect((await act(on.head, loop, 'allow-drop', { reason: '同意' })).status).toBe(200)
      await on.deliver(`${header}\n${bad}\nS54,王五,${NUMBER},13800138000,9,2020-01-01\n`)
      await check()
      expect(await matterOf(loop)).toMatchObject({ place: 'closed' })
      await on.deliver(`${header}\nS55,王五,${NUMBER},13800138000,小,2020-01-01\n`)
      await vi.waitFor(async () => expect((await matterOf(loop)).place).toBe('correcting'), { timeout: 30_000 })
      expect(await matterOf(loop)).toMatchObject({ data: { rows: 1 } })
      await on.deliver(`${header}\nS55,王五,${NUMBER},13800138000,9,2020-01-01\n`)
      await check()
      expect(await matterOf(loop)).toMatchObject({ place: 'closed' })
    },
    MINUTES,
  )
})

test('the league counts what each source has corrected', async () => {
  const { body } = await on.steward.get('/api/collection/league')
  expect(body.rows).toContainEqual(
    expect.objectContaining({
      source: 'city.market',
      opened: 2,
      closed: 1,
      open: 1,
      overdue: 0,
      inTime: 1,
      openedAgain: 4,
    }),
  )
})

const feed = system(`sources.${'street'.padEnd(60, '-')}.${'stall'.padEnd(59, '-')}`)

test('rows that a feed with the longest id has refused go back to their source like all others', async () => {
  expect(feed.id).toHaveLength('system:sources.'.length + 120)
  await on.deliver('编号,摊主,面积\nS60,李四,很大\n', feed)
  await vi.waitFor(
    async () => expect((await list(on.market)).map((each) => each.rule)).toContain(`refused:${feed.id}`),
    {
      timeout: 30_000,
    },
  )
})

test(
  'refused rows that their source has no more are checked at once, and their matter is closed',
  async () => {
    const wanted = `from jobs.job where name = 'collection.check' and state = 'created'`
    await asOwner(running.ownerUrl, `delete ${wanted}`)
    await running.app.work(feed, (work) =>
      running.app.use(dataDesk).settleRefused(work, { dataset: on.dataset.id, files: [] }),
    )
    await expect
      .poll(async () => (await asOwner(running.ownerUrl, `select data->>'dataset' as id ${wanted}`)).rows, {
        timeout: 20_000,
      })
      .toEqual([{ id: on.dataset.id }])
    await check()
    expect(await list(on.market, 'ended')).toContainEqual(
      expect.objectContaining({ rule: `refused:${feed.id}`, outcome: 'closed' }),
    )
  },
  MINUTES,
)

describe('who may not', () => {
  test('see matters, rows or the league of others', async () => {
    const [{ loop = '' } = {}] = await list(on.steward, 'ended')
    expect(await list(on.police, 'ended')).toEqual([])
    for (const path of ['', '/rows', '/rows.csv'])
      expect((await on.police.get(`/api/collection/corrections/${loop}${path}`)).status).toBe(404)
    expect((await on.market.get('/api/collection/league')).status).toBe(403)
  })
})
