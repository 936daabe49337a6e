import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loops } from '#platform/loops'
import { sources } from '#platform/sources'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { system, words } from '#runtime'
import { bench, modules } from '../../testing.ts'

let running: TestApp
let steward: SignedInClient
let police: SignedInClient
let market: SignedInClient
let dataset: string
let other: string
beforeAll(async () => {
  running = await testApp({
    modules: await modules(),
    demo: true,
    env: { DAIZONG_SOURCE_HOSTS: '127.0.0.1,localhost' },
  })
  const known = await bench(running)
  ;({ steward, police, market } = known)
  dataset = known.dataset.id
  await makeOther()
  await defineSource('ga-09', 'city.police')
  await defineSource('sc-01', 'city.market')
})
afterAll(async () => {
  await running.stop()
  await asOwner(inDatabase('postgres'), `drop database ${other} with (force)`)
})

const actor = system('collection.test')
const inDatabase = (name: string): string => Object.assign(new URL(running.ownerUrl), { pathname: `/${name}` }).href

/** The database of another system. */
async function makeOther(): Promise<void> {
  other = `other_${process.pid}`
  await asOwner(inDatabase('postgres'), `create database ${other}`)
  await asOwner(
    inDatabase(other),
    `create table gongan_zanzhu ("XM" text, "SFZH" text, "DJRQ" date, "HJDZ" varchar(200));
     create table stall (code text primary key, name text, area numeric);
     comment on column stall.name is '摊主'; insert into stall values ('S1', '王伟', 12.5)`,
  )
}

async function defineSource(id: string, organisation: string): Promise<void> {
  const { hostname, port, username, password } = new URL(running.ownerUrl)
  const connection = {
    kind: 'postgres',
    host: hostname,
    port: Number(port),
    database: other,
    user: username,
    tls: false,
  } as const
  await running.app.work(actor, (work) =>
    running.app.use(sources).define(work, {
      id,
      title: words(`${id} 数据库`, `Database ${id}`),
      organisation,
      connection,
      secret: password,
      isOn: true,
    }),
  )
  await look(id, 2)
}

/** Waits until a source shows so many tables. */
const look = (id: string, count: number) =>
  vi.waitFor(
    async () => {
      const there = (await running.app.use(sources).tables(id)).filter(({ goneAt }) => goneAt === null)
      expect(there).toHaveLength(count)
    },
    { timeout: 20_000, interval: 100 },
  )

const path = '/api/collection/inventory/systems/GA-09'
const link = (who: SignedInClient, wanted: readonly string[], at = path) =>
  who.put(`${at}/sources`, { sources: wanted })
const scan = async (who = police) => (await who.get(path)).body.scan
const named = (rows: readonly { name: string }[], name: string) => rows.find((each) => each.name === name)
/** Undefined when source and inventory agree. */
const differenceOf = async (name: string) => named((await police.get(`${path}/differences`)).body.rows, name)
const tableOf = async (name: string) => (await police.get(`${path}/tables?q=${name}`)).body.rows[0]
const unit = async (id = 'city.police') =>
  (await steward.get('/api/collection/inventory')).body.units.find((each: { unit: string }) => each.unit === id)

test('a unit says which of its sources is which of its systems; nobody else does', async () => {
  expect(await scan()).toBeNull()
  const { body } = await police.get('/api/collection/inventory/sources')
  expect(body.rows).toEqual([expect.objectContaining({ id: 'ga-09', system: null })])
  expect((await link(market, ['ga-09'])).status).toBe(403)
  expect((await link(police, ['sc-01'])).status).toBe(403)
  expect((await link(police, ['none'])).status).toBe(422)
  const reader = await client(running, { rights: { 'collection.read': 'city' } })
  expect((await link(reader, ['ga-09'])).status).toBe(403)
  expect((await reader.get('/api/collection/inventory/sources')).status).toBe(403)
  expect((await link(police, ['ga-09'])).status).toBe(200)
  const taken = await link(steward, ['ga-09'], '/api/collection/inventory/systems/GA-01')
  expect({ status: taken.status, code: taken.body.code }).toEqual({ status: 409, code: 'source-taken' })
})

test('what is found but not declared counts as unexplained, and is named in the yearly matter', async () => {
  await link(police, [])
  const before = await unit()
  await link(police, ['ga-09'])
  expect(await unit()).toMatchObject({
    undeclared: 1,
    tables: before.tables + 1,
    silent: before.silent + 1,
    collected: before.collected,
  })
  const { body } = await steward.get('/api/collection/inventory')
  expect(body.scans).toEqual([
    expect.objectContaining({
      system: 'GA-09',
      at: expect.any(String),
      found: 2,
      undeclared: 1,
      differing: 1,
      gone: 0,
    }),
  ])
  await steward.post('/api/collection/inventory/renewals')
  const { rows } = await running.app.pool.query<{ id: string }>(
    `select id::text from loops.instance where definition = 'collection.inventory' and data ->> 'unit' = 'city.police'`,
  )
  const matter = await running.app.work(actor, (work) => running.app.use(loops).get(work, rows[0]?.id ?? ''))
  expect(JSON.stringify(matter.data.gaps)).toContain('1 张数据表在来源中发现但没有申报：public.stall')
  const refused = await police.post(`/api/loops/${matter.id}/actions`, {
    action: 'confirm',
    revision: matter.revision,
    key: 'confirm-scanned',
    form: { note: '已核对' },
  })
  expect(refused.status).toBe(409)
  expect(JSON.stringify(refused.body)).toContain('1 张表发现但未申报')
})

