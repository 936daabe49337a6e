import { afterAll, beforeAll, expect, test } from 'vitest'
import { registry, rowMarks } from '#platform/registry'
import { rules } from '#platform/rules'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { oneFile } from '../contract.ts'
import { readings } from '../declarations/readings.ts'
import type { PurposeTables } from '../rules/purposes.ts'
import { proveDemoResident } from './own/prove-demo-resident.ts'
import { keepVerdicts } from './review/verdicts.ts'
import { call as asPortal, citizenNumber, datasetOf, PASSWORD, writeRows } from './testing/city.ts'
import { settle } from './testing/settle.ts'

let running: TestApp
let steward: Client
const WHY = '档案归并和核对：抽查'
const AID = '核实社会救助申请：低保'
const write = (id: string, rows: readonly Record<string, unknown>[]) => writeRows(running, id, rows)

const FATHER = citizenNumber('19620103', '001')
const MOTHER = citizenNumber('19640217', '002')
const TWIN = citizenNumber('19900518', '003')
const OTHER_TWIN = citizenNumber('19900518', '005')
const SECOND = citizenNumber('19700707', '007')
const OLD_SECOND = citizenNumber('19700707', '009')
const HOME = '山东省泰安市泰山区岱庙街道龙山路27号东湖社区3号楼1单元101室'
const FIRMS = { own: '91370902MAE4HE955L', above: '91370902MACU17TB5U', sister: '91370902MAACHF8A2X' }

const resident = (no: string, name: string, sex: string, household: string, relation: string, more = {}) => ({
  number: no,
  name,
  sex,
  bornOn: `${no.slice(6, 10)}-${no.slice(10, 12)}-${no.slice(12, 14)}`,
  household,
  relation,
  address: HOME,
  division: '370902001005',
  ...more,
})

beforeAll(async () => {
  running = await testApp({ demo: true })
  await write('base.resident', [
    resident(FATHER, '王建国', '1', '000000001', '0', { formerName: '王卫东' }),
    resident(MOTHER, '李秀英', '2', '000000001', '1'),
    resident(TWIN, '王梓涵', '1', '000000001', '2', { marital: '20' }),
    resident(OTHER_TWIN, '王梓宸', '1', '000000001', '2', { marital: '20' }),
    resident(SECOND, '赵铁柱', '1', '000000002', '0', { address: `${HOME}旁` }),
  ])
  await write('base.medical-insured', [
    {
      member: 'Y1',
      name: '王建国',
      sex: '1',
      number: FATHER,
      bornOn: '1962-01-03',
      kind: '居民',
      phone: '15421960579',
    },
    { member: 'Y2', name: '王梓涵', sex: '1', number: TWIN, bornOn: '1990-05-18', kind: '居民', phone: '15421960571' },
  ])
  await write('base.clinic-visit', [
    {
      visit: 'M1',
      hospital: '卫生院',
      clinic: '内科',
      visitedOn: '2025-03-01',
      name: '王 建国',
      sex: '1',
      bornOn: '1962-01-03',
      phone: '15421960579',
    },
    {
      visit: 'M2',
      hospital: '卫生院',
      clinic: '内科',
      visitedOn: '2025-03-02',
      name: '王梓宸',
      sex: '1',
      number: OTHER_TWIN,
      bornOn: '1990-05-18',
    },
  ])
  await write('base.low-income', [
    { household: 'D1', entry: '1', name: '赵铁柱', sex: '1', number: OLD_SECOND, address: `${HOME}旁` },
  ])
  await write('base.marriage', [
    {
      certificate: 'J1',
      husband: '王卫东',
      husbandNumber: FATHER,
      wife: '李秀英',
      wifeNumber: MOTHER,
      marriedOn: '1986-05-01',
    },
  ])
  await write('base.move', [
    {
      permit: 'Q1',
      number: FATHER,
      name: '王建国',
      movedOn: '2010-06-01',
      from: '山东省泰安市宁阳县伏山镇1号',
      to: HOME,
    },
  ])
  await write('base.death', [
    { certificate: 'S1', name: '李秀英', sex: '2', number: MOTHER, bornOn: '1964-02-17', diedOn: '2025-02-10' },
  ])
  await write('base.pension', [
    { member: 'P1', name: '李秀英', number: MOTHER, bornOn: '1964-02-17', lastPaid: '202506', address: HOME },
  ])
  await write('base.firm', [
    {
      code: FIRMS.own,
      name: '泰安宇宏商务有限公司',
      kind: '有限责任公司',
      representative: '王建国',
      representativeNumber: FATHER,
      establishedOn: '2015-01-01',
      state: '在营',
    },
    {
      code: FIRMS.above,
      name: '泰安佳正控股有限公司',
      kind: '有限责任公司',
      representative: '王梓涵',
      representativeNumber: TWIN,
      establishedOn: '2014-01-01',
      state: '在营',
    },
    {
      code: FIRMS.sister,
      name: '泰安山泉饮品有限公司',
      kind: '有限责任公司',
      representative: '王梓宸',
      representativeNumber: OTHER_TWIN,
      establishedOn: '2016-01-01',
      state: '注销',
      closedOn: '2024-01-01',
    },
  ])
  await write('base.shareholding', [
    {
      code: FIRMS.own,
      firmName: '泰安宇宏商务有限公司',
      holder: '泰安佳正控股有限公司',
      holderKind: '企业法人',
      holderNumber: FIRMS.above,
      percent: 80,
    },
    {
      code: FIRMS.own,
      firmName: '泰安宇宏商务有限公司',
      holder: '王梓涵',
      holderKind: '自然人',
      holderNumber: TWIN,
      percent: 20,
    },
    {
      code: FIRMS.above,
      firmName: '泰安佳正控股有限公司',
      holder: '王建国',
      holderKind: '自然人',
      holderNumber: FATHER,
      percent: 70,
    },
    {
      code: FIRMS.above,
      firmName: '泰安佳正控股有限公司',
      holder: '泰安宇宏商务有限公司',
      holderKind: '企业法人',
      holderNumber: FIRMS.own,
      percent: 30,
    },
  ])
  await write('base.licence', [
    { licence: 'L1', kind: '食品经营许可证', name: '泰安山泉饮品有限公司', from: '2023-01-01' },
    { licence: 'L2', kind: '食品经营许可证', name: '泰安宇宏商务', code: FIRMS.own, from: '2023-01-01' },
  ])
  await settle(running.app)
  steward = await signIn(running, 'steward', PASSWORD)
}, 120_000)
afterAll(() => running.stop())

