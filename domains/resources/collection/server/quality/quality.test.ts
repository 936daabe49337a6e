import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planCheck, type QualityCheck } from '#platform/registry'
import { type TestApp, testApp } from '#platform/testing'
import { type Bench, bench, modules, stall } from '../testing.ts'
import { checkContext } from './active-rules.ts'
import { askChecks, refreshFor } from './ask-checks.ts'
import { checkDataset } from './check-dataset.ts'

let running: TestApp
let on: Bench
beforeAll(async () => {
  running = await testApp({ modules: await modules() })
  on = await bench(running)
  await on.write([
    ...Array.from({ length: 18 }, (_, n) => stall(n)),
    stall(18, { area: -3, trade: '飞机' }),
    stall(19, { opened: '2025-01-01', closed: '2021-01-01', trade: 'x' }),
    Object.fromEntries(Object.entries(stall(20)).filter(([name]) => name !== 'phone' && name !== 'area')),
  ])
})
afterAll(() => running.stop())

const ask = (check: object, who = on.steward) =>
  who.post('/api/collection/rules/trial', { dataset: on.dataset.id, check })

const CHECKS: readonly (readonly [what: string, check: QualityCheck, bad: number])[] = [
  ['given or not', { kind: 'required', field: 'area' }, 1],
  ['given or not, of a sealed field', { kind: 'required', field: 'phone' }, 1],
  ['range', { kind: 'range', field: 'area', from: 0, to: 1000 }, 1],
  ['range of days', { kind: 'range', field: 'opened', to: 'today' }, 0],
  ['codes', { kind: 'codes', field: 'trade', codes: ['餐饮', '飞机'] }, 1],
  ['pattern', { kind: 'pattern', field: 'trade', pattern: '[\\x{4e00}-\\x{9fff}]+' }, 1],
  ['repeated values', { kind: 'unique', fields: ['trade', 'area'] }, 18],
  ['repeated values of a sealed field', { kind: 'unique', fields: ['number'] }, 21],
  ['two fields', { kind: 'compare', field: 'opened', operator: '<=', other: 'closed' }, 1],
  ['a look into another dataset', { kind: 'reference', field: 'trade', dataset: 'city.stall', other: 'code' }, 21],
  ['a condition', { kind: 'condition', sql: "trade <> 'x' and area > 0" }, 2],
  ['freshness by the time of storing', { kind: 'fresh', days: 2 }, 0],
  ['freshness by a day of the rows', { kind: 'fresh', days: 30, field: 'opened' }, 1],
]

test('every kind of check finds what fails, all in one pass', async () => {
  const plans = CHECKS.map(([, check]) => planCheck(on.dataset, check, checkContext(running.app)))
  const found = await askChecks(running.app, await refreshFor(running.app, on.dataset.id, plans), plans)
  expect(found.map(({ bad }, at) => [CHECKS[at]?.[0], bad])).toEqual(CHECKS.map(([what, , bad]) => [what, bad]))
  expect(found.map(({ rows }) => rows)).toEqual(CHECKS.map(([, { kind }]) => (kind === 'fresh' ? 1 : 21)))
  expect(found.map(({ sample }) => sample.length)).toEqual(
    CHECKS.map(([, { kind }, bad]) => (kind === 'fresh' ? 0 : bad)),
  )
})

test('a trial counts and shows examples, masked: whoever writes rules sees no name, number or telephone', async () => {
  const { body } = await ask({ kind: 'range', field: 'area', from: 0 })
  expect(body).toMatchObject({ rows: 21, bad: 1, problem: null })
  expect(body.examples[0].value).toMatchObject({ code: 'S18', name: '王*', phone: '138****8000' })
  expect(JSON.stringify(body)).not.toContain('199001011239')
})

describe('a rule that cannot be is refused with the place', () => {
  test.each([
    ['a field that is not there', { kind: 'required', field: 'colour' }, '/check/field'],
    ['a sealed field compared', { kind: 'pattern', field: 'number', pattern: '.*' }, '/check/field'],
    ['a bound of another kind', { kind: 'range', field: 'area', from: '2020-01-01' }, '/check/from'],
    ['no bound', { kind: 'range', field: 'area' }, '/check'],
    ['fields of unlike kinds', { kind: 'compare', field: 'opened', operator: '<', other: 'area' }, '/check/other'],
    ['a code list that is not there', { kind: 'codes', field: 'trade', codes: 'gbt0' }, '/check/codes'],
    ['a second statement', { kind: 'condition', sql: 'area > 0; select 1' }, '/check/sql'],
    ['a look into tables', { kind: 'condition', sql: 'area in (select 1)' }, '/check/sql'],
    ['a bracket that closes the clause', { kind: 'condition', sql: 'area > 0) or (1 = 1' }, '/check/sql'],
    ['a comment', { kind: 'condition', sql: 'area > 0 -- )' }, '/check/sql'],
    ['a quote without end', { kind: 'condition', sql: "trade = 'x" }, '/check/sql'],
  ])('%s', async (_, check, path) => {
    const { status, body } = await ask(check)
    expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 422, path })
  })
  test('what cannot be computed says so and breaks nothing', async () => {
    const { status, body } = await ask({ kind: 'condition', sql: 'no_such_column > 0' })
    expect({ status, bad: body.bad }).toEqual({ status: 200, bad: 0 })
    expect(body.problem.zh).toBeTruthy()
  })
})

