import { afterAll, beforeAll, expect, test } from 'vitest'
import { analytics } from '#platform/analytics'
import { handouts } from '#platform/registry'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { call, citizenNumber, PASSWORD, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'

const ONE = citizenNumber('19620103', '001')
const OTHER = citizenNumber('19640217', '002')
const purpose = '核对户籍登记'
let running: TestApp
let steward: Client
beforeAll(async () => {
  running = await testApp({ demo: true })
  const person = (number: string, name: string) => ({
    number,
    name,
    sex: '1',
    bornOn: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    division: '370902001005',
  })
  await writeRows(running, 'base.resident', [person(ONE, '王建国'), person(OTHER, '李秀英')])
  await settle(running.app)
  await running.app.use(analytics).refresh('base.resident')
  steward = await signIn(running, 'steward', PASSWORD)
}, 120_000)
afterAll(() => running.stop())

const asPortal = (method: string, path: string, body?: object) =>
  call(running, steward, method, path, { purpose: '档案归并和核对：抽查', ...(body ? { body } : {}) })
const ask = (sql: string) => steward.post('/api/analytics/questions', { sql, purpose })

/** What the list of readers of somebody's file says of answers of the console. */
async function shownTo(number: string) {
  const { rows } = (await asPortal('POST', '/api/one-file/people/search', { number })).body
  const readers = (await asPortal('GET', `/api/one-file/entities/${rows[0].id}/readers`)).body.rows
  return readers.filter(
    ({ what }: { what: { en: string } }) => what.en === 'An answer of an analysis showed personal data',
  )
}

test('whoever is shown in the console finds it in the list of readers: who, why and which fields; others do not', async () => {
  await ask('select count(*) from base_resident')
  expect(await shownTo(ONE)).toEqual([])
  await ask("select _id, name, born_on from base_resident where name = '王建国' and born_on = date '1962-01-03'")
  const [shown, ...more] = await shownTo(ONE)
  expect(more).toEqual([])
  expect(shown).toMatchObject({ purpose, dataset: { en: 'Registered residents' }, organisation: expect.any(String) })
  expect(shown.fields.map(({ zh }: { zh: string }) => zh)).toContain('姓名')
  expect(await shownTo(OTHER)).toEqual([])
  await ask('select name from base_resident order by name limit 1')
  expect(await shownTo(ONE)).toHaveLength(2)
  expect(await shownTo(OTHER)).toHaveLength(1)
})

test('however many answers there were, the list is read page by page: newest first, each once, and ends', async () => {
  const { app } = running
  const dataset = 'base.resident'
  const asked = Array.from({ length: 120 }, (_, n) => `第 ${n} 次查询`)
  for (const purpose of asked)
    await app.work(system('test'), async (work) => {
      const handout = `answer-${purpose}`
      await app.use(handouts).noteWhole(work.tx, { dataset, handout, given: work.at }, work.at)
      work.audit({ event: 'analytics.question.shown', details: { dataset, handout, purpose } })
    })
  const { rows } = (await asPortal('POST', '/api/one-file/people/search', { number: ONE })).body
  const path = `/api/one-file/entities/${rows[0].id}/readers`
  const pages: { at: string; purpose: string; id: string }[][] = []
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await asPortal('GET', next ? `${path}?after=${encodeURIComponent(next)}` : path)
    pages.push(body.rows)
    next = body.next
  }
  const all = pages.flat()
  expect(pages.slice(0, -1).every((each) => each.length === 50)).toBe(true)
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  // Of two within one millisecond either may come first.
  const told = all.map((each) => each.purpose).filter((each) => asked.includes(each))
  expect(told.toSorted()).toEqual(asked.toSorted())
})