const call = (who: Client, method: string, path: string, body?: object) =>
  asPortal(running, who, method, path, { purpose: WHY, ...(body ? { body } : {}) })
const find = async (body: object) =>
  (await call(steward, 'POST', '/api/one-file/people/search', body)).body as { rows: { id: string; records: number }[] }
const idOf = async (no: string) => (await find({ number: no })).rows[0]?.id ?? ''

const file = async (id: string, query = '', who = steward) => call(who, 'GET', `/api/one-file/people/${id}${query}`)
const first = (body: { fields: { field: string; values: { value: string; dataset: string }[] }[] }, field: string) =>
  body.fields.find((each) => each.field === field)?.values[0]

test('one file holds every row of a person: by number, by name and birth, under the former name, as a representative', async () => {
  const [father] = (await find({ number: FATHER })).rows
  expect(father?.records).toBeGreaterThanOrEqual(7)
  expect((await find({ name: '王建国', bornOn: '1962-01-03' })).rows).toEqual([
    expect.objectContaining({ id: father?.id, name: '王**' }),
  ])
  const { body } = await file(father?.id ?? '', '?unmask=true')
  expect(body.records.map(({ dataset }: { dataset: string }) => dataset).toSorted()).toEqual([
    'base.clinic-visit',
    'base.firm',
    'base.marriage',
    'base.medical-insured',
    'base.move',
    'base.resident',
    'base.shareholding',
  ])
  expect(body.events.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['birth', 'marriage', 'move', 'rename']),
  )
  expect(body.relations).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ relation: 'spouse', name: '李秀英' }),
      expect.objectContaining({ relation: 'represents', kind: 'firm', name: '泰安宇宏商务有限公司' }),
      expect.objectContaining({ relation: 'household', name: '王梓涵' }),
    ]),
  )
})

