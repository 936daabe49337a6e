import { afterAll, beforeAll, expect, test } from 'vitest'
import { analytics } from '#platform/analytics'
import { client, type SignedInClient, type TestApp, testApp, visitorClient } from '#platform/testing'
import { indexTokens, questionTokens } from './catalogue/tokens.ts'
import { granted, PERSONS, parties, sharePersons } from './testing/shared-people.ts'

let app: TestApp
let reader: SignedInClient
beforeAll(async () => {
  app = await testApp()
  await sharePersons(app, 12)
  reader = await client(app, { rights: { 'exchange.catalogue.read': 'own' } })
})
afterAll(() => app.stop())

const search = async (query: string) => (await reader.get(`/api/exchange/catalogue?${query}`)).body
const ids = async (query: string): Promise<string[]> => (await search(query)).rows.map(({ id }: { id: string }) => id)

test.each([
  ['常住人员', 'title in Chinese'],
  ['register of residents', 'title in English'],
  ['Regist', 'the beginning of a word'],
  ['registred', 'a typing mistake'],
  ['户籍地区划', 'a field'],
  ['Citizen number', 'a field in English'],
  ['公安', 'the owner'],
  [PERSONS, 'the id'],
])('%s finds it by %s', async (text) => {
  expect(await ids(`text=${encodeURIComponent(text)}`)).toContain(PERSONS)
})

test('the title counts most, and words that nothing has all of still find something', async () => {
  expect((await ids(`text=${encodeURIComponent('常住人员登记簿')}`))[0]).toBe(PERSONS)
  expect(await ids(`text=${encodeURIComponent('常住人员 zzzz')}`)).toContain(PERSONS)
  expect(await ids('text=zzzzqqqq')).toEqual([])
})

test('filters narrow, and the owners that are left are counted', async () => {
  const all = await search('')
  expect(all.found).toBeGreaterThan(5)
  const police = await search('owner=city.police&limit=100')
  expect(police.rows.every(({ owner }: { owner: string }) => owner === 'city.police')).toBe(true)
  expect(all.owners.find(({ id }: { id: string }) => id === 'city.police').count).toBe(police.found)
  expect(await ids('owner=city.police&sharing=none')).not.toContain(PERSONS)
  const first = await search('limit=2')
  const second = await search(`limit=2&after=${first.next}`)
  expect(second.rows[0].id).not.toBe(first.rows[1].id)
})

test('a dataset shows the sharing class of each field, and no row', async () => {
  const { body } = await reader.get(`/api/exchange/catalogue/${PERSONS}`)
  const classes = Object.fromEntries(
    body.fields.map(({ name, sharing }: { name: string; sharing: string }) => [name, sharing]),
  )
  expect(classes).toEqual({
    idNumber: 'conditional',
    income: 'conditional',
    name: 'conditional',
    division: 'conditional',
    street: 'unconditional',
    remark: 'none',
  })
  expect((await reader.get('/api/exchange/catalogue/city.nothing')).status).toBe(404)
  expect((await visitorClient(app).get('/api/exchange/catalogue')).status).toBe(401)
  expect((await (await client(app)).get('/api/exchange/catalogue')).status).toBe(200)
})

test('lineage tells the grants that use a field and the kept answers that hold it', async () => {
  const people = await parties(app)
  const { grant } = await granted(people)
  const engine = app.app.use(analytics)
  await engine.refresh(PERSONS)
  const table = PERSONS.replaceAll(/[.-]/g, '_')
  const limits = { seconds: 20, bytes: 2 ** 28, rows: 100 }
  await engine.keep('street_counts', {
    sql: `select street, count(*) as n from ${table} group by street`,
    tables: [table],
    limits,
  })
  const { body } = await reader.get(`/api/exchange/catalogue/${PERSONS}/lineage`)
  expect(body.uses).toMatchObject([{ grant, consumer: 'city.ecology', fields: ['idNumber', 'name', 'division'] }])
  expect(body.kept).toMatchObject([{ table: 'street_counts', rows: 3 }])
})

test('Chinese is looked up by pairs, a single sign by itself, Latin by words', () => {
  expect(questionTokens('社保缴费 GBT2261')).toEqual(['社保', '保缴', '缴费', 'gbt2261'])
  expect(questionTokens('税')).toEqual(['税'])
  expect(indexTokens('idNumber')).toEqual(['id', 'number'])
})