test('a rule is in force when a second person has published it; results and score are kept', async () => {
  const rule = (title: string, dimension: string, check: object, least = 1) =>
    on.steward.post('/api/collection/rules', {
      dataset: on.dataset.id,
      title: { zh: title, en: '' },
      dimension,
      severity: 'major',
      check,
      least,
    })
  const first = await rule('电话应填写', 'complete', { kind: 'required', field: 'phone' }, 0.9)
  const second = await rule('面积大于零', 'accurate', { kind: 'range', field: 'area', from: 0 })
  const broken = await rule('算不出', 'consistent', { kind: 'condition', sql: 'no_such_column > 0' })
  const fresh = await rule('按时更新', 'timely', { kind: 'fresh', days: 2 })
  const publish = (who: typeof on.head, id: number) => who.post(`/api/collection/rules/${id}/publish`)
  expect((await publish(on.steward, first.body.id)).status).toBe(403)
  for (const { body } of [first, second, broken, fresh]) expect((await publish(on.head, body.id)).status).toBe(200)
  expect((await publish(on.head, first.body.id)).body.code).toBe('not-a-draft')

  await checkDataset(running.app, on.dataset.id)
  const { body } = await on.market.get(`/api/collection/quality/${on.dataset.id}`)
  const byId = Object.fromEntries(body.rules.map((each: { id: string }) => [each.id, each]))
  expect(byId[first.body.id].result).toMatchObject({ rows: 21, bad: 1, loop: null })
  expect(byId[second.body.id].result).toMatchObject({ rows: 21, bad: 1, loop: expect.any(String) })
  expect(byId[broken.body.id].result).toMatchObject({ problem: { zh: expect.any(String) } })
  expect(byId[fresh.body.id]).toMatchObject({ counts: 'dataset', result: { rows: 1, bad: 0 } })
  expect(body.trend).toHaveLength(1)
  expect(body.trend[0]).toMatchObject({ dimensions: { normative: 100, complete: 95.24, accurate: 95.24 } })

  const overview = await on.steward.get('/api/collection/quality')
  expect(overview.body.rows.find((row: { dataset: string }) => row.dataset === on.dataset.id)).toMatchObject({
    failing: 1,
    rows: 21,
    source: 'city.market',
  })
  expect(overview.body.trend).toContainEqual(expect.objectContaining({ source: 'city.market' }))
})

test('a source that cannot be read when it is to be fails in accessibility, and its matter closes when it can', async () => {
  const sql = (text: string, values: unknown[] = []) => running.app.pool.query(text, values)
  await sql(`insert into sources.source (id, title, organisation, connection, is_on, by, at)
    values ('stalls', '{"zh":"摊位系统","en":"Stalls"}', 'city.market', '{}', true, 'steward', now())`)
  await sql(
    `insert into sources.feed (id, source, dataset, definition, is_on, by, at)
      values ('stalls.all', 'stalls', $1, '{"title":{"zh":"摊位","en":"Stalls"}}', true, 'steward', now())`,
    [on.dataset.id],
  )
  const runs = (state: string, count: number, daysAgo = 1) =>
    sql(
      `insert into sources.run (feed, state, by, started_at, moved_at, ended_at)
        select 'stalls.all', $1, 'system', at, at, at from generate_series(1, $2::int),
          lateral (select now() - make_interval(days => $3::int) as at) t`,
      [state, count, daysAgo],
    )
  await runs('failed', 9, 40)
  await runs('done', 4)
  await runs('failed', 1)
  await runs('cancelled', 3)
  const reach = async () => {
    await checkDataset(running.app, on.dataset.id)
    const { body } = await on.market.get(`/api/collection/quality/${on.dataset.id}`)
    const { result, counts, least } = body.rules.find((each: { id: string }) => each.id === 'reach')
    return { ...result, counts, least, accessible: body.trend.at(-1).dimensions.accessible }
  }
  const first = await reach()
  expect(first).toMatchObject({ rows: 5, bad: 1, counts: 'runs', least: 0.9, accessible: 80, loop: expect.any(String) })
  expect((await on.market.get(`/api/collection/corrections/${first.loop}`)).body).toMatchObject({
    fault: { en: 'The source could be read (collections of the last 30 days)' },
    counts: 'runs',
  })
  await runs('done', 5)
  expect(await reach()).toMatchObject({ rows: 10, bad: 1, accessible: 90, loop: null })
  // An hourly feed has more runs in the time than are read at once.
  await runs('done', 390)
  expect(await reach()).toMatchObject({ rows: 400, bad: 1 })
})

describe('who may not', () => {
  test('write, try or publish rules without the right', async () => {
    expect((await ask({ kind: 'required', field: 'area' }, on.market)).status).toBe(403)
    expect((await on.market.post('/api/collection/rules', {})).status).toBe(403)
    expect((await on.steward.post('/api/collection/rules/1/publish')).status).toBe(403)
  })
  test('see the quality of another department', async () => {
    expect((await on.police.get(`/api/collection/quality/${on.dataset.id}`)).status).toBe(404)
    const { body } = await on.police.get('/api/collection/quality')
    expect(body.rows.map((row: { dataset: string }) => row.dataset)).not.toContain(on.dataset.id)
  })
})