test('twins of one house stay two people, and the value of the authoritative source counts', async () => {
  const [one, two] = [await idOf(TWIN), await idOf(OTHER_TWIN)]
  expect(one).not.toBe(two)
  const { body } = await file(two, '?unmask=true')
  expect(first(body, 'name')).toMatchObject({ value: '王梓宸', dataset: 'base.resident' })
})

test('what was true on a day: before the move he lived elsewhere, before her death she was alive', async () => {
  const before = (await file(await idOf(FATHER), '?unmask=true&valid=2005-01-01')).body
  expect(first(before, 'address')).toMatchObject({ value: expect.stringContaining('宁阳县'), dataset: 'base.move' })
  const mother = await idOf(MOTHER)
  expect(first((await file(mother, '?unmask=true')).body, 'diedOn')?.value).toBe('2025-02-10')
  expect(first((await file(mother, '?unmask=true&valid=2024-01-01')).body, 'diedOn')).toBeUndefined()
})

test('on a past day the household is that of then: without who moved in later, was not born yet or had died', async () => {
  const household = async (no: string, day: string) => {
    const { body } = await file(await idOf(no), `?unmask=true&valid=${day}`)
    return body.relations
      .filter(({ relation }: { relation: string }) => relation === 'household')
      .map(({ name }: { name: string }) => name)
      .toSorted()
  }
  expect(await household(TWIN, '2026-11-01')).toEqual(['李秀英', '王建国', '王梓宸'].toSorted())
  expect(await household(TWIN, '2005-01-01')).toEqual(['李秀英', '王梓宸'].toSorted())
  expect(await household(MOTHER, '1985-01-01')).toEqual([])
  expect(await household(FATHER, '2005-01-01')).toEqual([])
})

test('without a purpose nothing opens; without the right to unmask all is masked; every look is in the log', async () => {
  const id = await idOf(FATHER)
  expect((await steward.get(`/api/one-file/people/${id}`)).status).toBe(422)
  const aid = await signIn(running, 'civil-affairs', PASSWORD)
  const { body } = await asPortal(running, aid, 'GET', `/api/one-file/people/${id}?unmask=true`, { purpose: AID })
  expect(body).toMatchObject({ isMasked: true, mayUnmask: false })
  expect(JSON.stringify(body)).not.toContain(FATHER)
  expect(JSON.stringify(body)).not.toContain('王建国')
  const readers = await call(steward, 'GET', `/api/one-file/entities/${id}/readers`)
  expect(readers.body.rows[0]).toMatchObject({
    what: expect.objectContaining({ en: 'The file of a person was opened' }),
    purpose: AID,
    organisation: '市民政局',
  })
})

test('the purpose decides which records are shown: others are counted; one without the right cannot be stated', async () => {
  const id = await idOf(FATHER)
  const aid = await signIn(running, 'civil-affairs', PASSWORD)
  const open = (purpose: string, who = aid) => asPortal(running, who, 'GET', `/api/one-file/people/${id}`, { purpose })
  const seen = async (purpose: string, who = aid) => {
    const { body } = await open(purpose, who)
    const records = body.records as { dataset: string }[]
    const hidden = body.notShown as { dataset: string; shown: number; of: number }[]
    const told = JSON.stringify([body.fields, body.events, body.relations])
    for (const { dataset } of hidden) expect(told).not.toContain(dataset)
    return {
      shown: new Set(records.map(({ dataset }) => dataset)),
      counted: hidden.map(({ dataset, shown, of }) => `${dataset} ${shown} of ${of}`),
    }
  }
  const assistance = await seen(AID)
  expect(assistance.shown).toContain('base.medical-insured')
  expect(assistance.counted).toEqual(['base.clinic-visit 0 of 1'])
  const free = await seen('随便看看')
  expect(free.shown).toEqual(new Set(['base.firm', 'base.marriage', 'base.move', 'base.resident', 'base.shareholding']))
  expect(free.counted).toEqual(['base.clinic-visit 0 of 1', 'base.medical-insured 0 of 1'])
  expect((await open(WHY)).body.code).toBe('not-your-purpose')
  expect((await open('依法办理案件：1号')).status).toBe(403)
  const police = await signIn(running, 'police', PASSWORD)
  expect((await seen('依法办理案件：1号', police)).counted).toEqual([])
  const titles = async (who: Client) =>
    (await call(who, 'GET', '/api/one-file/purposes')).body.purposes.map(
      ({ title }: { title: { zh: string } }) => title.zh,
    )
  expect(await titles(aid)).not.toContain('依法办理案件')
  expect(await titles(police)).toContain('依法办理案件')
})

