import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { tags } from '#platform/tags'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { proveDemoResident } from '../own/prove-demo-resident.ts'
import { call, citizenNumber, PASSWORD, writeRows } from '../testing/city.ts'
import { settle } from '../testing/settle.ts'

let running: TestApp
let steward: Client
let resident: Client
const WHY = '档案归并和核对：抽查'

const ME = { name: '王梓涵', number: citizenNumber('19900518', '003') }
/** The same person under another valid number, as one old record has it. */
const OLD_NUMBER = citizenNumber('19900518', '017')
const WIFE = { name: '李明月', number: citizenNumber('19910606', '002') }
const OTHER = { name: '赵铁柱', number: citizenNumber('19700707', '007') }
const HOME = '山东省泰安市泰山区岱庙街道龙山路27号东湖社区3号楼1单元101室'
const FIRM = { code: '91370902MAE4HE955L', name: '泰安宇宏商务有限公司' }
const APART = { code: '91370902MACU17TB5U', name: '泰安佳正控股有限公司' }

const registered = ({ name, number }: typeof ME, sex: string, household: string, relation: string) => ({
  number,
  name,
  sex,
  bornOn: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
  household,
  relation,
  address: household === '1' ? HOME : `${HOME}旁`,
  division: '370902001005',
  marital: '20',
})
const firm = ({ code, name }: typeof FIRM, head: typeof ME) => ({
  code,
  name,
  kind: '有限责任公司',
  representative: head.name,
  representativeNumber: head.number,
  establishedOn: '2015-01-01',
  state: '在营',
})
const share = ({ code, name }: typeof FIRM, { name: holder, number }: typeof ME) => ({
  code,
  firmName: name,
  holder,
  holderKind: '自然人',
  holderNumber: number,
  percent: 100,
  since: '2015-01-01',
})
const insured = (member: string, { name, number }: typeof ME) => ({
  member,
  name,
  number,
  sex: '1',
  bornOn: '1990-05-18',
  kind: '居民',
  phone: '15421960571',
})

beforeAll(async () => {
  running = await testApp({ demo: true })
  const write = (id: string, rows: readonly Record<string, unknown>[]) => writeRows(running, id, rows)
  await write('base.resident', [
    registered(ME, '1', '1', '0'),
    registered(WIFE, '2', '1', '1'),
    registered(OTHER, '1', '2', '0'),
  ])
  await write('base.marriage', [
    {
      certificate: 'J1',
      husband: ME.name,
      husbandNumber: ME.number,
      wife: WIFE.name,
      wifeNumber: WIFE.number,
      marriedOn: '2016-05-01',
    },
  ])
  await write('base.medical-insured', [insured('Y1', ME), insured('Y2', ME)])
  await write('base.low-income', [
    { household: 'D1', entry: '1', name: ME.name, sex: '1', number: OLD_NUMBER, address: HOME, phone: '15421960571' },
  ])
  await write('base.firm', [firm(FIRM, ME), { ...firm(APART, OTHER), kind: '个体工商户' }])
  await write('base.shareholding', [share(FIRM, ME), share(APART, OTHER)])
  await settle(running.app)
  await proveDemoResident(running.app)
  await running.app.use(tags).run('legal-persons.firm')
  ;[steward, resident] = await Promise.all([
    signIn(running, 'steward', PASSWORD),
    signIn(running, 'resident', PASSWORD),
  ])
}, 240_000)
afterAll(() => running.stop())

const ask = async (path: string, who = steward, body?: object) => {
  const answer = await call(running, who, body ? 'POST' : 'GET', path, { purpose: WHY, ...(body ? { body } : {}) })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const search = (body: object) => ask('/api/one-file/people/search', steward, body)
const firmOf = async ({ code }: typeof FIRM) => (await ask(`/api/one-file/firms?q=${code}`)).rows[0].id as string

interface Told {
  readonly id: string
  readonly what: { readonly en: string }
  readonly dataset: { readonly en: string } | null
  readonly fields: readonly { readonly en: string }[]
  readonly purpose: string | null
  readonly name: string
}
const asLine = ({ what, dataset, fields }: Told) =>
  `${what.en} · ${dataset?.en ?? 'file'} · ${fields.map(({ en }) => en).join(', ')}`

/** What the resident reads of it, and whoever else it is asked of. */
async function newReaders(of: () => Promise<readonly Told[]>, read: () => Promise<unknown>): Promise<Told[]> {
  const before = new Set((await of()).map(({ id }) => id))
  await read()
  return (await of()).filter(({ id }) => !before.has(id))
}
const mine = async () => (await ask('/api/one-file/own/readers', resident)).rows as Told[]
const ofEntity = (id: string) => async () => (await ask(`/api/one-file/entities/${id}/readers`)).rows as Told[]
const idOf = async ({ number }: typeof ME) => (await search({ number })).rows[0].id as string
const batchOf = async (why: string) => {
  const { batches } = await ask('/api/one-file/quality')
  return batches.find((each: { why: string }) => each.why === why).id as number
}

test('who compares records in a batch is told with fields, purpose and name; who is in no pair finds nothing', async () => {
  const path = `/api/one-file/review/${await batchOf('keys-differ')}`
  const others = ofEntity(await idOf(OTHER))
  const beforeOthers = await others()
  const told = await newReaders(mine, async () => {
    const { pairs } = await ask(path)
    expect(JSON.stringify(pairs)).toContain(ME.number)
  })
  expect(told.map(asLine)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Records to compare were looked at · .+ · .*Name, .*Citizen number/),
    ]),
  )
  for (const { purpose, name } of told) expect([purpose, name]).toEqual([WHY, expect.stringMatching(/./)])
  expect((await others()).map(({ id }) => id)).toEqual(beforeOthers.map(({ id }) => id))
})

