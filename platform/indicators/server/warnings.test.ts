import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loop, loops } from '#platform/loops'
import { asOwner, client, type TestApp, testApp, visitorClient } from '#platform/testing'
import { type App, defineModule, system, words } from '#runtime'
import { indicators, type Measured } from '../contract.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-03-10T00:00:00Z')
let clock = new Date(START)

/** A system with one measure, one warning of three levels and a loop that only the measure closes. */
const trial = defineModule({
  id: 'try',
  title: words('试验', 'Trial'),
  about: words('只用于测试', 'For tests only'),
  needs: ['indicators', 'loops'],
  folder: import.meta.dirname,
  rights: [{ id: 'try.handle', title: words('处理', 'Handle') }],
  indicators: [
    {
      id: 'try.index',
      title: words('指数', 'Index'),
      about: words('试验指数', 'An index on trial'),
      unit: '1',
      period: 'hour',
      dimension: 'division',
      better: 'lower',
      revision: words('可更正', 'May be corrected'),
      source: 'city.ecology',
      decimals: 0,
      compute: 'try.index',
    },
  ],
  warnings: [
    {
      id: 'try.high',
      title: words('指数偏高', 'High index'),
      indicator: 'try.index',
      levels: [
        { level: 'blue', threshold: 100, periods: 2, source: 'try' },
        { level: 'orange', threshold: 200, periods: 1, source: 'try' },
        { level: 'red', threshold: 200, periods: 3, source: 'try' },
      ],
      loop: 'try.matter',
      data: 'try.high',
      clearAfter: 2,
      fresh: 48 * 3600,
    },
  ],
  loops: [
    loop({
      id: 'try.matter',
      version: 1,
      title: words('试验事项', 'Trial matter'),
      headline: words('{member}偏高', 'High at {member}'),
      data: Type.Object({ member: Type.String() }),
      start: 'waits',
      places: {
        waits: { title: words('等待恢复', 'Waiting for the measure'), kind: 'waiting' },
        over: { title: words('已恢复', 'Over'), kind: 'end', outcome: 'done' },
      },
      actions: {
        end: { title: words('恢复', 'Recovered'), from: ['waits'], to: 'over', automatic: 'warning-cleared' },
      },
    }),
  ],
  server: async () => ({
    server: (app: App) => {
      app.use(indicators).hooks({
        compute: {
          'try.index': async (_app, { from }) => [
            { member: 'computed', period: from.toISOString(), value: 42, basis: { rule: 'try' } },
          ],
        },
        data: { 'try.high': async (_work, { member }) => ({ member }) },
        members: { division: async () => [{ id: '370902', title: words('泰山区', 'Taishan') }] },
      })
      return {}
    },
  }),
})

let running: TestApp
beforeAll(async () => {
  const { allModules } = await import('../../../apps/server/modules.ts')
  running = await testApp({ modules: [...allModules, trial], now: () => clock })
})
afterAll(() => running.stop())

const at = (hour: number) => new Date(START + hour * HOUR).toISOString()
const measured = (member: string, hour: number, value: number | null, basis = {}): Measured => ({
  member,
  period: at(hour),
  value,
  basis,
})
const service = () => running.app.use(indicators)
const publish = (...values: Measured[]) =>
  running.app.work(system('try.index'), (work) => service().publish(work, 'try.index', values))
const lasting = async (member: string) => (await service().openWarnings({ member }))[0]
const steps = async (member: string) => {
  const { rows } = await asOwner(
    running.ownerUrl,
    `select step, s.level from indicators.warning_step s join indicators.warning w on w.id = warning
      where member = '${member}' order by s.id`,
  )
  return rows.map(({ step, level }) => `${step} ${level}`)
}

test('a value is a new vintage only where it differs, and old vintages can be asked for', async () => {
  clock = new Date(START)
  expect(await publish(measured('v', -5, 60), measured('v', -4, null))).toEqual({ changed: 2 })
  expect(await publish(measured('v', -5, 60), measured('v', -4, null))).toEqual({ changed: 0 })
  clock = new Date(START + HOUR)
  expect(await publish(measured('v', -5, 61), measured('v', -4, null))).toEqual({ changed: 1 })
  clock = new Date(START + 2 * HOUR)
  expect(await publish(measured('v', -5, 61, { pack: 2 }))).toEqual({ changed: 1 })
  const known = (asOf?: number) =>
    service().values('try.index', {
      members: ['v'],
      from: new Date(at(-10)),
      to: new Date(at(0)),
      ...(asOf === undefined ? {} : { asOf: new Date(START + asOf * HOUR) }),
    })
  expect((await known()).map(({ value, basis }) => [value, basis])).toEqual([
    [61, { pack: 2 }],
    [null, {}],
  ])
  expect((await known(0.5)).map(({ value }) => value)).toEqual([60, null])
  expect(await known(-1)).toEqual([])
})

test('twenty publishers at once open one warning and one loop', async () => {
  clock = new Date(START)
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => publish(measured('many', -1, 250, { run: i }), measured('many', 0, 250 + i))),
  )
  expect(await steps('many')).toEqual(['opened orange'])
  const { rows } = await asOwner(running.ownerUrl, `select loop from indicators.warning where member = 'many'`)
  expect(rows).toHaveLength(1)
  const matters = await asOwner(
    running.ownerUrl,
    `select count(*) as n from loops.instance where data->>'member' = 'many'`,
  )
  expect(matters.rows[0]?.n).toBe(1)
})