test('every purpose that shows the register shows moves too, without which a past address would be wrong', () => {
  const { tables } = running.app.use(rules).edition('one-file.purposes', { at: new Date(), locality: '3709' })
  const { purposes, other } = tables as PurposeTables
  const known = new Set(readings.map(({ dataset }) => dataset))
  for (const datasets of [other, ...purposes.map((purpose) => purpose.datasets)]) {
    expect(datasets.filter((dataset) => !known.has(dataset))).toEqual([])
    expect(datasets.includes('base.move')).toBe(datasets.includes('base.resident'))
  }
})

test('who may not, may not: firms for the market officer, no person; nothing of it for a clerk', async () => {
  const market = await signIn(running, 'market', PASSWORD)
  expect((await file(await idOf(FATHER), '', market)).status).toBe(403)
  const clerk = await signIn(running, 'clerk', PASSWORD)
  expect((await call(clerk, 'GET', '/api/one-file/quality')).status).toBe(403)
  expect((await call(clerk, 'GET', '/api/one-file/firms?q=泰安')).status).toBe(403)
  const resident = await signIn(running, 'resident', PASSWORD)
  expect((await file(await idOf(FATHER), '', resident)).status).toBe(403)
})

test('a firm shows who controls it through a circle of shares, and its rows without a code come by name', async () => {
  const found = await call(steward, 'GET', `/api/one-file/firms?q=${FIRMS.own}`)
  const id = found.body.rows[0].id
  const { body } = await call(steward, 'GET', `/api/one-file/firms/${id}?unmask=true`)
  expect(body.controllers).toEqual([expect.objectContaining({ name: '王建国', percent: 56, isControl: true })])
  expect(body.events.map(({ kind }: { kind: string }) => kind)).toContain('licence')
  const sister = await call(steward, 'GET', `/api/one-file/firms?q=${encodeURIComponent('泰安山泉饮品有限公司')}`)
  expect(sister.body.rows).toEqual([expect.objectContaining({ records: 2 })])
  const byCode = await running.app.use(oneFile).firmByCode(running.app.db, FIRMS.own)
  expect(byCode).toBe(id)
})

test('a pension paid after the death is found', async () => {
  const { body } = await call(steward, 'GET', '/api/one-file/ghosts?kind=paid-after-death')
  expect(body.rows).toEqual([expect.objectContaining({ dataset: 'base.pension', name: '李**', on: '2025-02-10' })])
})

test('alike but for two valid numbers: a person decides, a second confirms, and later runs keep it', async () => {
  const [one, other] = [await idOf(SECOND), await idOf(OLD_SECOND)]
  expect(one).not.toBe(other)
  const { body: quality } = await call(steward, 'GET', '/api/one-file/quality')
  const batch = quality.batches.find(({ why }: { why: string }) => why === 'keys-differ')
  const path = `/api/one-file/review/${batch.id}`
  const { body: shown } = await call(steward, 'GET', path)
  expect(shown.pairs[0].sides.map(({ values }: { values: { name: string } }) => values.name)).toEqual([
    '赵铁柱',
    '赵铁柱',
  ])
  const act = (who: Client, action: string, revision: number) =>
    call(who, 'POST', `/api/loops/${shown.loop}/actions`, {
      action,
      revision,
      key: `${action}-at-${revision}-${Math.random()}`,
    })
  const loop = async () => (await call(steward, 'GET', `/api/loops/${shown.loop}`)).body.matter
  const early = await act(steward, 'finish', (await loop()).revision)
  expect(early.status).toBeGreaterThanOrEqual(400)
  expect(JSON.stringify(early.body)).toContain('没有判断')
  await call(steward, 'POST', `${path}/verdicts`, { pairs: [shown.pairs[0].id], verdict: 'same' })
  expect((await act(steward, 'finish', (await loop()).revision)).status).toBe(200)
  expect((await act(steward, 'confirm', (await loop()).revision)).status).toBeGreaterThanOrEqual(400)
  await settle(running.app)
  expect(await idOf(SECOND)).not.toBe(await idOf(OLD_SECOND))
  const second = await signIn(running, 'data-head', PASSWORD)
  expect((await act(second, 'confirm', (await loop()).revision)).status).toBe(200)
  await settle(running.app)
  expect(await idOf(SECOND)).toBe(await idOf(OLD_SECOND))
}, 180_000)

