import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loops } from '#platform/loops'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { localDateAt, system } from '#runtime'
import { bench, modules, rightsOf } from '../testing.ts'

let running: TestApp
let steward: SignedInClient
let police: SignedInClient
let market: SignedInClient
/** Data officer of a unit that runs no system. */
let government: SignedInClient
let finance: SignedInClient
beforeAll(async () => {
  running = await testApp({ modules: await modules(), demo: true })
  ;({ steward, police, market } = await bench(running))
  const officer = (organisation: string) => client(running, { rights: rightsOf('source'), organisation })
  government = await officer('city.government')
  finance = await officer('city.finance')
})
afterAll(() => running.stop())

interface Edge {
  readonly id: string
  readonly linked: number
  readonly total: number
}
const inventory = async (who = steward) => (await who.get('/api/collection/inventory')).body
const edge = async (id: string, who = steward): Promise<Edge> =>
  (await inventory(who)).edges.find((each: Edge) => each.id === id)

test('all collected has its denominator: tables that the law keeps do not count, unexplained ones do', async () => {
  const { units, edges } = await inventory()
  expect(units.length).toBeGreaterThanOrEqual(21)
  const sum = (of: string) => units.reduce((all: number, unit: Record<string, number>) => all + (unit[of] ?? 0), 0)
  expect(sum('tables')).toBe(sum('collected') + sum('excused') + sum('planned') + sum('silent'))
  expect(edges.find((each: Edge) => each.id === 'collected')).toEqual({
    id: 'collected',
    linked: 26,
    total: sum('tables') - sum('excused'),
  })
  expect((await edge('field')).linked).toBe((await edge('field')).total)
})

test('systems without use and call for the days of the rule are named with the reason', async () => {
  const { zombies, unused } = await inventory()
  expect(zombies.map(({ code }: { code: string }) => code).toSorted()).toEqual(['GA-09', 'JT-09', 'SW-09'])
  expect(zombies[0].why.zh).toContain('天没有使用或调用')
  expect(unused.map(({ name }: { name: string }) => name)).toContain('gongan_zanzhu')
})

test('the chain from duty to dataset is drawn for a unit, gaps as nodes of their own', async () => {
  const { body } = await steward.get('/api/collection/inventory/graph?unit=city.police')
  const links = body.links.map(({ from, to }: { from: string; to: string }) => `${from} > ${to}`)
  expect(links).toEqual(
    expect.arrayContaining([
      'duty:户籍管理 > item:户口登记',
      'item:户口登记 > system:GA-01 常住人口管理系统',
      'table:常住人口登记 > dataset:base.resident',
      'table:重点人员管控 > reason:law',
      'table:暂住人口登记 > reason:—',
    ]),
  )
})

test('a unit counts by the tables that it owns, whoever runs their system; those of an ended system count for nobody', async () => {
  const before = await edge('collected')
  await asOwner(
    running.ownerUrl,
    `insert into collection.system (code, name, owner, state) values
       ('DS-1', '共享平台', 'city.big-data', 'running'), ('DS-2', '老系统', 'city.government-office', 'stopped');
     insert into collection.system_table (system, name, title, owner) values
       ('DS-1', 'a', '共享表', 'city.government'), ('DS-2', 'b', '旧表', 'city.big-data')`,
  )
  const { units } = await inventory()
  const of = (id: string) => units.find(({ unit }: { unit: string }) => unit === id)
  expect(of('city.government')).toMatchObject({ systems: 0, tables: 1, silent: 1 })
  expect(of('city.government-office')).toBeUndefined()
  expect(of('city.big-data')).toMatchObject({ systems: 1, tables: 0, silent: 0, table: 1 })
  expect(await edge('collected')).toEqual({ ...before, total: before.total + 1 })
  const { body } = await steward.get('/api/collection/inventory/graph?unit=city.government')
  expect(body.links).toContainEqual({
    from: 'system:DS-1 共享平台',
    to: 'table:共享表',
    value: 1,
    owners: ['city.government'],
    proof: 'declared',
    declaredOn: localDateAt(new Date()),
  })
})

test('a picture that is cut says so', async () => {
  await asOwner(
    running.ownerUrl,
    `insert into collection.system (code, name, owner, state) values ('DS-3', '大系统', 'city.big-data', 'running');
     insert into collection.system_table (system, name, title, owner, reason)
       select 'DS-3', 't' || n, '表' || n, 'city.big-data', 'no-value' from generate_series(1, 450) n`,
  )
  const { body } = await steward.get('/api/collection/inventory/graph?unit=city.big-data')
  expect({ drawn: body.drawn, of: body.of }).toEqual({ drawn: 400, of: 451 })
  const { body: whole } = await steward.get('/api/collection/inventory/graph?unit=city.police')
  expect(whole.drawn).toBe(whole.of)
})

