import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datasetDirectory, registry } from '#platform/registry'
import { client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'

let city: TestApp
let steward: SignedInClient
let head: SignedInClient
let police: SignedInClient
let market: SignedInClient
let tax: SignedInClient
const DATA = 'city.big-data'
const NAME = 'taian:person.name'
const STAFF = 'taian:firm.staff'
beforeAll(async () => {
  city = await testApp()
  const maintain = { 'standards.read': 'city', 'standards.maintain': 'city', 'standards.claim': 'unit' } as const
  const unit = { 'standards.read': 'city', 'standards.claim': 'unit', 'loops.read': 'unit' } as const
  steward = await client(city, { organisation: DATA, rights: maintain })
  head = await client(city, { organisation: DATA, rights: { 'standards.read': 'city', 'standards.decide': 'city' } })
  police = await client(city, { organisation: 'city.police', rights: unit })
  market = await client(city, { organisation: 'city.market', rights: unit })
  tax = await client(city, { organisation: 'city.tax', rights: unit })
})
afterAll(() => city.stop())

const KEY = 'key-12345678'
/** Somebody does an action of a matter as it is now. */
async function act(who: SignedInClient, id: string, action: string, form: object) {
  const revision = (await who.get(`/api/loops/${id}`)).body.matter?.revision ?? 1
  return who.post(`/api/loops/${id}/actions`, { action, form, revision, key: crypto.randomUUID() })
}
const element = async (id: string) => (await steward.get(`/api/standards/elements/${id}`)).body

describe('elements', () => {
  test('the two standard sets are there, found by name and synonym, with who uses them', async () => {
    const { body } = await police.get('/api/standards/elements?set=population&q=身份证号码')
    expect(body.rows.map(({ id }: { id: string }) => id)).toContain('taian:person.number')
    const { element: name, uses } = await element(NAME)
    expect(name).toMatchObject({ owner: 'city.police', edition: 1, link: true })
    expect(uses.map(({ dataset }: { dataset: string }) => dataset)).toEqual(
      expect.arrayContaining(['base.resident', 'base.student']),
    )
  })

  test('systems of the inventory that hold it are shown, and whether that is a copy', async () => {
    const declare = (id: string, rows: object[]) =>
      city.app.work(system('standards.test'), async (work) => {
        const dataset = city.app.use(datasetDirectory).find(id)
        if (dataset) await city.app.use(registry).write(work, dataset, rows)
      })
    await declare('collection.system', [
      { code: 'XJ', name: '学籍系统', owner: 'city.education', state: 'running' },
      { code: 'RK', name: '人口系统', owner: 'city.police', state: 'running' },
    ])
    const school = { system: 'XJ', table: 't', owner: 'city.education' }
    const police = { system: 'RK', table: 't', owner: 'city.police' }
    await declare('collection.system-field', [
      { ...school, name: 'xb', title: '性别' },
      { ...school, name: 'sex', title: '男女', element: 'taian:person.sex' },
      { ...police, name: 'xb', title: '性别' },
      { ...police, name: 'xm', title: '别的' },
    ])
    const { declared } = await element('taian:person.sex')
    expect(
      declared.map(({ system: code, name, isSaid, rival }: Record<string, unknown>) => ({
        system: code,
        name,
        isSaid,
        rival,
      })),
    ).toEqual([
      { system: 'XJ', name: 'sex', isSaid: true, rival: true },
      { system: 'XJ', name: 'xb', isSaid: false, rival: true },
      { system: 'RK', name: 'xb', isSaid: false, rival: false },
    ])
  })

  test('whoever keeps what another unit is the source of is shown, and what is not as the element says', async () => {
    const { body } = await police.get('/api/standards/conformance')
    const rival = body.faults.find(
      ({ dataset, field }: Record<string, string>) => dataset === 'base.student' && field === 'sex',
    )
    expect(rival).toMatchObject({ rival: true, owner: 'city.police', source: 'city.education' })
    const own = body.faults.filter(
      ({ source, rival: isRival }: { source: string; rival: boolean }) => source === 'city.police' && isRival,
    )
    expect(own.map(({ element: id }: { element: string }) => id)).toEqual(['taian:person.marital'])
    const relation = body.faults.find(
      ({ dataset, field }: Record<string, string>) => dataset === 'base.resident' && field === 'relation',
    )
    expect(relation.faults.map(({ zh }: { zh: string }) => zh).join()).toContain('gbt4761')
  })

  test('an element is handed out as JSON Schema with its codes', async () => {
    const { body } = await tax.get('/api/standards/elements/taian:person.sex/schema.json')
    expect(body).toMatchObject({ title: '性别', oneOf: expect.arrayContaining([{ const: '1', title: '男' }]) })
  })
})

describe('claims', () => {
  test('the present source objects and the data bureau rules; the element then has another source', async () => {
    const claimed = await tax.post(`/api/standards/elements/${STAFF}/claims`, { basis: '申报数据更全', key: KEY })
    expect(claimed.status).toBe(200)
    // Statistics has nobody in a post who could answer, so the data bureau rules at once.
    const id = claimed.body.loop
    expect([403, 404, 409]).toContain((await act(tax, id, 'grant', { ruling: '自己裁定' })).status)
    expect((await act(head, id, 'grant', { ruling: '以申报为准' })).body).toMatchObject({ place: 'granted' })
    expect((await element(STAFF)).element).toMatchObject({ owner: 'city.tax', edition: 2 })
  })

  test('a source that is there is asked first, and may hand over', async () => {
    const { body } = await market.post(`/api/standards/elements/${STAFF}/claims`, { basis: '登记职责', key: KEY })
    expect((await tax.get(`/api/loops/${body.loop}`)).body.matter.place).toBe('answering')
    expect([403, 404, 409]).toContain((await act(police, body.loop, 'agree', { answer: '同意' })).status)
    expect((await act(tax, body.loop, 'agree', { answer: '同意' })).body).toMatchObject({ place: 'granted' })
    expect((await element(STAFF)).element).toMatchObject({ owner: 'city.market', edition: 3 })
  })

  test('once a claim is granted, the other claims of the element go to the new source, who alone gives it away', async () => {
    const path = '/api/standards/elements/taian:person.former-name/claims'
    const first = (await market.post(path, { basis: '登记职责', key: KEY })).body.loop
    const second = (await tax.post(path, { basis: '征管职责', key: KEY })).body.loop
    const ruled = (await tax.post(path, { basis: '另有依据', key: 'key-other-basis' })).body.loop
    expect((await act(police, ruled, 'object', { answer: '公安登记' })).body).toMatchObject({ place: 'ruling' })
    expect((await act(police, first, 'agree', { answer: '同意' })).body).toMatchObject({ place: 'granted' })
    expect([403, 404, 409]).toContain((await act(police, second, 'agree', { answer: '同意' })).status)
    expect([403, 404, 409]).toContain((await act(head, ruled, 'grant', { ruling: '同意' })).status)
    expect((await element('taian:person.former-name')).element.owner).toBe('city.market')
    for (const id of [second, ruled]) {
      const { matter, fields } = (await market.get(`/api/loops/${id}`)).body
      expect(matter.place).toBe('answering')
      expect(JSON.stringify(fields)).not.toContain('公安登记')
    }
    expect((await act(market, second, 'agree', { answer: '同意' })).body).toMatchObject({ place: 'granted' })
    expect((await element('taian:person.former-name')).element.owner).toBe('city.tax')
    // The second claim of the same unit has nothing left to ask for.
    expect((await tax.get(`/api/loops/${ruled}`)).body.matter.place).toBe('granted')
  })

  test('nobody gives an element away who is not its source any more', async () => {
    const claimed = await market.post('/api/standards/elements/taian:person.sex/claims', { basis: '职责', key: KEY })
    const set = (owner: string) =>
      city.app.pool.query(`update standards.element set owner = $1 where id = 'taian:person.sex'`, [owner])
    await set('city.tax')
    expect(await act(police, claimed.body.loop, 'agree', { answer: '同意' })).toMatchObject({
      status: 409,
      body: { code: 'owner-changed' },
    })
    expect((await element('taian:person.sex')).element.owner).toBe('city.tax')
    await set('city.police')
  })

  test('nobody claims what he has, nor without the right', async () => {
    const own = await police.post(`/api/standards/elements/${NAME}/claims`, { basis: '职责', key: KEY })
    expect(own).toMatchObject({ status: 422, body: { code: 'own-element' } })
    expect((await head.post(`/api/standards/elements/${NAME}/claims`, { basis: '职责', key: KEY })).status).toBe(403)
  })
})

describe('mapping', () => {
  test('columns of a new table get elements with reasons', async () => {
    const columns = [
      { title: '证件号', values: ['11010519491231002X', '440524188001010014'] },
      { title: '单位信用代码', values: ['91370900MA3C0000X1'] },
      { title: '备注', values: ['无'] },
    ]
    const { body } = await police.post('/api/standards/suggestions/query', { columns })
    expect(body.suggestions[0][0]).toMatchObject({ slot: 'taian:person.number' })
    expect(body.suggestions[0][0].reasons.length).toBeGreaterThan(0)
    expect(body.suggestions[2]).toEqual([])
  })

  test('a keeper agrees to the element of a field; a declared one stays; others may not', async () => {
    const agreed = { dataset: 'base.statistical-unit', field: 'staff', element: STAFF, reasons: '' }
    expect((await steward.post('/api/standards/mappings', agreed)).body.code).toBe('declared')
    const free = { dataset: 'base.move', field: 'from', element: 'taian:person.address', reasons: '名称相似' }
    expect((await police.post('/api/standards/mappings', free)).status).toBe(403)
    expect((await steward.post('/api/standards/mappings', free)).status).toBe(200)
    const { body } = await steward.get('/api/standards/mappings?dataset=base.move')
    expect(body.fields.find(({ field }: { field: string }) => field === 'from')).toMatchObject({
      element: 'taian:person.address',
      declared: false,
    })
  })

  test('an element is taken back from a field by the keeper, who says why; what is declared stays', async () => {
    const path = '/api/standards/mappings/withdrawal'
    const mistaken = { dataset: 'base.move', field: 'from', reason: '迁出地址不是现住址' }
    expect((await police.post(path, mistaken)).status).toBe(403)
    expect((await steward.post(path, { ...mistaken, reason: '' })).status).toBe(422)
    expect((await steward.post(path, { ...mistaken, field: 'number' })).status).toBe(404)
    expect((await steward.post(path, mistaken)).body).toEqual({ element: 'taian:person.address' })
    const { body } = await steward.get('/api/standards/mappings?dataset=base.move')
    expect(body.fields.find(({ field }: { field: string }) => field === 'from').element).toBeNull()
    const { rows } = await city.app.pool.query(
      `select details->>'reason' as reason from audit.entry where event = 'standards.mapping.withdrawn'`,
    )
    expect(rows).toEqual([{ reason: mistaken.reason }])
  })
})
