import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { correctionLists } from '#platform/registry'
import { asOwner, client, type TestApp } from '#platform/testing'
import { system } from '#runtime'
import { type FeedDefinition, sources } from '../../contract.ts'
import { Egress } from '../egress.ts'
import { collect, collectingApp, feedOf, noticesOf, rowsOf, settled } from '../testing/people.ts'
import { postgresSource } from '../testing/postgres-source.ts'
import { openPostgres } from './postgres.ts'

let running: TestApp
let other: Awaited<ReturnType<typeof postgresSource>>
beforeAll(async () => {
  ;[running, other] = await Promise.all([
    collectingApp({ env: { DAIZONG_SOURCE_HOSTS: '127.0.0.1,*.example' } }),
    postgresSource(),
  ])
})
afterAll(async () => {
  await running.stop()
  await other.stop()
})

let tables = 0

/** A table of the other system with a feed of its own. */
async function tableOf(feed: Partial<FeedDefinition>, rows = 1000) {
  const name = `pension_${++tables}`
  await other.sql(`create table ${name} (number text primary key, name text, amount numeric(10, 2), state text,
    changed_at timestamptz not null default now(), note text, rate double precision, alive boolean);
    insert into ${name} select 'P' || n, 'name, "' || n || e'"\\nof two lines', n + 0.25, 'normal',
      '2026-03-01 08:00+08'::timestamptz + n * interval '1 second', e'a\\r\\nb', n / 3.0, n % 2 = 0
    from generate_series(1, ${rows}) n`)
  const { connection, secret } = other
  const known = await feedOf(running, { connection, secret }, { from: `public.${name}`, ...feed })
  return { ...known, name, run: () => collect(running, known.feed) }
}

test('a table comes whole, and every sum and checksum agrees with the source', async () => {
  const { run, table, name } = await tableOf({ deletes: 'missing' })
  const first = await run()
  expect(first).toMatchObject({ state: 'done', rows: 1000 })
  expect(first.reconciliation).toMatchObject({ sourceRows: 1000, inserted: 1000, refused: 0, agrees: true })
  expect(first.reconciliation?.columns).toContainEqual({
    column: 'amount',
    what: 'sum',
    source: '500750',
    arrived: '500750',
    agrees: true,
  })
  expect(first.reconciliation?.columns.filter(({ what }) => what === 'checksum').length).toBeGreaterThan(3)
  const [row] = await rowsOf(running, table)
  expect(row).toMatchObject({ number: 'P1', name: 'name, "1"\nof two lines', amount: 1.25 })
  expect(row.changed.toISOString()).toBe('2026-03-01T00:00:01.000Z')
  await other.sql(`delete from ${name} where number in ('P1', 'P2'); update ${name} set amount = 7 where number = 'P3'`)
  expect((await run()).reconciliation).toMatchObject({ changed: 1, same: 997, removed: 2, agrees: true })
})

test('refused rows that a whole table has no more wait no longer, though its rows are kept; those that it has wait', async () => {
  const { run, name, dataset } = await tableOf({})
  const waiting = () =>
    running.app.work(system('test'), (work) => running.app.use(correctionLists).waiting(work, dataset))
  await other.sql(`update ${name} set name = null where number in ('P1', 'P2', 'P3')`)
  expect((await run()).reconciliation).toMatchObject({ inserted: 997, refused: 3 })
  expect(await waiting()).toBe(3)
  await other.sql(`update ${name} set name = 'x', number = 'Q1' where number = 'P1';
    delete from ${name} where number = 'P2'`)
  expect((await run()).reconciliation).toMatchObject({ inserted: 1, refused: 1, removed: 0 })
  expect(await waiting()).toBe(1)
})

test('by watermark only what has grown comes, once more within the overlap', async () => {
  const { run, name } = await tableOf({
    mode: 'watermark',
    watermark: { column: 'changed_at', overlapSeconds: 60 },
  })
  await run()
  await other.sql(`update ${name} set amount = amount + 1, changed_at = now() where number in ('P1', 'P2', 'P3');
    insert into ${name} (number, name, amount, state) values ('N1', 'new', 1, 'normal')`)
  const second = await run()
  expect(second.reconciliation).toMatchObject({ sourceRows: 65, inserted: 1, changed: 3, same: 61, agrees: true })
})