test('it rises, falls and clears with the measure, and its loop ends with it', async () => {
  clock = new Date(START)
  await publish(measured('a', 0, 150))
  expect(await lasting('a')).toBeUndefined()
  await publish(measured('a', 1, 150))
  expect(await lasting('a')).toMatchObject({ level: 'blue', evidence: [{ period: at(0) }, { period: at(1) }] })
  for (const hour of [2, 3, 4]) await publish(measured('a', hour, 220))
  expect((await lasting('a'))?.level).toBe('red')
  await publish(measured('a', 5, 120))
  expect((await lasting('a'))?.level).toBe('blue')
  const warning = await lasting('a')
  const matter = () => running.app.work(system('try'), (work) => running.app.use(loops).get(work, warning?.loop ?? ''))
  await publish(measured('a', 6, 90))
  expect((await matter()).endedAt).toBeNull()
  await publish(measured('a', 7, 80))
  expect(await lasting('a')).toBeUndefined()
  expect(await matter()).toMatchObject({ place: 'over', outcome: 'done' })
  expect(await steps('a')).toEqual(['opened blue', 'raised orange', 'raised red', 'lowered blue', 'cleared blue'])
})

test('a missing value neither raises, lowers nor clears; a gap is no consecutive period', async () => {
  clock = new Date(START)
  await publish(measured('gap', 0, 150), measured('gap', 2, 150))
  expect(await lasting('gap')).toBeUndefined()
  await publish(measured('gap', 1, null), measured('gap', 3, 150))
  expect((await lasting('gap'))?.level).toBe('blue')
  await publish(measured('gap', 4, null), measured('gap', 5, null))
  expect((await lasting('gap'))?.level).toBe('blue')
  await publish(measured('gap', 6, 50))
  expect((await lasting('gap'))?.level).toBe('blue')
  await publish(measured('gap', 7, 50))
  expect(await lasting('gap')).toBeUndefined()
})

test('a corrected value clears what the wrong one raised', async () => {
  clock = new Date(START)
  await publish(measured('wrong', -1, 20), measured('wrong', 0, 900))
  expect((await lasting('wrong'))?.level).toBe('orange')
  await publish(measured('wrong', 0, 9))
  expect(await lasting('wrong')).toBeUndefined()
})

test('history that is filled in calls nobody', async () => {
  clock = new Date(START)
  await publish(measured('old', -500, 300), measured('old', -499, 300))
  expect(await steps('old')).toEqual([])
})

test('the program itself can neither change nor remove values and steps', async () => {
  for (const statement of [
    'update indicators.value set value = 0',
    'delete from indicators.value',
    'delete from indicators.warning_step',
    'update indicators.warning_step set level = level',
    'delete from indicators.warning',
    `update indicators.warning set opened_at = now()`,
  ])
    await expect(running.app.pool.query(statement), statement).rejects.toThrow(/permission denied/)
})

test('the API shows catalogue, values as of a day, vintages, ranking and warnings to those with the right only', async () => {
  clock = new Date(START)
  await publish(measured('r1', 100, 30), measured('r2', 100, 20), measured('r3', 100, 20), measured('r4', 100, null))
  for (const path of ['/api/indicators', '/api/warnings', '/api/indicators/try.index/ranking']) {
    expect((await visitorClient(running).get(path)).status).toBe(401)
    expect((await (await client(running)).get(path)).status).toBe(403)
  }
  const { get, post } = await client(running, { rights: { 'indicators.read': 'city' } })
  const one = await get('/api/indicators/try.index')
  expect(one.body).toMatchObject({ indicator: { module: 'try' }, members: [{ id: '370902' }] })
  const ranking = (await get('/api/indicators/try.index/ranking')).body.ranking
  expect(ranking.map(({ member, rank }: { member: string; rank: number }) => [member, rank])).toEqual([
    ['r2', 1],
    ['r3', 1],
    ['r1', 3],
    ['r4', null],
  ])
  const vintages = await get(`/api/indicators/try.index/vintages?member=v&period=${at(-5)}`)
  expect(vintages.body.vintages.map(({ value }: { value: number }) => value)).toEqual([60, 61, 61])
  const asOf = await get(`/api/indicators/try.index/values?member=v&from=${at(-6)}&to=${at(0)}&asOf=${at(0.5)}`)
  expect(asOf.body.values[0]).toMatchObject({ value: 60 })
  const { rows: warnings } = (await get('/api/warnings?member=a')).body
  expect(warnings).toHaveLength(1)
  expect((await get(`/api/warnings/${warnings[0].id}`)).body.steps).toHaveLength(5)
  expect((await get('/api/indicators/none.such/ranking')).status).toBe(404)
  expect((await post('/api/indicators/try.index/compute', { from: at(0), to: at(1) })).status).toBe(403)
})

test('asked to compute again, the measure is computed by its hook and published', async () => {
  const { post } = await client(running, { rights: { 'indicators.compute': 'city' } })
  expect((await post('/api/indicators/try.index/compute', { from: at(50), to: at(51) })).status).toBe(200)
  await expect
    .poll(() => service().values('try.index', { members: ['computed'], from: new Date(at(0)), to: new Date(at(99)) }), {
      timeout: 10_000,
    })
    .toMatchObject([{ value: 42, basis: { rule: 'try' } }])
})
