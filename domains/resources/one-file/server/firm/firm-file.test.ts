import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { call, citizenNumber, PASSWORD, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'

let running: TestApp
let steward: Client
const WHY = '核对企业档案'
const CODE = '91370902MAE4HE955L'
const NAME = '泰安宏图制造有限公司'
const HEAD = citizenNumber('19650404', '001')
const STAFF = 3000

beforeAll(async () => {
  running = await testApp({ demo: true })
  await writeRows(running, 'base.firm', [
    {
      code: CODE,
      name: NAME,
      kind: '有限责任公司',
      representative: '郑大海',
      representativeNumber: HEAD,
      establishedOn: '2015-01-01',
      state: '在营',
    },
  ])
  await writeRows(running, 'base.licence', [
    { licence: 'L1', kind: '安全生产许可证', name: NAME, code: CODE, from: '2023-01-01' },
  ])
  const given = '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏'
  await writeRows(
    running,
    'base.employee',
    Array.from({ length: STAFF }, (_, n) => ({
      number: citizenNumber(`19${70 + (n % 30)}0${1 + (n % 9)}${10 + (n % 18)}`, String(n % 1000).padStart(3, '0')),
      employer: CODE,
      name: `王${given[n % given.length]}${given[(n * 7 + Math.floor(n / 24)) % given.length]}`,
      employerName: NAME,
      since: '2020-01-01',
      base: 5000,
      months: 12,
    })),
  )
  await settle(running.app)
  steward = await signIn(running, 'steward', PASSWORD)
}, 180_000)
afterAll(() => running.stop())

const get = (path: string, who = steward) => call(running, who, 'GET', path, { purpose: WHY })
const idOf = async (code: string) => (await get(`/api/one-file/firms?q=${code}`)).body.rows[0].id as string

test('an employer of 3,000 keeps register and licences in its file; its staff are counted', async () => {
  const { body } = await get(`/api/one-file/firms/${await idOf(CODE)}`)
  const datasets = body.records.map(({ dataset }: { dataset: string }) => dataset)
  expect(new Set(datasets)).toEqual(new Set(['base.employee', 'base.firm', 'base.licence']))
  expect(body.events.map(({ kind }: { kind: string }) => kind)).toContain('licence')
  expect(body.notShown).toEqual([expect.objectContaining({ dataset: 'base.employee', shown: 5, of: STAFF })])
})

test('a person with more rows of one source than a file shows keeps the rows of the others', async () => {
  await writeRows(
    running,
    'base.clinic-visit',
    Array.from({ length: 205 }, (_, n) => ({
      visit: `M${n}`,
      hospital: '卫生院',
      clinic: '内科',
      visitedOn: '2025-03-01',
      name: '郑大海',
      sex: '1',
      number: HEAD,
      bornOn: '1965-04-04',
    })),
  )
  await settle(running.app)
  const found = await call(running, steward, 'POST', '/api/one-file/people/search', {
    body: { number: HEAD },
    purpose: WHY,
  })
  const { body } = await get(`/api/one-file/people/${found.body.rows[0].id}`)
  expect(body.records.map(({ dataset }: { dataset: string }) => dataset)).toContain('base.firm')
  expect(body.notShown).toEqual([expect.objectContaining({ dataset: 'base.clinic-visit', shown: 200, of: 205 })])
}, 120_000)
