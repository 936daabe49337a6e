import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import { documentsModule } from '../../documents/module.ts'
import { identityModule } from '../../identity/module.ts'
import { registryModule } from '../../registry/module.ts'
import { analytics, type Batch, type Question } from '../contract.ts'
import { analyticsModule } from '../module.ts'
import { firms } from './testing/firms.ts'

let running: TestApp
let table: string
const limits = { seconds: 20, bytes: 2 ** 28, rows: 10_000 }
const ENDLESS = 'select count(*) from range(10000000) a, range(10000000) b where a.range + b.range = 7'

beforeAll(async () => {
  running = await testApp({ modules: [identityModule, documentsModule, registryModule, analyticsModule] })
  const data = await firms(running.app, 100)
  await running.app.use(analytics).refresh(data.id)
  table = data.table
})
afterAll(() => running.stop())

async function ask(sql: string, more: Partial<Question> = {}): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of running.app.use(analytics).ask({ sql, tables: [table], limits, ...more }))
    batches.push(batch)
  return batches
}

describe('an answer', () => {
  test('carries columns and values that JSON can carry', async () => {
    const [batch] = await ask(
      `select count(*) as n, date '2026-03-01' as day, 9007199254740993 as far, 1.25::decimal(8,2) as part, null as nothing,
       timestamptz '2026-03-01 08:00:00+08' as instant, [1, 2] as list from ${table} where staff < $1`,
      { values: [50] },
    )
    expect(batch?.columns.map(({ name }) => name)).toEqual(['n', 'day', 'far', 'part', 'nothing', 'instant', 'list'])
    expect(batch?.rows).toEqual([
      [50, '2026-03-01', '9007199254740993', 1.25, null, '2026-03-01T00:00:00.000Z', '[1, 2]'],
    ])
  })
  test('without rows still names its columns', async () => {
    expect(await ask(`select code from ${table} where false`)).toMatchObject([
      { columns: [{ name: 'code' }], rows: [] },
    ])
  })
  test('ends at its limit of rows and says so', async () => {
    const batches = await ask('select range from range(100000)', { limits: { ...limits, rows: 5000 } })
    expect(batches.flatMap(({ rows }) => rows)).toHaveLength(5000)
    expect(batches.at(-1)?.cut).toBe(true)
  })
})

describe('refused', () => {
  test.each([
    "attach '/tmp/x.db'",
    "copy (select 1) to '/tmp/daizong-leak.csv'",
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from glob('/*')",
    'pragma version',
    '/* x */ pragma database_list',
    'call pragma_version()',
    'install httpfs',
    'load httpfs',
    "set memory_limit = '100GB'",
    "select * from read_parquet('http://127.0.0.1:1/x.parquet')",
    'create table x as select 1',
    'select 1; select 2',
    '',
  ])('%s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'wrong-question' })
  })
  test('a table that is not named', async () => {
    await expect(ask(`select * from ${table}`, { tables: [] })).rejects.toMatchObject({ code: 'wrong-question' })
    await expect(ask('select 1', { tables: ['../identity'] })).rejects.toMatchObject({ code: 'no-snapshot' })
  })
  test('writing over the file of a named table', async () => {
    const [first] = await ask("select current_setting('allowed_paths')[1]")
    const row = String(first?.rows[0]?.[0])
    expect(row).toContain('base-')
    for (const how of ['', 'explain ', 'explain analyze '])
      await expect(ask(`${how}copy (select 1) to '${row}'`)).rejects.toMatchObject({ code: 'wrong-question' })
    expect((await ask(`select count(*) from ${table}`))[0]?.rows).toEqual([[100]])
  })
  test('a mistake is told with its place', async () => {
    await expect(ask(`select code,\n  nothing_such from ${table}`)).rejects.toMatchObject({
      issues: [{ path: '/sql/2/3' }],
    })
  })
})

describe('limits', () => {
  test('a question without end is ended by its time, and the event loop does not wait', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 20)
    const begun = performance.now()
    await expect(ask(ENDLESS, { limits: { ...limits, seconds: 1 } })).rejects.toMatchObject({
      code: 'question-too-long',
    })
    clearInterval(timer)
    expect(performance.now() - begun).toBeLessThan(5000)
    expect(turns).toBeGreaterThan(20)
  })
  test('and by whoever asked', async () => {
    const end = new AbortController()
    setTimeout(() => end.abort(), 300)
    await expect(ask(ENDLESS, { signal: end.signal })).rejects.toMatchObject({ code: 'question-cancelled' })
  })
  test('memory', async () => {
    await expect(
      ask('select list(range) from range(100000000)', { limits: { ...limits, bytes: 2 ** 27 } }),
    ).rejects.toMatchObject({ code: 'question-too-large' })
  })
})

describe('keep', () => {
  test('stores the answer as a table that others can ask, and exchanges it', async () => {
    const { keep } = running.app.use(analytics)
    const question = { tables: [table], limits, values: [10] }
    const kept = await keep('small_firms', {
      ...question,
      sql: `select code, staff from ${table} where staff < $1 -- small`,
    })
    expect(kept).toMatchObject({ table: 'small_firms', rows: 10, sources: ['city.firm'] })
    await keep('small_firms', { ...question, sql: `select code from ${table} where staff < $1 and staff > 3` })
    expect((await ask('select count(*) from small_firms', { tables: ['small_firms'] }))[0]?.rows).toEqual([[6]])
  })
  test('does not take the name of a dataset, nor a statement that leaves its place', async () => {
    const { keep } = running.app.use(analytics)
    await expect(keep(table, { sql: 'select 1', tables: [], limits })).rejects.toMatchObject({ code: 'table-taken' })
    await expect(
      keep('escaped', { sql: "select 1) to '/tmp/daizong-leak.parquet' --", tables: [], limits }),
    ).rejects.toMatchObject({ code: 'wrong-question' })
  })
})