test('records taken out stay out, and what we knew before is still known', async () => {
  const id = await idOf(FATHER)
  const before = new Date().toISOString()
  const { body } = await file(id)
  const insured = body.records.find(({ dataset }: { dataset: string }) => dataset === 'base.medical-insured').ref
  const split = await call(steward, 'POST', `/api/one-file/entities/${id}/split`, {
    records: [insured],
    reason: '不是同一人',
  })
  expect(split.status).toBe(200)
  await settle(running.app)
  await write('base.medical-insured', [
    {
      member: 'Y1',
      name: '王建国',
      sex: '1',
      number: FATHER,
      bornOn: '1962-01-03',
      kind: '职工',
      phone: '15421960579',
    },
  ])
  await settle(running.app)
  const refs = async (query = '') => ((await file(id, query)).body.records as { ref: string }[]).map(({ ref }) => ref)
  expect(await refs()).not.toContain(insured)
  expect(await refs(`?known=${encodeURIComponent(before)}`)).toContain(insured)
}, 180_000)

test('files that were taken apart become one again, asked from either of them', async () => {
  const id = await idOf(FATHER)
  const refs = async () => ((await file(id)).body.records as { ref: string }[]).map(({ ref }) => ref)
  const split = async (records: readonly string[]) => {
    const { status } = await call(steward, 'POST', `/api/one-file/entities/${id}/split`, { records, reason: '误判' })
    expect(status).toBe(200)
    await settle(running.app)
    expect(await refs()).not.toContain(records[0])
  }
  const entityOf = async (ref: string) => {
    const [dataset, row, part] = ref.split('/')
    const { rows } = await running.app.pool.query(
      'select entity from one_file.record where (dataset, row, part) = ($1, $2, $3)',
      [dataset, row, part],
    )
    return String(rows[0].entity)
  }
  const merge = async (into: string, other: string) => {
    const asked = await call(steward, 'POST', `/api/one-file/entities/${into}/merge`, { other, reason: '同一人' })
    const path = `/api/one-file/review/${asked.body.batch}`
    const { body: shown } = await call(steward, 'GET', path)
    await call(steward, 'POST', `${path}/verdicts`, { pairs: [shown.pairs[0].id], verdict: 'same' })
    const { matter } = (await call(steward, 'GET', `/api/loops/${shown.loop}`)).body
    const action = { action: 'finish', revision: matter.revision, key: `merge-${into}-${other}` }
    expect((await call(steward, 'POST', `/api/loops/${shown.loop}/actions`, action)).status).toBe(200)
    await settle(running.app)
  }
  const { rows: gone } = await running.app.pool.query(
    `select dataset || '/' || row || '/' || part as ref from one_file.record where dataset = 'base.medical-insured'
     and entity <> $1 and number_key = (select number_key from one_file.record where entity = $1 and number_key is not null limit 1)`,
    [id],
  )
  const out = gone[0].ref as string
  await merge(await entityOf(out), id)
  expect(await entityOf(out)).toBe(await idOf(FATHER))
  const all = await refs()
  expect(all).toContain(out)
  expect(all.some((ref) => ref.startsWith('base.clinic-visit'))).toBe(true)
  await split([out])
  await merge(id, await entityOf(out))
  expect((await refs()).toSorted()).toEqual(all.toSorted())
  const { rows } = await running.app.pool.query(
    'select * from one_file.decision where ended_at is null and not same and (a = $1 or b = $1)',
    [out],
  )
  expect(rows).toEqual([])
}, 180_000)

