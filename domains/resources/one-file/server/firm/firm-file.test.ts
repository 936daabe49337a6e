import { afterAll, beforeAll, expect, test } from 'vitest'
import { staffing } from '#platform/identity'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { call, citizenNumber, PASSWORD, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'

let running: TestApp
let steward: Client
const WHY = '档案归并和核对'
const SUPERVISING = '企业日常监管：专项检查'
const CODE = '91370902MAE4HE955L'
const NAME = '泰安宏图制造有限公司'
const HEAD = citizenNumber('19650404', '001')
const STAFF = 3000
const OWNER = { name: '冯小川', number: citizenNumber('19700505', '001') }
const LATER = { name: '褚远山', number: citizenNumber('19720606', '001') }
const BEHIND = { name: '卫青松', number: citizenNumber('19690707', '001') }
const ABOVE = { code: '91370902MACU17TB5U', name: '泰安佳正控股有限公司' }
const share = (
  of: { code: string; name: string },
  who: { name: string; number?: string; code?: string },
  percent: number,
  since: string,
) => ({
  code: of.code,
  firmName: of.name,
  holder: who.name,
  holderKind: who.code ? '企业法人' : '自然人',
  holderNumber: who.code ?? who.number,
  percent,
  since,
})

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
    {
      code: ABOVE.code,
      name: ABOVE.name,
      kind: '有限责任公司',
      representative: BEHIND.name,
      representativeNumber: BEHIND.number,
      establishedOn: '2014-01-01',
      state: '在营',
    },
  ])
  await writeRows(running, 'base.shareholding', [
    share({ code: CODE, name: NAME }, OWNER, 40, '2015-01-01'),
    share({ code: CODE, name: NAME }, LATER, 20, '2022-01-01'),
    share({ code: CODE, name: NAME }, ABOVE, 40, '2015-01-01'),
    share(ABOVE, BEHIND, 100, '2014-01-01'),
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

const get = (path: string, who = steward, purpose = WHY) => call(running, who, 'GET', path, { purpose })
const idOf = async (code: string) => (await get(`/api/one-file/firms?q=${code}`)).body.rows[0].id as string

test('an employer of 3,000 keeps register and licences in its file; its staff are counted', async () => {
  const { body } = await get(`/api/one-file/firms/${await idOf(CODE)}`)
  const datasets = body.records.map(({ dataset }: { dataset: string }) => dataset)
  expect(new Set(datasets)).toEqual(new Set(['base.employee', 'base.firm', 'base.licence', 'base.shareholding']))
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

type Named = readonly { readonly name: string }[]
type Shares = readonly { readonly holderName: string; readonly percent: number }[]
const names = ({ people, controllers, shares }: { people: Named; controllers: Named; shares: Shares }) =>
  new Set([...people, ...controllers, ...shares.map(({ holderName: name }) => ({ name }))].map(({ name }) => name))

test('no file of a firm is found or opened without a purpose, nor by who has no right to firms', async () => {
  const id = await idOf(CODE)
  for (const path of [`/api/one-file/firms?q=${CODE}`, `/api/one-file/firms/${id}`]) {
    expect((await call(running, steward, 'GET', path)).body.code).toBe('purpose-needed')
    const clerk = await signIn(running, 'clerk', PASSWORD)
    expect((await get(path, clerk)).status).toBe(403)
  }
})

test('people in it are masked until who may unmask asks for them; the market officer may not', async () => {
  const path = `/api/one-file/firms/${await idOf(CODE)}`
  const masked = await get(path)
  expect(masked.body).toMatchObject({ isMasked: true, mayUnmask: true })
  expect(names(masked.body)).toEqual(new Set(['郑**', '冯**', '褚**', '卫**', ABOVE.name]))
  expect(names((await get(`${path}?unmask=true`)).body)).toContain(OWNER.name)
  const market = await signIn(running, 'market', PASSWORD)
  const { body } = await get(`${path}?unmask=true`, market, SUPERVISING)
  expect(body).toMatchObject({ isMasked: true, mayUnmask: false })
  expect(JSON.stringify(body)).not.toContain(OWNER.name)
})

test('who opened it and why is listed for auditors, not for the market officer', async () => {
  const id = await idOf(CODE)
  const auditor = await signIn(running, 'auditor', PASSWORD)
  const { body } = await get(`/api/one-file/entities/${id}/readers`, auditor)
  const searched = expect.objectContaining({ en: 'A firm was searched for' })
  const opened = expect.objectContaining({ en: 'The file of a firm was opened' })
  expect(body.rows.slice(0, 2)).toEqual([
    expect.objectContaining({ what: searched, purpose: WHY }),
    expect.objectContaining({ what: opened, purpose: SUPERVISING, organisation: '市市场监管局' }),
  ])
  const market = await signIn(running, 'market', PASSWORD)
  expect((await get(`/api/one-file/entities/${id}/readers`, market)).status).toBe(403)
})

test('a firm sees its own file and who read it once it is proven, without people behind other firms', async () => {
  const firm = await signIn(running, 'firm', PASSWORD)
  const own = () => call(running, firm, 'GET', '/api/one-file/own')
  expect((await own()).body.file).toBeNull()
  expect((await call(running, firm, 'GET', '/api/one-file/own/readers')).status).toBe(404)
  await running.app.work(system('test'), (work) =>
    running.app.use(staffing).prove(work, 'demo.firm', { number: CODE, name: NAME }),
  )
  const { file } = (await own()).body
  expect(file).toMatchObject({ kind: 'firm', id: await idOf(CODE) })
  expect(names(file)).toEqual(new Set(['郑大海', OWNER.name, LATER.name, '卫**', ABOVE.name]))
  const readers = await call(running, firm, 'GET', '/api/one-file/own/readers')
  expect(readers.body.rows.map(({ what }: { what: { en: string } }) => what.en)).toContain(
    'The file of a firm was opened',
  )
  expect((await get(`/api/one-file/firms/${file.id}`, firm)).status).toBe(403)
})

test('owners are those of the day, and those whom we knew at the time', async () => {
  const path = `/api/one-file/firms/${await idOf(CODE)}`
  const owners = async (query: string) => {
    const { body } = await get(`${path}?unmask=true&${query}`)
    return (body.shares as Shares).map(({ holderName, percent }) => `${holderName} ${percent}`).toSorted()
  }
  const before = [`${OWNER.name} 40`, `${ABOVE.name} 40`, `${BEHIND.name} 100`]
  expect(await owners('valid=2020-01-01')).toEqual(before.toSorted())
  const earlier = new Date(Date.now() - 1).toISOString()
  await writeRows(running, 'base.shareholding', [share({ code: CODE, name: NAME }, OWNER, 10, '2015-01-01')])
  expect(await owners('')).toContain(`${OWNER.name} 10`)
  const then = await owners(`known=${encodeURIComponent(earlier)}`)
  expect(then).toEqual([...before, `${LATER.name} 20`].toSorted())
})

test('staff and tax matters of a firm are counted only for a purpose or right that does not open them', async () => {
  const path = `/api/one-file/firms/${await idOf(CODE)}`
  await writeRows(running, 'base.tax-return', [
    {
      declaration: 'T1',
      code: CODE,
      name: NAME,
      from: '2025-01-01',
      until: '2025-12-31',
      filedOn: '2026-01-10',
      revenue: 100,
    },
  ])
  await settle(running.app)
  const seen = async (who: string, purpose: string) => {
    const { body } = await get(path, await signIn(running, who, PASSWORD), purpose)
    return (body.notShown as { dataset: string; shown: number; of: number }[]).map(
      ({ dataset, shown, of }) => `${dataset} ${shown} of ${of}`,
    )
  }
  expect(await seen('market', '随便看看')).toEqual([`base.employee 0 of ${STAFF}`, 'base.tax-return 0 of 1'])
  expect(await seen('market', SUPERVISING)).toEqual([`base.employee 5 of ${STAFF}`, 'base.tax-return 0 of 1'])
  expect(await seen('tax', SUPERVISING)).toEqual([`base.employee 5 of ${STAFF}`])
})
