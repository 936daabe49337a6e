import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import { documentsModule } from '../../../documents/module.ts'
import { identityModule } from '../../../identity/module.ts'
import { registryModule } from '../../../registry/module.ts'
import { analytics, type Value } from '../../contract.ts'
import { analyticsModule } from '../../module.ts'
import { firm, firms } from '../testing/firms.ts'

let running: TestApp
let data: Awaited<ReturnType<typeof firms>>
const limits = { seconds: 20, bytes: 2 ** 28, rows: 10_000 }

beforeAll(async () => {
  running = await testApp({ modules: [identityModule, documentsModule, registryModule, analyticsModule] })
  data = await firms(running.app, 300)
  await older()
})
afterAll(() => running.stop())

async function ask(sql: string): Promise<(readonly Value[])[]> {
  const rows = []
  for await (const batch of running.app.use(analytics).ask({ sql, tables: [data.table], limits }))
    rows.push(...batch.rows)
  return rows
}

const LISTED = `code, name, opened_on::text, capital, staff, is_large, seen_at`

/** Codes and staff in what differs from the base, as it was and as it is, and in the base with these changes made. */
async function changed() {
  const { answers } = await running.app.use(analytics).compute({
    tables: [data.table],
    steps: [
      { name: 'differs', sql: `select code, name from ${data.table}_changed order by code, name` },
      {
        name: 'same',
        sql: `select count(*) from (select * from ${data.table}_base except select * from ${data.table}_changed
          union all (select * from ${data.table}_changed except select * from ${data.table}_base)
          except select * from ${data.table})`,
      },
    ],
    keep: {},
    answer: ['differs', 'same'],
    limits,
  })
  return { differs: answers.get('differs') ?? [], same: answers.get('same') }
}

/** Both engines' rows, by the same statement. */
async function both() {
  const sql = (table: string) => `select _id, _version, ${LISTED} from ${table} order by _id`
  const { rows } = await running.app.pool.query({ text: sql('registry_data.firm'), rowMode: 'array' })
  const own = rows.map((row: unknown[]) => row.map((value) => (value instanceof Date ? value.toISOString() : value)))
  return { own, copied: await ask(sql(data.table)) }
}

/**
 * Waits until every transaction of the server that is older than the rows has ended, also those of other databases: a
 * copy takes for new what they might still have hidden, and would fold it instead of leaving a delta.
 */
const older = () =>
  vi.waitFor(
    async () => {
      const { rows } = await running.app.pool.query<{ ended: boolean }>(
        `select coalesce(max(xmin::text::bigint), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295
           as ended from registry_data.firm`,
      )
      expect(rows[0]?.ended).toBe(true)
    },
    { timeout: 30_000, interval: 50 },
  )

const files = (end: string) =>
  readdir(join(running.app.config.dataDir, 'analytics', data.table)).then((all) =>
    all.filter((each) => each.includes(end)),
  )

test('a copy holds what the database holds, without what is sealed', async () => {
  const snapshot = await running.app.use(analytics).refresh(data.id)
  expect(snapshot).toMatchObject({ table: data.table, rows: 300, sources: [data.id] })
  expect(snapshot.columns.map(({ name }) => name)).not.toContain('phone')
  const { own, copied } = await both()
  expect(copied).toHaveLength(300)
  expect(copied).toEqual(own)
})

test('changed, new, removed and again written rows come as a delta', async () => {
  const [[before] = []] = await ask(`select name from ${data.table} where code = 'F3'`)
  await data.write([firm(3, { name: '新名' }), firm(1000), firm(1001)])
  await data.remove(['F5', 'F6'])
  const { rows } = await running.app.use(analytics).refresh(data.id)
  expect(rows).toBe(300)
  expect(await files('delta-')).toHaveLength(1)
  const first = await both()
  expect(first.copied).toEqual(first.own)
  await data.write([firm(5), firm(3, { name: '再改' })])
  await data.remove(['F1000'])
  await running.app.use(analytics).refresh(data.id)
  const second = await both()
  expect(second.copied).toEqual(second.own)
  expect(second.copied).toHaveLength(300)
  const { differs, same } = await changed()
  expect(differs.filter(([code]) => code === 'F3')).toEqual([
    ['F3', before],
    ['F3', '再改'],
  ])
  // Gone and come again, under another number; gone for good; come and gone between two refreshes.
  expect(differs.filter(([code]) => code === 'F5')).toHaveLength(2)
  expect(differs.filter(([code]) => code === 'F6')).toHaveLength(1)
  expect(differs.filter(([code]) => code === 'F1000')).toEqual([])
  expect(same).toEqual([[0]])
})

test('a base is laid down anew in the order that is asked for', async () => {
  const [before] = await files('base-')
  running.app.use(analytics).sortBy(data.id, 'code')
  running.app.use(analytics).sortBy(data.id, 'name')
  await running.app.use(analytics).refresh(data.id)
  expect((await files('base-')).filter((file) => file !== before)).toHaveLength(1)
  const codes = (await ask(`select code from ${data.table}`)).map(([code]) => String(code))
  expect(codes).toEqual(codes.toSorted())
  const { own, copied } = await both()
  expect(copied).toEqual(own)
})

test('rows of a transaction that began before a run and is confirmed after it are not missed', async () => {
  const client = await running.app.pool.connect()
  try {
    await client.query("begin; update registry_data.firm set staff = 77777, _since = now() where code = 'F9'")
    await data.write([firm(10, { staff: 5 })])
    await running.app.use(analytics).refresh(data.id)
    await client.query('commit')
  } finally {
    client.release()
  }
  await running.app.use(analytics).refresh(data.id)
  const { own, copied } = await both()
  expect(copied).toEqual(own)
  expect(await ask(`select staff from ${data.table} where code = 'F9'`)).toEqual([[77_777]])
})

test('a large delta is folded into a new base', async () => {
  const [before] = await files('base-')
  await data.write(Array.from({ length: 60 }, (_, n) => firm(n + 100, { staff: n + 5000 })))
  await data.remove(['F200', 'F201'])
  await running.app.use(analytics).refresh(data.id)
  expect((await files('base-')).filter((file) => file !== before)).toHaveLength(1)
  const { own, copied } = await both()
  expect(copied).toEqual(own)
})

test('a run that is ended in the middle leaves the copy before, and the next one clears up', async () => {
  const before = await ask(`select count(*), sum(staff) from ${data.table}`)
  await data.write([firm(20, { staff: 1_000_000 })])
  for (const wait of [0, 20, 60, 120]) {
    const end = new AbortController()
    const run = running.app.use(analytics).refresh(data.id, undefined, end.signal)
    const ended = expect(run).rejects.toThrow()
    await sleep(wait)
    end.abort()
    await ended
    expect(await ask(`select count(*), sum(staff) from ${data.table}`)).toEqual(before)
  }
  await running.app.use(analytics).refresh(data.id)
  const { own, copied } = await both()
  expect(copied).toEqual(own)
  expect(await files('.csv')).toEqual([])
})

test('a rewritten table is copied anew', async () => {
  await running.app.pool.query('delete from registry_data.firm')
  await data.write([firm(1), firm(2)])
  await running.app.use(analytics).refresh(data.id)
  const { own, copied } = await both()
  expect(copied).toEqual(own)
  expect(copied).toHaveLength(2)
})