test('a search is told to whom it found, with what the purpose opened, and to nobody else', async () => {
  const others = ofEntity(await idOf(OTHER))
  const beforeOthers = (await others()).length
  const told = await newReaders(mine, () => search({ number: ME.number }))
  expect(told.map(asLine)).toEqual([
    'A person was searched for · Registered residents · Name, Born on, Registered address',
  ])
  expect(await others()).toHaveLength(beforeOthers)
})

test('a finding of doubles and ghosts is told to whom it names', async () => {
  const others = ofEntity(await idOf(OTHER))
  const beforeOthers = (await others()).length
  const told = await newReaders(mine, async () => {
    expect((await ask('/api/one-file/ghosts?kind=double-in-source')).rows).toHaveLength(1)
  })
  expect(told.map(asLine)).toEqual(['Doubles and ghosts were looked up · Insured for medical care · Name'])
  expect(await others()).toHaveLength(beforeOthers)
})

test('who is named unmasked in another file is told of it, who is masked is not, nor the subject a second time', async () => {
  const [me, wife] = [await idOf(ME), await idOf(WIFE)]
  const open = (query = '') => ask(`/api/one-file/people/${wife}${query}`)
  expect(await newReaders(mine, () => open())).toEqual([])
  expect((await newReaders(mine, () => open('?unmask=true'))).map(asLine)).toEqual([
    'The file of a person was opened · Registered marriages · Name of the husband',
  ])
  const own = await newReaders(ofEntity(me), () => ask(`/api/one-file/people/${me}?unmask=true`))
  expect(own.map(asLine)).toEqual(['The file of a person was opened · file · '])
  const byHusband = await newReaders(ofEntity(wife), () => ask('/api/one-file/own', resident))
  expect(byHusband.map(asLine)).toEqual(['The own file was seen · Registered marriages · Name of the wife'])
})

test('who holds or represents a firm is told when its file names them; the firm when it was found by a search', async () => {
  const firms = [await firmOf(FIRM), await firmOf(APART)] as const
  const open = (id: string, query = '') => ask(`/api/one-file/firms/${id}${query}`)
  expect(await newReaders(mine, () => open(firms[0]))).toEqual([])
  expect((await newReaders(mine, () => open(firms[0], '?unmask=true'))).map(asLine).toSorted()).toEqual([
    'The file of a firm was opened · Registered firms · Legal representative',
    'The file of a firm was opened · Shareholdings · Holder, Share',
  ])
  expect(await newReaders(mine, () => open(firms[1], '?unmask=true'))).toEqual([])
  const searched = () => firmOf(FIRM)
  expect((await newReaders(ofEntity(firms[0]), searched)).map(asLine)).toEqual([
    'A firm was searched for · Registered firms · Name of the firm',
  ])
  expect(await newReaders(mine, searched)).toEqual([])
})

test('a portrait by tags is told to the firm, evidence that names holders and representatives to these as well', async () => {
  const market = await signIn(running, 'market', PASSWORD)
  const ofFirm = ofEntity(await firmOf(FIRM))
  const portrait = () => ask(`/api/tags/subjects/legal-persons.firm/members/${FIRM.code}`, market)
  expect((await newReaders(ofFirm, portrait)).map(asLine)).toEqual([
    'Tags of a member were read · Registered firms · Unified social credit code, Name of the firm',
  ])
  expect(await newReaders(mine, portrait)).toEqual([])
  expect((await newReaders(ofFirm, () => ask(`/api/firms/${FIRM.code}`, market))).map(asLine)).toEqual([
    expect.stringMatching(/^A portrait of a firm was read · Registered firms · Unified social credit code, /),
  ])
  const evidence = (code: string) => () => ask(`/api/tags/legal-persons.single-holder/evidence/${code}`, market)
  expect((await newReaders(mine, evidence(FIRM.code))).map(asLine)).toEqual([
    'Evidence of a tag was read · Shareholdings · Holder, Kind of holder, Share, Since',
  ])
  expect(await newReaders(mine, evidence(APART.code))).toEqual([])
  const represented = () => ask(`/api/tags/legal-persons.representative-closed/evidence/${FIRM.code}`, market)
  expect((await newReaders(mine, represented)).map(asLine)).toEqual([
    expect.stringMatching(/^Evidence of a tag was read · Registered firms · .*Legal representative/),
  ])
  expect((await newReaders(ofFirm, represented)).length).toBeGreaterThan(0)
}, 240_000)