test('a change of one row looks at that row and its neighbours only, and keeps the numbers of files', async () => {
  const id = await idOf(TWIN)
  await write('base.clinic-visit', [
    {
      visit: 'M3',
      hospital: '卫生院',
      clinic: '内科',
      visitedOn: '2025-05-02',
      name: '王梓涵',
      sex: '1',
      bornOn: '1990-05-18',
      phone: '15421960571',
    },
  ])
  await settle(running.app)
  expect(await idOf(TWIN)).toBe(id)
  expect(
    ((await file(id)).body.records as { ref: string }[]).some(({ ref }) => ref.startsWith('base.clinic-visit')),
  ).toBe(true)
  const { rows } = await running.app.pool.query('select is_whole, records from one_file.run order by id desc limit 1')
  expect(rows[0].is_whole).toBe(false)
  expect(rows[0].records).toBeLessThan(30)
}, 180_000)

test('a resident sees the own file whole, and who opened it and why', async () => {
  const resident = await signIn(running, 'resident', PASSWORD)
  await proveDemoResident(running.app)
  const own = await call(resident, 'GET', '/api/one-file/own')
  expect(own.body.file).toMatchObject({ isMasked: false })
  const sex = own.body.file.fields.find(({ field }: { field: string }) => field === 'sex')
  expect(['男', '女']).toContain(sex.values[0].words.zh)
  await file(own.body.file.id)
  const readers = await call(resident, 'GET', '/api/one-file/own/readers')
  expect(readers.body.rows.map(({ purpose }: { purpose: string }) => purpose)).toContain(WHY)
})

test('a resident sees who got one of the own records in a list or through the exchange; others do not find it with theirs', async () => {
  const resident = await signIn(running, 'resident', PASSWORD)
  const { file: own } = (await call(resident, 'GET', '/api/one-file/own')).body
  const read = async (who: Client, path: string) => {
    const { body } = await call(who, 'GET', path)
    return (body.rows as { what: { en: string }; dataset: { en: string } | null; organisation: string }[]).map(
      ({ what, dataset, organisation }) => `${what.en} · ${dataset?.en ?? 'file'} · ${organisation}`,
    )
  }
  const mine = () => read(resident, '/api/one-file/own/readers')
  const before = await mine()
  const list = 'Rows were read · Registered residents · 市公安局'
  const shared = (each: string) => each.startsWith('Shared through the exchange · Registered residents')
  expect(before).not.toContain(list)
  const number = own.fields.find(({ field }: { field: string }) => field === 'number').values[0].value
  const police = await signIn(running, 'police', PASSWORD)
  const rows = `/api/registry/datasets/base.resident/rows?where=number~is~${number}`
  expect((await call(police, 'GET', rows)).body.rows).toHaveLength(1)
  expect(await mine()).toContain(list)

  const { rows: grants } = await running.app.pool.query(
    `select id from exchange."grant" where dataset = 'base.resident' and return_flow`,
  )
  const county = await signIn(running, 'taishan', PASSWORD)
  expect((await call(county, 'GET', `/api/exchange/grants/${grants[0].id}/query`)).status).toBe(200)
  expect((await mine()).some(shared)).toBe(true)
  expect(before.some(shared)).toBe(false)
  const other =
    own.fields.find(({ field }: { field: string }) => field === 'name').values[0].value === '王梓涵' ? OTHER_TWIN : TWIN
  expect(await read(steward, `/api/one-file/entities/${await idOf(other)}/readers`)).not.toContain(list)
})

test('who took a record away in a file is told with fields and purpose, also after the record was deleted; not to others', async () => {
  const readers = async (no: string) =>
    (await call(steward, 'GET', `/api/one-file/entities/${await idOf(no)}/readers`)).body.rows
  const taken = { what: expect.objectContaining({ en: 'Rows were exported' }), purpose: '核对参保' }
  const exporter = await signIn(running, 'steward', PASSWORD)
  const path = `/api/registry/datasets/base.medical-insured/export.csv?where=number~is~${TWIN}`
  const answer = await fetch(`${running.address}${path}&purpose=${encodeURIComponent('核对参保')}`, {
    headers: { cookie: exporter.cookie },
  })
  expect((await answer.text()).trim().split('\n')).toHaveLength(2)
  const record = { dataset: expect.objectContaining({ zh: expect.stringContaining('参保') }) }
  const fields = expect.arrayContaining([expect.objectContaining({ en: 'Telephone' })])
  expect(await readers(TWIN)).toContainEqual(expect.objectContaining({ ...taken, ...record, fields }))
  await running.app.work(system('test'), (work) =>
    running.app.use(registry).remove(work, datasetOf('base.medical-insured'), [{ member: 'Y2' }]),
  )
  await settle(running.app)
  expect(await readers(TWIN)).toContainEqual(expect.objectContaining({ ...taken, ...record }))
  expect(await readers(FATHER)).not.toContainEqual(expect.objectContaining(taken))
  await writeRows(running, 'base.medical-insured', [
    { member: 'Y2', name: '王梓涵', sex: '1', number: TWIN, bornOn: '1990-05-18', kind: '居民', phone: '15421960571' },
  ])
  await settle(running.app)
})