test('by a numeric watermark a row confirmed late comes within the overlap; one from longer ago when all is compared', async () => {
  const { run, name, feed } = await tableOf({
    mode: 'watermark',
    watermark: { column: 'serial', overlapSeconds: 0, overlapNumbers: 50 },
  })
  await other.sql(`alter table ${name} add serial bigint; update ${name} set serial = substr(number, 2)::bigint`)
  await run()
  await other.sql(`insert into ${name} (number, name, serial) values ('LATE', 'x', 990), ('LATER', 'x', -7);
    delete from ${name} where number = 'P5'`)
  expect((await run()).reconciliation).toMatchObject({ inserted: 1, same: 51, agrees: true })
  const steward = await client(running, { rights: { 'sources.run': 'city' } })
  const { body } = await steward.post(`/api/sources/feeds/${feed}/runs`, { whole: true })
  expect(await settled(running, body.run)).toMatchObject({
    reconciliation: { sourceRows: 1001, inserted: 1, same: 1000, removed: 0, gone: 1, agrees: true },
    remark: { en: expect.stringContaining('missed') },
  })
  expect(await noticesOf(running, steward.actor.id, feed, 2)).toMatchObject([
    { title: expect.stringContaining('missed at least 1 rows') },
    { title: expect.stringContaining('1 rows that are not at the source any more are kept') },
  ])
})

test('changes by logical replication, deletions and new keys too, are acknowledged only once they are confirmed', async () => {
  const { run, name, table } = await tableOf({ mode: 'replication' }, 300)
  expect((await run()).reconciliation).toMatchObject({ inserted: 300 })
  const slot = async () =>
    (
      await other.sql(`select confirmed_flush_lsn::text as at from pg_replication_slots
    where slot_name like 'daizong_%' order by slot_name desc limit 1`)
    ).rows[0].at
  const before = await slot()
  await other.sql(`update ${name} set amount = 9 where number = 'P5'; delete from ${name} where number = 'P6';
    update ${name} set number = 'Q7' where number = 'P7'; insert into ${name} (number, name) values ('P8000', 'x');
    update ${name} set state = 'paused' where number = 'P8000'; delete from ${name} where number = 'P9'`)
  const second = await run()
  expect(second).toMatchObject({ state: 'done', rows: 3 })
  expect(second.reconciliation).toMatchObject({ inserted: 2, changed: 1, removed: 3 })
  expect(await slot()).toBe(before)
  const rows = await rowsOf(running, table)
  expect(
    rows.map(({ number }) => number).filter((number) => ['P6', 'P7', 'P9', 'Q7', 'P8000'].includes(number)),
  ).toEqual(['P8000', 'Q7'])
  expect(await run()).toMatchObject({ state: 'done', remark: { en: expect.stringContaining('nothing new') } })
  expect(await slot()).not.toBe(before)
})