test('collected data that nobody has read or called for the days of the rule have no user', async () => {
  const idle = async (who = steward) =>
    (await inventory(who)).idle.map(({ dataset }: { dataset: string }) => dataset) as string[]
  expect(await idle()).toEqual([])
  const loaded = (dataset: string, days: number) =>
    asOwner(
      running.ownerUrl,
      `insert into registry.file (sm3, name, size, by, organisation, at)
         values (repeat('0', 64), 'x.csv', 1, 'test', 'city', now()) on conflict do nothing;
       insert into registry.load (dataset, file, file_name, reading, columns, state, bytes, by, organisation, started_at, moved_at, ended_at)
         values ('${dataset}', repeat('0', 64), 'x.csv', '{}', '[]', 'done', 1, 'test', 'city', now(), now(), now() - interval '${days} days')`,
    )
  await loaded('base.resident', 100)
  await loaded('base.medical-insured', 100)
  await loaded('base.pension', 80)
  const all = await idle()
  expect(all).toEqual(['base.medical-insured', 'base.resident'])
  expect(await idle(market)).not.toContain('base.resident')
  const use = (day: string) =>
    asOwner(
      running.ownerUrl,
      `insert into registry.last_read (dataset, day) values ('base.resident', ${day})
       on conflict (dataset) do update set day = excluded.day`,
    )
  await use('current_date - 89')
  expect(await idle()).toEqual(all.filter((id) => id !== 'base.resident'))
  await use('current_date - 92')
  expect(await idle()).toEqual(all)
  await asOwner(running.ownerUrl, `delete from registry.last_read where dataset = 'base.resident'`)
})

describe('a unit says what collects its table', () => {
  const link = (more: object, who = police) =>
    who.put('/api/collection/inventory/links', { system: 'GA-09', name: 'gongan_zanzhu', ...more })

  test.each([
    ['nothing said', {}, '/reason'],
    ['a plan without a day', { reason: 'planned' }, '/plannedUntil'],
    ['a dataset that is not there', { dataset: 'city.none' }, '/dataset'],
    ['a field that is not there', { dataset: 'city.stall', fields: { XM: 'colour' } }, '/fields/XM'],
  ])('not with %s', async (_, more, path) => {
    const { status, body } = await link(more)
    expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 422, path })
  })

  test('with fields suggested by the names of the columns, accepted by a person', async () => {
    const query = 'system=GA-09&table=gongan_zanzhu&dataset=city.stall'
    const { body } = await police.get(`/api/collection/inventory/suggestions?${query}`)
    const byName = Object.fromEntries(body.columns.map((each: { name: string }) => [each.name, each]))
    expect(byName.SFZH).toMatchObject({ field: 'number', reasons: expect.anything() })
    const before = await edge('collected', police)
    expect((await link({ dataset: 'city.stall', fields: { SFZH: 'number' } })).status).toBe(200)
    expect(await edge('collected', police)).toEqual({ ...before, linked: before.linked + 1 })
    const { body: system } = await police.get('/api/collection/inventory/systems/GA-09/tables')
    expect(system.rows[0]).toMatchObject({ dataset: 'city.stall' })
    expect(system.rows[0].fields).toContainEqual(expect.objectContaining({ name: 'SFZH', field: 'number' }))
  })

  test('and no other unit does it', async () => {
    expect((await link({ reason: 'law' }, market)).status).toBe(403)
    expect((await market.get('/api/collection/inventory/systems/GA-01')).status).toBe(404)
    expect((await market.get('/api/collection/inventory/graph?unit=city.police')).status).toBe(404)
    expect((await inventory(market)).units.map(({ unit }: { unit: string }) => unit)).toEqual(['city.market'])
    const reader = await client(running, { rights: { 'collection.read': 'city' } })
    expect((await link({ reason: 'law' }, reader)).status).toBe(403)
  })
})