test('a resident objects to one record: that row is marked, its source answers once it has changed, and a refusal can be disputed', async () => {
  const resident = await signIn(running, 'resident', PASSWORD)
  const police = await signIn(running, 'police', PASSWORD)
  const own = (await call(resident, 'GET', '/api/one-file/own')).body.file
  const { ref } = own.records.find(({ dataset }: { dataset: string }) => dataset === 'base.resident')
  const object = (who: Client, record: string, path = '/api/one-file/own/objections') =>
    call(who, 'POST', path, { record, field: '住址', text: '已经搬家' })
  const marks = async () => {
    const row = Number(ref.split('/')[1])
    return (await running.app.use(rowMarks).of(running.app.db, 'base.resident', [row])).get(row) ?? []
  }
  const act = async (who: Client, loop: string, action: string, form?: object) => {
    const { revision } = (await call(who, 'GET', `/api/loops/${loop}`)).body.matter
    return (
      await call(who, 'POST', `/api/loops/${loop}/actions`, {
        action,
        revision,
        key: `${action}-${loop}-${revision}`,
        form,
      })
    ).status
  }
  const { status, body } = await object(resident, ref)
  expect(status).toBe(200)
  expect(await marks()).toEqual([expect.objectContaining({ code: 'under-objection', path: `/loops/${body.loop}` })])
  expect((await object(resident, ref)).body.code).toBe('objection-open')
  expect(await act(police, body.loop, 'correct', { answer: '已更正' })).toBe(409)
  expect(await act(police, body.loop, 'keep', { answer: '登记无误' })).toBe(200)
  expect(await act(resident, body.loop, 'dispute', { reason: '确已搬家' })).toBe(200)
  expect(await marks()).toHaveLength(1)
  expect(await act(steward, body.loop, 'dismiss', { reason: '核对无误' })).toBe(200)
  expect(await marks()).toEqual([])
})

test('nobody objects to a record of another file, nor without the right to the file', async () => {
  const resident = await signIn(running, 'resident', PASSWORD)
  const others = (await file(await idOf(FATHER))).body.records[0].ref
  const objection = { record: others, field: '住址', text: '不对的' }
  expect((await call(resident, 'POST', '/api/one-file/own/objections', objection)).body.code).toBe('wrong-record')
  const path = `/api/one-file/people/${await idOf(FATHER)}/objections`
  expect((await call(resident, 'POST', path, objection)).status).toBe(403)
  const market = await signIn(running, 'market', PASSWORD)
  expect((await call(market, 'POST', path, objection)).status).toBe(403)
  expect((await call(steward, 'POST', path, objection)).status).toBe(200)
})

test('a verdict about another record is not ended by a merge', async () => {
  const { rows } = await running.app.pool.query<{ ref: string }>(
    `select distinct on (entity) dataset || '/' || row || '/' || part as ref from one_file.record
     where kind = 'person' and dataset = 'base.resident' order by entity limit 3`,
  )
  const [a = '', x = '', y = ''] = rows.map(({ ref }) => ref)
  const verdict = (b: string, same: boolean) => ({ kind: 'person' as const, a, b, same, by: 'demo.steward' })
  const keep = (...verdicts: ReturnType<typeof verdict>[]) =>
    running.app.work(system('test'), (work) => keepVerdicts(work, verdicts, 'test'))
  await keep(verdict(x, false), verdict(y, false))
  await keep(verdict(x, true))
  const { rows: open } = await running.app.pool.query(
    `select b, same from one_file.decision where a = $1 and reason = 'test' and ended_at is null order by same`,
    [a],
  )
  expect(open).toEqual([
    { b: y, same: false },
    { b: x, same: true },
  ])
})