test('a source that breaks off in the middle leaves nothing behind and is tried again', async () => {
  const { name } = await tableOf({}, 2000)
  await other.sql(`create view slow_${name} as select p.* from ${name} p, lateral (select pg_sleep(0.01), p.number) s`)
  const { connection, secret } = other
  const { feed, table } = await feedOf(running, { connection, secret }, { from: `public.slow_${name}` })
  const run = await running.app.work(system('test'), (work) => running.app.use(sources).start(work, feed))
  let attempts = 0
  while (attempts === 0) {
    await other.sql(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'daizong' and state = 'active' and query ~ '^(select count|copy)'`)
    await sleep(50)
    const { rows } = await asOwner(running.ownerUrl, `select attempts from sources.run where id = ${run}`)
    attempts = rows[0].attempts
  }
  expect(await running.app.use(sources).run(run)).toMatchObject({
    state: 'collecting',
    problem: { en: expect.stringContaining('does not answer') },
  })
  expect(await rowsOf(running, table)).toEqual([])
})

test('only allowed hosts are called, and never an inner address by a name', async () => {
  const to = (host: string) =>
    feedOf(running, { connection: { ...other.connection, host } }, { from: 'public.x' }).catch((error) => error.code)
  expect(await to('169.254.169.254')).toBe('host-not-allowed')
  expect(await to('10.0.0.1')).toBe('host-not-allowed')
  // The name is not listed, so its address has to be.
  expect(await new Egress(['localhost']).resolve('localhost', 1).catch((error) => error.code)).toBe('host-not-allowed')
  expect(await new Egress(['*.example', '10.2.0.0/16:5432']).resolve('10.2.3.4', 5432)).toBe('10.2.3.4')
  expect(await new Egress(['10.2.0.0/16:5432']).resolve('10.2.3.4', 22).catch((error) => error.code)).toBe(
    'host-not-allowed',
  )
})

test('a wrong password fails with what the source says, and the password is nowhere', async () => {
  const secret = 'Never-shown-7'
  const { feed } = await feedOf(running, { connection: other.connection, secret }, { from: 'public.pension_1' })
  const run = await running.app.work(system('test'), (work) => running.app.use(sources).start(work, feed))
  for (;;) {
    const { problem } = await running.app.use(sources).run(run)
    if (problem) {
      expect(problem.en).toContain('28P01')
      expect(JSON.stringify(problem)).not.toContain(secret)
      break
    }
    await sleep(50)
  }
  const { rows } = await asOwner(
    running.ownerUrl,
    `select secret, connection from sources.source where id = '${feed.split('.')[0]}'`,
  )
  expect(rows[0].secret.toString('latin1')).not.toContain(secret)
})

test('what a source has is listed, collected or not', async () => {
  const { feed, name } = await tableOf({}, 1)
  const source = feed.replace(/\..*/, '')
  const found = await settledTables(source)
  expect(found.find((table) => table.name === `public.${name}`)).toMatchObject({
    feeds: [feed],
    columns: expect.arrayContaining([{ name: 'amount', type: 'numeric(10,2)', comment: null }]),
  })
  expect(found.some((table) => table.feeds.length === 0)).toBe(true)
})

test('tables are read in pages, however many there are, and one that is gone is known by itself', async () => {
  await other.sql(`do $$ begin for n in 1..40 loop
    execute format('create table "Many%s" (a int, b text)', n); end loop; end $$`)
  const { feed } = await tableOf({}, 1)
  const { connection, secret } = other
  const open = await openPostgres({ ...connection, address: connection.host }, secret, 7)
  const pages = []
  for await (const page of open.tables()) pages.push(page)
  await open.close()
  const found = pages.flat()
  expect(Math.max(...pages.map(({ length }) => length))).toBe(7)
  expect(new Set(found.map(({ name }) => name)).size).toBe(found.length)
  expect(found.filter(({ name }) => name.startsWith('public.Many'))).toHaveLength(40)
  expect(found.find(({ name }) => name === 'public.Many40')?.columns.map(({ name }) => name)).toEqual(['a', 'b'])
  const source = feed.replace(/\..*/, '')
  await settledTables(source)
  await other.sql('drop table "Many40"')
  await running.app.work(system('test'), (work) => running.app.use(sources).discover(work, source))
  const gone = async () => (await running.app.use(sources).tables(source)).filter(({ goneAt }) => goneAt)
  while ((await gone()).length === 0) await sleep(50)
  expect((await gone()).map(({ name }) => name)).toEqual(['public.Many40'])
  await asOwner(
    running.ownerUrl,
    `insert into sources.found_table (source, name, columns, seen_at)
      select '${source}', 'z.table_' || lpad(n::text, 5, '0'), '[]', now() from generate_series(1, 20000) n`,
  )
  const reader = await client(running, { rights: { 'sources.read': 'city' } })
  const read = async (query: string) => (await reader.get(`/api/sources/systems/${source}/tables?${query}`)).body
  const first = await read('q=z.table_0')
  expect(first.rows.map(({ name }: { name: string }) => name)).toEqual(
    Array.from({ length: 100 }, (_, n) => `z.table_${String(n + 1).padStart(5, '0')}`),
  )
  expect((await read(`q=z.table_0&after=${first.next}`)).rows[0].name).toBe('z.table_00101')
  expect(await read('q=TABLE_19999')).toMatchObject({ rows: [{ name: 'z.table_19999' }], next: null })
  expect((await read('q=%25')).rows).toEqual([])
  const stranger = await client(running, { rights: { 'sources.read': 'unit' }, organisation: 'city.ecology' })
  expect((await stranger.get(`/api/sources/systems/${source}/tables`)).status).toBe(404)
})

async function settledTables(source: string) {
  for (;;) {
    const found = await running.app.use(sources).tables(source)
    if (found.length > 1) return found
    await sleep(50)
  }
}
