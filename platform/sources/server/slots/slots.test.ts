import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type TestApp } from '#platform/testing'
import { system } from '#runtime'
import { type FeedView, sources } from '../../contract.ts'
import { begin, collect, collectingApp, feedOf, noticesOf, rowsOf, settled } from '../testing/people.ts'
import { postgresSource } from '../testing/postgres-source.ts'
import { orderSlots } from './slot-store.ts'

let running: TestApp
let other: Awaited<ReturnType<typeof postgresSource>>
let now = () => new Date()
beforeAll(async () => {
  ;[running, other] = await Promise.all([
    collectingApp({ env: { DAIZONG_SOURCE_HOSTS: '127.0.0.1' }, now: () => now() }),
    postgresSource(),
  ])
})
afterAll(async () => {
  await running.stop()
  await other.stop()
})

let made = 0

/** A table of the other system whose changes are collected. */
async function replicated(rows = 20) {
  const name = `pensioner_${++made}`
  await makeTable(name, rows)
  const { connection, secret } = other
  const source = { id: `replicated-${made}`, connection, secret }
  const known = await feedOf(running, source, { from: `public.${name}`, mode: 'replication' })
  const redefine = (change: object, sourceChange: object = {}) =>
    feedOf(
      running,
      { ...source, ...sourceChange },
      { from: `public.${name}`, mode: 'replication', dataset: known.dataset, ...change },
    )
  return { ...known, ...source, name, redefine, run: () => collect(running, known.feed) }
}

const makeTable = (name: string, rows: number) =>
  other.sql(`create table ${name} (number text primary key, name text, amount numeric(10, 2));
    insert into ${name} select 'P' || n, 'name ' || n, n from generate_series(1, ${rows}) n`)

const view = async (feed: string): Promise<FeedView | undefined> =>
  (await running.app.use(sources).feeds()).find(({ id }) => id === feed)

async function when(feed: string, holds: (seen: FeedView) => boolean): Promise<FeedView> {
  for (;;) {
    const seen = await view(feed)
    if (seen && holds(seen)) return seen
    await sleep(40)
  }
}

const lookAgain = (source: string) => running.app.work(system('test'), async (work) => orderSlots(work, source))

/** Names of what exists at the source for a feed. */
const atSource = async (feed: string) => {
  const like = `like 'daizong\\_${feed.replace(/[^a-z0-9]/g, '\\_')}%'`
  const { rows } = await other.sql(`select slot_name::text as name from pg_replication_slots where slot_name ${like}
    union all select pubname::text from pg_publication where pubname ${like}`)
  return rows.map(({ name }) => name as string)
}

test('a feed that is switched off leaves neither slot nor publication; switched on, it is what the source is then', async () => {
  const { feed, table, name, run, redefine } = await replicated()
  await run()
  expect(await atSource(feed)).toHaveLength(2)
  expect((await view(feed))?.slots).toMatchObject([{ isFarBehind: false, problem: null }])
  await redefine({ isOn: false })
  await when(feed, ({ slots }) => slots.length === 0)
  expect(await atSource(feed)).toEqual([])
  const { rows } = await asOwner(
    running.ownerUrl,
    `select details from audit.entry where event = 'sources.slot.dropped' and details::text like '%${feed.replace(/\W/g, '_')}%'`,
  )
  expect(rows).toHaveLength(1)
  await other.sql(`delete from ${name} where number = 'P3'; insert into ${name} values ('P21', 'x', 1)`)
  await redefine({ isOn: true })
  expect(await run()).toMatchObject({ state: 'done', reconciliation: { inserted: 1, removed: 1, agrees: true } })
  expect((await rowsOf(running, table)).map(({ number }) => number)).not.toContain('P3')
})

test('a source that is switched off drops the slots of its feeds', async () => {
  const { feed, run, redefine } = await replicated()
  await run()
  await redefine({}, { isOn: false })
  await when(feed, ({ slots }) => slots.length === 0)
  expect(await atSource(feed)).toEqual([])
})

test('a feed of another table has another slot, and changes of the old table never come', async () => {
  const { feed, table, name, run, redefine } = await replicated()
  await run()
  const [before] = await atSource(feed)
  await makeTable(`${name}_new`, 25)
  await other.sql(`insert into ${name} values ('OLD', 'x', 1)`)
  await redefine({ from: `public.${name}_new` })
  await run()
  await when(feed, ({ slots }) => slots.length === 1)
  expect(await atSource(feed)).toHaveLength(2)
  expect(await atSource(feed)).not.toContain(before)
  await other.sql(`insert into ${name}_new values ('P26', 'x', 1); insert into ${name} values ('OLDER', 'x', 1)`)
  await run()
  const numbers = (await rowsOf(running, table)).map(({ number }) => number)
  expect(numbers).toContain('P26')
  expect(numbers.filter((number) => String(number).startsWith('OLD'))).toEqual([])
})