describe('when something was last used', () => {
  const today = localDateAt(new Date())
  const say = (more: object, who = police) => who.put('/api/collection/inventory/uses', more)
  const shown = async (code: string) => (await steward.get(`/api/collection/inventory/systems/${code}`)).body
  const table = { system: 'GA-09', table: 'gongan_zanzhu', kind: 'read' }

  test('is seen by the platform where it reads, collects or answers, and then nobody can say another day', async () => {
    const { rows: tables } = await shown('GA-01/tables')
    const collected = tables.find(({ dataset }: { dataset?: string }) => dataset === 'base.resident')
    expect(collected.read).toEqual({ on: null, isSeen: true })
    expect((await shown('GA-09/tables')).rows[0].read).toMatchObject({ isSeen: true })
    for (const of of [table, { system: 'GA-09', kind: 'called' }])
      expect(await say({ ...of, on: today })).toMatchObject({ status: 409, body: { code: 'seen-by-platform' } })
    await asOwner(
      running.ownerUrl,
      `insert into exchange."grant" (id, request, consumer, dataset, fields, whole, rows, purpose, basis, ways, quota, made_at, until)
       values ('g', 'r', 'city.tax', 'city.stall', '{code}', '{}', '{}', 'p', 'b', '{query}', 9, now(), '2099-01-01');
       insert into exchange.usage (grant_id, day, calls) values ('g', '2026-02-03', 1)`,
    )
    expect((await shown('GA-09/tables')).rows[0].read).toEqual({ on: '2026-02-03', isSeen: true })
    expect((await shown('GA-09')).system.called).toEqual({ on: '2026-02-03', isSeen: true })
    const reader = await client(running, { rights: { 'registry.read': 'city' } })
    const rows = `${running.address}/api/registry/datasets/city.stall/rows`
    expect((await fetch(rows, { headers: { cookie: reader.cookie, 'x-purpose': 'test' } })).status).toBe(200)
    await expect.poll(async () => (await shown('GA-09/tables')).rows[0].read).toEqual({ on: today, isSeen: true })
  })

  test('is said of the rest by who answers for it, with name and time; never by import, for a day to come, or by others', async () => {
    const of = { system: 'GA-09', kind: 'used' }
    expect((await say({ ...of, on: '2026-01-02' })).status).toBe(200)
    expect((await shown('GA-09')).system.used).toEqual({
      on: '2026-01-02',
      isSeen: false,
      by: expect.any(String),
      at: expect.stringContaining(today.slice(0, 4)),
    })
    expect((await say({ ...of, on: '2099-01-01' })).body.code).toBe('wrong-use')
    expect((await say({ ...of, kind: 'read', on: today })).body.code).toBe('wrong-use')
    expect((await say({ ...of, on: today }, market)).status).toBe(403)
    const reader = await client(running, { rights: { 'collection.read': 'city' } })
    expect((await say({ ...of, on: today }, reader)).status).toBe(403)
    const keeper = await client(running, { rights: { 'registry.write': 'city', 'collection.declare': 'city' } })
    const row = { code: 'X-1', name: '系统', owner: 'city.finance', state: 'running', lastUsedOn: today }
    await keeper.post('/api/registry/datasets/collection.system/rows', { rows: [row] })
    expect((await shown('X-1')).system.used).toEqual({ on: null, isSeen: false })
  })
})

describe('once a year', () => {
  const matters = async (unit: string) => {
    const { rows } = await running.app.pool.query<{ id: string }>(
      `select id::text from loops.instance where definition = 'collection.inventory' and data ->> 'unit' = $1`,
      [unit],
    )
    return rows.map(({ id }) => id)
  }
  const act = async (who: SignedInClient, loop: string, action: string, form?: object) => {
    const { revision } = await running.app.work(system('collection.test'), (work) =>
      running.app.use(loops).get(work, loop),
    )
    return who.post(`/api/loops/${loop}/actions`, {
      action,
      revision,
      key: `${action}-${revision}`,
      ...(form ? { form } : {}),
    })
  }

  test('each unit gets its matter, one only, with what has changed and what is missing', async () => {
    expect((await police.post('/api/collection/inventory/renewals')).status).toBe(403)
    for (const _ of [1, 2]) expect((await steward.post('/api/collection/inventory/renewals')).status).toBe(200)
    const [loop = '', ...more] = await matters('city.agriculture')
    expect(more).toEqual([])
    const matter = await running.app.work(system('collection.test'), (work) => running.app.use(loops).get(work, loop))
    expect(matter.data).toMatchObject({
      unit: 'city.agriculture',
      gaps: { zh: '1 张数据表既未汇聚也未说明原因', en: '1 tables neither collected nor explained' },
      changes: { zh: expect.stringContaining('系统 2 个：新增 2，修改 0') },
    })
  })

  test('also a unit that owns tables in a system of another; what has ended asks nobody and holds nobody up', async () => {
    const [shared = ''] = await matters('city.government')
    const refused = await act(government, shared, 'confirm', { note: '已核对' })
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 409, code: 'not-now' })
    expect(await matters('city.government-office')).toEqual([])
    const [ended = ''] = await matters('city.finance')
    await asOwner(running.ownerUrl, `update collection.system set state = 'stopped' where owner = 'city.finance'`)
    expect((await act(finance, ended, 'confirm', { note: '系统已停用' })).status).toBe(200)
    const matter = await running.app.work(system('collection.test'), (work) => running.app.use(loops).get(work, ended))
    expect(matter.data.gaps).toEqual({ zh: '无', en: 'none' })
    const [own = ''] = await matters('city.big-data')
    expect((await act(steward, own, 'confirm', { note: '已核对' })).status).toBe(200)
  })

  test('a unit cannot confirm while something is missing, and does not check itself', async () => {
    const [loop = ''] = await matters('city.market')
    expect((await act(market, loop, 'confirm', { note: '已核对' })).status).toBe(200)
    expect((await act(market, loop, 'accept')).status).toBe(403)
    expect((await act(steward, loop, 'accept')).status).toBe(200)
    const [own = ''] = await matters('city.police')
    const link = { system: 'GA-09', name: 'gongan_zanzhu' }
    await police.put('/api/collection/inventory/links', { ...link, reason: 'planned', plannedUntil: '2020-01-01' })
    const refused = await act(police, own, 'confirm', { note: '已核对' })
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 409, code: 'not-now' })
    await police.put('/api/collection/inventory/links', { ...link, reason: 'no-value' })
    expect((await act(police, own, 'confirm', { note: '已核对' })).status).toBe(200)
  })
})