describe('found tables come into the inventory', () => {
  const take = (who: SignedInClient, tables?: readonly string[]) => who.post(`${path}/taken`, tables ? { tables } : {})

  test('by the officer of the unit or the steward alone', async () => {
    expect((await take(market)).status).toBe(403)
    const reader = await client(running, { rights: { 'collection.read': 'city' } })
    expect((await take(reader)).status).toBe(403)
    expect((await reader.post(`${path}/removed`, { tables: ['x'] })).status).toBe(403)
    expect((await market.post(`${path}/removed`, { tables: ['x'] })).status).toBe(403)
    expect((await take(police, ['public.none'])).body.code).toBe('scan-changed')
  })

  test('one chosen, with its columns, their types and comments', async () => {
    expect(await differenceOf('public.stall')).toMatchObject({ state: 'undeclared', added: ['code', 'name', 'area'] })
    expect((await take(police, ['public.stall'])).body).toEqual({ count: 1, left: 0 })
    expect(await differenceOf('public.stall')).toBeUndefined()
    expect(await differenceOf('gongan_zanzhu')).toMatchObject({ state: 'differs' })
    const table = await tableOf('public.stall')
    expect(table).toMatchObject({ owner: 'city.police', title: 'public.stall' })
    expect(table.fields).toContainEqual(expect.objectContaining({ name: 'name', title: '摊主', type: 'text' }))
    expect((await unit()).undeclared).toBe(0)
  })

  test('all the others: columns become what they are, what was said of the table stays', async () => {
    expect(await differenceOf('gongan_zanzhu')).toMatchObject({ added: expect.arrayContaining(['HJDZ']) })
    expect((await take(steward)).body).toEqual({ count: 1, left: 0 })
    expect(await differenceOf('gongan_zanzhu')).toBeUndefined()
    const { title, fields } = await tableOf('gongan_zanzhu')
    expect(title).toBe('暂住人口登记')
    expect(fields.map(({ name }: { name: string }) => name).toSorted()).toEqual(['DJRQ', 'HJDZ', 'SFZH', 'XM'])
    expect((await take(steward)).body).toEqual({ count: 0, left: 0 })
  })

  test('with the dataset into which a feed has brought their rows', async () => {
    const service = running.app.use(sources)
    await running.app.work(actor, (work) =>
      service.defineFeed(work, {
        id: 'ga-09.stall',
        source: 'ga-09',
        title: words('摊位', 'Stalls'),
        dataset,
        from: 'public.stall',
        mode: 'snapshot',
        deletes: 'keep',
        columns: { code: 'code', name: 'name', area: 'area' },
        isOn: true,
      }),
    )
    expect(await differenceOf('public.stall')).toBeUndefined()
    expect((await tableOf('public.stall')).isProven).toBe(false)
    const run = await running.app.work(actor, (work) => service.start(work, 'ga-09.stall'))
    await vi.waitFor(async () => expect((await service.run(run)).state).toBe('done'), {
      timeout: 30_000,
      interval: 200,
    })
    expect(await differenceOf('public.stall')).toMatchObject({ state: 'differs', provenBy: dataset })
    const { collected } = await unit()
    expect((await take(police)).body).toEqual({ count: 1, left: 0 })
    expect(await unit()).toMatchObject({ collected: collected + 1 })
    const table = await tableOf('public.stall')
    expect(table).toMatchObject({ dataset, isProven: true })
    expect(table.fields).toContainEqual(expect.objectContaining({ name: 'area', field: 'area' }))
    expect(await differenceOf('public.stall')).toBeUndefined()
  })
})

test('a table that is not there any more is called gone, and leaves the inventory when somebody says so', async () => {
  await asOwner(inDatabase(other), 'drop table gongan_zanzhu')
  await running.app.work(actor, (work) => running.app.use(sources).discover(work, 'ga-09'))
  await look('ga-09', 1)
  expect(await differenceOf('gongan_zanzhu')).toMatchObject({ state: 'gone' })
  expect((await police.post(`${path}/taken`, {})).body).toEqual({ count: 0, left: 0 })
  expect((await police.post(`${path}/removed`, { tables: ['gongan_zanzhu', 'public.stall'] })).body).toEqual({
    count: 1,
  })
  const { body } = await police.get(`${path}/tables`)
  expect(body.rows.map(({ name }: { name: string }) => name)).toEqual(['public.stall'])
})
