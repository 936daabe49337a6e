import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { bench, modules } from '../../testing.ts'

const TABLES = 20_000
let running: TestApp
let police: SignedInClient
let market: SignedInClient
let steward: SignedInClient
beforeAll(async () => {
  running = await testApp({ modules: await modules(), demo: true })
  ;({ police, market, steward } = await bench(running))
  await asOwner(
    running.ownerUrl,
    `insert into sources.source (id, title, organisation, connection, is_on, checked_at, by, at)
      values ('many', '{"zh":"大库","en":"Many"}', 'city.police', '{"kind":"postgres","host":"x","port":1,
        "database":"x","user":"x","tls":false}', true, now(), 'x', now());
    insert into sources.feed (id, source, dataset, definition, is_on, by, at)
      select 'many.f' || n, 'many', 'x', jsonb_build_object('from', 'public.t' || lpad(n::text, 5, '0'), 'mode', 'snapshot'), true, 'x', now()
      from generate_series(1, 50) n;
    insert into sources.found_table (source, name, rows, columns, seen_at)
      select 'many', 'public.t' || lpad(n::text, 5, '0'), n, (select jsonb_agg(jsonb_build_object('name', 'c' || c,
        'type', 'character varying(20)', 'comment', null)) from generate_series(1, 12) c), now()
      from generate_series(1, ${TABLES}) n;
    insert into collection.system_source (source, system, by, at) values ('many', 'GA-09', 'x', now())`,
  )
})
afterAll(() => running.stop())

const path = '/api/collection/inventory/systems/GA-09'
const read = async (at: string, who = police) => (await who.get(at)).body
const FEW = 100_000

test('what differs is told in figures, and table by table in pages', async () => {
  const seen = await read(path)
  expect(seen.scan).toMatchObject({ found: TABLES, undeclared: TABLES, differing: 0 })
  expect(JSON.stringify(seen).length).toBeLessThan(FEW)
  const first = await read(`${path}/differences`)
  expect(first.rows.map(({ name }: { name: string }) => name).slice(0, 3)).toEqual([
    'gongan_zanzhu',
    'public.t00001',
    'public.t00002',
  ])
  expect(first.rows).toHaveLength(100)
  expect(JSON.stringify(first).length).toBeLessThan(FEW)
  expect((await read(`${path}/differences?after=${first.next}`)).rows[0].name).toBe('public.t00100')
  expect(await read(`${path}/differences?after=public.t19999`)).toMatchObject({
    rows: [{ name: 'public.t20000' }],
    next: null,
  })
  expect(JSON.stringify(await read('/api/collection/inventory', steward)).length).toBeLessThan(FEW)
  expect((await market.get(`${path}/differences`)).status).toBe(404)
  expect((await market.get(`${path}/tables`)).status).toBe(404)
  const nobody = await client(running, { rights: { 'collection.declare': 'city' } })
  expect((await nobody.get(`${path}/differences`)).status).toBe(403)
})

test('all are taken over in several goes, each in a moment; then they are found by name, page by page', async () => {
  const take = () => police.post(`${path}/taken`, {})
  expect((await take()).body).toEqual({ count: 500, left: TABLES - 500 })
  expect((await take()).body).toEqual({ count: 500, left: TABLES - 1000 })
  const first = await read(`${path}/tables`)
  expect(first.rows).toHaveLength(20)
  expect(first.rows[1]).toMatchObject({ name: 'public.t00001', isProven: false })
  expect(first.rows[1].fields).toHaveLength(12)
  expect(JSON.stringify(first).length).toBeLessThan(FEW)
  expect((await read(`${path}/tables?after=${first.next}`)).rows[0].name).toBe('public.t00020')
  const found = await read(`${path}/tables?q=T00999`)
  expect(found).toMatchObject({ rows: [{ name: 'public.t00999' }], next: null })
  expect((await read(`${path}/tables?q=%25`)).rows).toEqual([])
  const tooMany = Array.from({ length: 501 }, (_, n) => `public.t${n}`)
  expect((await police.post(`${path}/taken`, { tables: tooMany })).status).toBe(422)
})