test('who is shown as a member of a segment, counted or taken, is told; who is not in it finds nothing', async () => {
  const market = await signIn(running, 'market', PASSWORD)
  const [shown, apart] = [ofEntity(await firmOf(FIRM)), ofEntity(await firmOf(APART))]
  const expression = { all: ['legal-persons.company'], any: [], none: [] }
  const asked = { subject: 'legal-persons.firm', kind: 'supervision', expression }
  const beforeApart = await apart()
  const counted = await newReaders(shown, async () => {
    expect((await ask('/api/tag-segments/query', market, asked)).rows).toMatchObject([{ key: FIRM.code }])
  })
  const line = 'Registered firms · Unified social credit code, Name of the firm'
  expect(counted.map(asLine)).toEqual([`A segment was counted · ${line}`])
  const saved = { ...asked, title: '抽查', purpose: '抽查对象', basis: '抽查计划' }
  const { id } = await ask('/api/tag-segments', market, saved)
  await ask(`/api/tag-segments/${id}/push`, steward, {})
  const members = `/api/tag-segments/${id}/members`
  await vi.waitFor(async () => expect((await ask(members, market)).rows).toHaveLength(1), { timeout: 30_000 })
  const taken = await newReaders(shown, () => ask(members, market))
  expect(taken.map(asLine)).toEqual([`Members of a segment were taken · ${line}`])
  expect((await apart()).map(({ id }) => id)).toEqual(beforeApart.map(({ id }) => id))
  expect((await call(running, resident, 'GET', members)).status).toBe(403)
}, 240_000)

describe("evidence of a stewards' tag is told to whom it shows, whatever its columns are called", () => {
  const SHARES = {
    dataset: 'base.shareholding',
    columns: ['code', 'holder', 'holder_kind', 'percent', 'since'],
    by: 'code',
  }
  const FIRMS = { dataset: 'base.firm', columns: ['code', 'name', 'representative'] }
  const id = 'own.wholly-held'
  beforeAll(async () => {
    const publisher = await signIn(running, 'data-head', PASSWORD)
    await ask('/api/tags/drafts', steward, {
      id,
      subject: 'legal-persons.firm',
      kind: 'fact',
      theme: 'relation',
      title: { zh: '独资', en: 'Wholly held' },
      about: { zh: '一人持有全部股权', en: 'One holder has all shares' },
      owner: 'city.market',
      use: { zh: '核对', en: 'Comparing' },
      uses: [],
      sensitivity: 'internal',
      refreshDays: 1,
      validityDays: 30,
      features: [],
      sources: [SHARES, FIRMS],
      rules: [],
      logic: `select code as key, percent as value, since from base_shareholding where code = '${FIRM.code}'`,
      evidence: 'select holder from base_shareholding where code = $1',
      bar: 0.9,
    })
    await ask(`/api/tags/drafts/${id}/1/trial`, steward, {})
    await ask(`/api/tags/drafts/${id}/1/publish`, publisher, {})
  }, 240_000)

  const ofShares = 'Evidence of a tag was read · Shareholdings · '
  const ofFirms = 'Evidence of a tag was read · Registered firms · '
  const all = `${ofFirms}Legal representative`
  test.each([
    ['under their names', 'select holder, percent from S where code = $1', [`${ofShares}Holder, Share`], []],
    ['under another name', 'select holder as r from S where code = $1', [`${ofShares}Holder`], []],
    [
      'in an aggregate',
      'select string_agg(holder) as holder, count(*) as n from S where code = $1',
      [`${ofShares}Holder`],
      [],
    ],
    [
      'under the name of another column',
      'select holder as holder_kind from S where code = $1',
      [`${ofShares}Holder, Kind of holder`],
      [],
    ],
    ['by a condition', "select percent from S where code = $1 and holder like '王%'", [`${ofShares}Holder, Share`], []],
    [
      'who are of another firm',
      'select holder as r from S where $1 is not null',
      [`${ofShares}Holder`],
      [`${ofShares}Holder`],
    ],
    [
      'of a source that does not say whose its rows are',
      'select representative as r from F where code = $1',
      [all],
      [all],
    ],
    ['nobody', 'select percent, since from S where code = $1', [], []],
    ['nobody, without a line', 'select holder as r from S where code = $1 and percent > 100', [], []],
  ])('%s', async (_, evidence, toldMe, toldOther) => {
    const market = await signIn(running, 'market', PASSWORD)
    const sql = evidence.replace('from S', 'from base_shareholding').replace('from F', 'from base_firm')
    await running.app.pool.query('update tags.version set content = content || $2 where tag = $1', [
      id,
      { evidence: sql },
    ])
    const others = ofEntity(await idOf(OTHER))
    const before = new Set((await others()).map((each) => each.id))
    const read = () => ask(`/api/tags/${id}/evidence/${FIRM.code}`, market)
    expect((await newReaders(mine, read)).map(asLine)).toEqual(toldMe)
    expect((await others()).filter((each) => !before.has(each.id)).map(asLine)).toEqual(toldOther)
  })
})