test('where the source refuses to drop a slot the feed says what its administrator has to run, until it is gone', async () => {
  const { id, feed, run, redefine } = await replicated()
  await run()
  await other.sql(`create role weak_${made} login password 'weak'`)
  const weak = { connection: { ...other.connection, user: `weak_${made}` }, secret: 'weak' }
  await redefine({ isOn: false }, weak)
  const seen = await when(feed, ({ slots }) => slots.some(({ problem }) => problem))
  expect(seen).toMatchObject({
    light: 'red',
    slots: [{ problem: { en: expect.stringContaining(`select pg_drop_replication_slot('${seen.slots[0]?.name}')`) } }],
  })
  expect(JSON.stringify(seen)).not.toContain('"weak"')
  const [slot] = seen.slots
  const path = `/api/sources/feeds/${feed}/slots/${slot?.name}`
  const organisation = 'city.human-resources'
  const reader = await client(running, { rights: { 'sources.read': 'city', 'sources.run': 'city' }, organisation })
  expect((await reader.delete(path)).status).toBe(403)
  const stranger = await client(running, { rights: { 'sources.define': 'unit' }, organisation: 'city.ecology' })
  expect((await stranger.delete(path)).status).toBe(404)
  const steward = await client(running, { rights: { 'sources.define': 'unit' }, organisation })
  expect((await steward.delete(path)).status).toBe(200)
  expect(await view(feed)).toMatchObject({ light: 'grey', slots: [] })
  expect((await steward.delete(path)).status).toBe(404)
  await lookAgain(id)
})

test('how far replication is behind is shown; too far is red and told once', async () => {
  const { id, feed, name, run } = await replicated()
  const steward = await client(running, { rights: { 'sources.run': 'unit' }, organisation: 'city.human-resources' })
  await run()
  await other.sql(`insert into ${name} select 'L' || n, repeat('x', 1000), 1 from generate_series(1, 5000) n`)
  await lookAgain(id)
  const seen = await when(feed, ({ slots }) => (slots[0]?.lagBytes ?? 0) > 1_000_000)
  expect(seen).toMatchObject({ light: 'green', slots: [{ isFarBehind: false }] })
  const late = Date.now() + 25 * 3_600_000
  now = () => new Date(late)
  await lookAgain(id)
  await when(feed, ({ slots }) => slots[0]?.lookedAt?.getTime() === late)
  await lookAgain(id)
  expect(await noticesOf(running, steward.actor.id, feed, 1)).toMatchObject([
    { title: expect.stringContaining('far behind') },
  ])
  expect(await view(feed)).toMatchObject({ light: 'red', slots: [{ isFarBehind: true }] })
  now = () => new Date()
})

test('compared whole, what the changes did not bring is mended and told; ordinary changes are not', async () => {
  const { feed, table, name, run } = await replicated()
  await run()
  const whole = async () => {
    const id = await begin(running, feed, { whole: true })
    return settled(running, id)
  }
  await other.sql(`update ${name} set amount = 99 where number = 'P1'; delete from ${name} where number = 'P2'`)
  const quiet = await whole()
  expect(quiet).toMatchObject({ state: 'done', reconciliation: { changed: 1, removed: 1, agrees: true } })
  expect(quiet.remark).toBeNull()
  await asOwner(
    running.ownerUrl,
    `delete from ${table} where number in ('P3', 'P4'); update ${table} set number = 'P0' where number = 'P5'`,
  )
  const mended = await whole()
  expect(mended).toMatchObject({
    reconciliation: { inserted: 3, removed: 1, agrees: true },
    remark: { en: expect.stringContaining('missed at least 4 rows') },
  })
})

test('many small transactions are collected in several runs that follow each other by themselves', async () => {
  const { feed, table, name, run } = await replicated()
  await run()
  await other.sql(
    `do $$ begin for n in 1..18000 loop insert into ${name} values ('S' || n, 'x', 1); commit; end loop; end $$`,
  )
  const first = await run()
  expect(first.rows).toBeLessThan(18_000)
  await when(feed, ({ lastRun }) => lastRun?.state === 'done' && lastRun.id !== first.id)
  expect(await rowsOf(running, table)).toHaveLength(18_020)
})
