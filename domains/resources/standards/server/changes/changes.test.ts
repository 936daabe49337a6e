import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grants } from '#platform/exchange'
import { codeLists, datasetDirectory, registry } from '#platform/registry'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { formatDay, localDateAt, parseDay, system } from '#runtime'
import { claimLoop } from '../../declarations/loop-claim.ts'
import { lockElement, nextEdition, saveElement } from '../elements.ts'
import { beginChanges } from './begin.ts'

let city: TestApp
let steward: SignedInClient
let head: SignedInClient
/** May propose, look first and decide. */
let mighty: SignedInClient
let police: SignedInClient
let education: SignedInClient
let tax: SignedInClient
const DATA = 'city.big-data'
const NAME = 'taian:person.name'
beforeAll(async () => {
  city = await testApp()
  const maintain = { 'standards.propose': 'city', 'standards.maintain': 'city', 'standards.claim': 'unit' } as const
  const unit = { 'standards.propose': 'unit', 'standards.claim': 'unit' } as const
  const read = { 'standards.read': 'city' } as const
  steward = await client(city, { organisation: DATA, rights: { ...read, ...maintain } })
  head = await client(city, { organisation: DATA, rights: { ...read, 'standards.decide': 'city' } })
  mighty = await client(city, { organisation: DATA, rights: { ...read, ...maintain, 'standards.decide': 'city' } })
  police = await client(city, { organisation: 'city.police', rights: { ...read, 'standards.claim': 'unit' } })
  education = await client(city, { organisation: 'city.education', rights: { ...read, ...unit } })
  tax = await client(city, { organisation: 'city.tax', rights: { ...read, ...unit } })
})
afterAll(() => city.stop())

/** Somebody does an action of a matter as it is now. */
async function act(who: SignedInClient, id: string, action: string, form: object) {
  const revision = (await who.get(`/api/loops/${id}`)).body.matter?.revision ?? 1
  return who.post(`/api/loops/${id}/actions`, { action, form, revision, key: crypto.randomUUID() })
}
const inDays = (days: number) => formatDay(parseDay(localDateAt(new Date())) + days)
const terms = (days = 40) => ({ begins: inDays(days), reason: '业务需要', key: crypto.randomUUID() })
const element = async (id: string) => (await steward.get(`/api/standards/elements/${id}`)).body.element
const matter = async (id: string) => (await steward.get(`/api/loops/${id}`)).body
const fieldOf = async (id: string, name: string): Promise<string> =>
  (await matter(id)).fields.find((field: { name: string }) => field.name === name)?.value.zh ?? ''
const notDone = expect.toSatisfy((status: number) => [403, 404, 409].includes(status))

/** Every unit answers; the keeper may do so for those that are silent. */
async function hear(id: string) {
  const { shares } = await matter(id)
  for (const share of shares) await act(steward, share.id, 'agree', { effect: '无影响' })
  return shares.length as number
}
async function approve(id: string) {
  await hear(id)
  return act(head, id, 'approve', { decision: '同意' })
}
async function comeDay() {
  await city.app.pool.query('update standards.planned_change set begins = current_date - 1 where not done')
  await beginChanges(city.app)
}
const noticesOf = async (who: SignedInClient): Promise<string[]> =>
  (await who.get('/api/notices')).body.rows.map(
    ({ title, body }: { title: { zh: string }; body: { zh: string } }) => `${title.zh} ${body.zh}`,
  )
const write = (id: string, rows: object[]) =>
  city.app.work(system('standards.test'), async (work) => {
    const dataset = city.app.use(datasetDirectory).find(id)
    if (dataset) await city.app.use(registry).write(work, dataset, rows)
  })

describe('changes of elements', () => {
  const AUTHORITY = 'taian:licence.authority'
  const path = `/api/standards/elements/${AUTHORITY}/changes`

  test('every unit that uses an element is heard, a second person decides, and it begins on its day', async () => {
    const { status, body } = await steward.post(path, { changes: { max: 120 }, ...terms() })
    expect(status).toBe(200)
    expect((await matter(body.loop)).matter.place).toBe('hearing')
    expect(await hear(body.loop)).toBeGreaterThan(0)
    expect((await act(steward, body.loop, 'approve', { decision: '自己批准' })).status).toEqual(notDone)
    expect((await act(head, body.loop, 'approve', { decision: '同意' })).body).toMatchObject({ place: 'approved' })
    await beginChanges(city.app)
    expect(await element(AUTHORITY)).toMatchObject({ max: 100, edition: 1 })
    await comeDay()
    await beginChanges(city.app)
    expect(await element(AUTHORITY)).toMatchObject({ max: 120, edition: 2 })
  })

  test('a change that begins too soon, changes nothing or names an unknown code list is refused', async () => {
    const name = `/api/standards/elements/${NAME}/changes`
    expect(await steward.post(name, { ...terms(3), changes: { max: 80 } })).toMatchObject({
      status: 422,
      body: { code: 'too-soon' },
    })
    expect((await steward.post(name, { ...terms(), changes: { max: 60 } })).body.code).toBe('no-change')
    expect((await steward.post(name, { ...terms(), changes: { codes: 'none' } })).body.code).toBe('no-code-list')
    expect((await police.post(name, { ...terms(), changes: { max: 80 } })).status).toBe(403)
  })

  test('who declared the field in a system or has it by a grant is heard, and told when it is decided and begins', async () => {
    await write('collection.system', [{ code: 'XJ', name: '学籍系统', owner: 'city.education', state: 'running' }])
    await write('collection.system-field', [
      { system: 'XJ', table: 'xs', name: 'jg', title: '发证机关', owner: 'city.education' },
    ])
    const use = (await steward.get(`/api/standards/elements/${AUTHORITY}`)).body.uses[0]
    await city.app.pool.query(
      `insert into exchange."grant" (id, request, consumer, dataset, fields, whole, rows, purpose, basis, ways, quota, made_at, until)
       values ('g1', 'r1', 'city.tax', $1, $2, '{}', '{}', '核对', '职责', '{query}', 10, now(), $3)`,
      [use.dataset, [use.field], inDays(300)],
    )
    await city.app.work(system('standards.test'), async (work) =>
      work.emit({ topic: 'exchange.grant.changed', key: 'g1', audience: { right: 'exchange.read' } }),
    )
    await expect.poll(() => city.app.use(grants).ofDataset(use.dataset).length, { timeout: 5000 }).toBe(1)

    const { loop } = (await steward.post(path, { changes: { definition: '颁发许可证件的机关' }, ...terms() })).body
    expect(await fieldOf(loop, 'affected')).toContain('系统“学籍系统”')
    expect(await fieldOf(loop, 'affected')).toMatch(/共享使用单位：.*税务/)
    for (const unit of [education, tax]) {
      const { rows } = (await unit.get('/api/loops/inbox')).body
      expect(rows.map(({ definition }: { definition: string }) => definition)).toContain('standards.change-notice')
    }
    expect((await approve(loop)).body).toMatchObject({ place: 'approved' })
    for (const unit of [education, tax])
      expect((await noticesOf(unit)).some((text) => text.includes('发证机关') && text.includes('已批准'))).toBe(true)
    await comeDay()
    for (const unit of [education, tax])
      expect((await noticesOf(unit)).some((text) => text.includes('发证机关') && text.includes('自今日起生效'))).toBe(
        true,
      )
    expect((await noticesOf(police)).some((text) => text.includes('发证机关'))).toBe(false)
  })
})

describe('units that have it in a system of their own', () => {
  const AUTHORITY = 'taian:licence.authority'

  test('are all heard, however many fields there are; none for a system that has ended', async () => {
    const system = (code: string, owner: string, state: string) => ({ code, name: `系统${code}`, owner, state })
    await write('collection.system', [
      system('MANY', 'city.agriculture', 'running'),
      system('LATE', 'city.water', 'running'),
      system('ENDED', 'city.transport', 'stopped'),
    ])
    const { title } = await element(AUTHORITY)
    const field = (code: string, table: string, owner: string) => ({ system: code, table, name: 'jg', title, owner })
    await write('collection.system-field', [
      ...Array.from({ length: 600 }, (_, n) => field('MANY', `t${n}`, 'city.agriculture')),
      field('LATE', 't', 'city.water'),
      field('ENDED', 't', 'city.transport'),
    ])
    const path = `/api/standards/elements/${AUTHORITY}`
    const { declared, declaredCount } = (await steward.get(path)).body
    const count = { shown: declared.length, all: declaredCount }
    expect(count).toEqual({ shown: 500, all: expect.toSatisfy((all: number) => all >= 601) })
    expect(declared.map(({ owner }: { owner: string }) => owner)).not.toContain('city.transport')
    const { loop } = (await steward.post(`${path}/changes`, { changes: { max: 130 }, ...terms() })).body
    const { rows } = await city.app.pool.query<{ unit: string }>(
      `select data ->> 'unit' as unit from loops.instance where parent = $1`,
      [loop],
    )
    const heard = rows.map(({ unit }) => unit)
    expect(heard).toEqual(expect.arrayContaining(['city.agriculture', 'city.water']))
    expect(heard).not.toContain('city.transport')
    expect(await fieldOf(loop, 'affected')).toMatch(/另有 [5-9]\d\d 项未列出/)
  })
})

describe('what could not begin', () => {
  const ALIAS = 'taian:person.former-name'
  const FORMER = `/api/standards/elements/${ALIAS}/changes`
  const put = (column: string, value: string) =>
    city.app.pool.query(`update standards.element set ${column} = $1 where id = $2`, [value, ALIAS])

  test('is neither proposed nor approved: the whole element as it would be is checked, each fault at its field', async () => {
    const { objectClass } = await element(ALIAS)
    const proposed = (await steward.post(FORMER, { changes: { max: 90 }, ...terms() })).body.loop
    await put('object_class', '长'.repeat(41))
    expect(await steward.post(FORMER, { changes: { max: 91 }, ...terms() })).toMatchObject({
      status: 422,
      body: {
        code: 'wrong-element',
        title: expect.stringContaining('“对象”最多 40 个字'),
        issues: [{ path: '/changes/objectClass', message: '最多 40 个字' }],
      },
    })
    expect(await approve(proposed)).toMatchObject({ status: 409, body: { code: 'not-now' } })
    await put('object_class', objectClass)
    expect((await act(head, proposed, 'approve', { decision: '同意' })).body).toMatchObject({ place: 'approved' })
    await comeDay()
    expect(await element(ALIAS)).toMatchObject({ max: 90, objectClass })
  })

  test('holds no other change up; keepers and deciders are told why, once, and it begins when that is put right', async () => {
    const other = '/api/standards/elements/taian:person.name/changes'
    const wrong = (await steward.post(FORMER, { changes: { max: 92 }, ...terms() })).body.loop
    const right = (await steward.post(other, { changes: { max: 93 }, ...terms() })).body.loop
    for (const loop of [wrong, right]) expect((await approve(loop)).body).toMatchObject({ place: 'approved' })
    const plan = (max: number) =>
      city.app.pool.query('update standards.planned_change set changes = $1 where loop = $2', [{ max }, wrong])
    await plan(0)
    await comeDay()
    await beginChanges(city.app)
    expect((await element('taian:person.name')).max).toBe(93)
    expect((await element(ALIAS)).max).toBe(90)
    for (const [who, times] of [
      [steward, 1],
      [head, 1],
      [police, 0],
    ] as const) {
      const told = (await noticesOf(who)).filter((text) => text.includes('未能生效'))
      expect(told).toHaveLength(times)
      for (const text of told) expect(text).toContain('“最大长度”不能小于 1')
    }
    await plan(92)
    await beginChanges(city.app)
    expect((await element(ALIAS)).max).toBe(92)
    const { rows } = await city.app.pool.query('select done, problem from standards.planned_change where loop = $1', [
      wrong,
    ])
    expect(rows).toEqual([{ done: true, problem: null }])
  })
})

test('a change that begins while the element gets another source leaves it that source', async () => {
  const ADDRESS = 'taian:person.address'
  const { loop } = (
    await steward.post(`/api/standards/elements/${ADDRESS}/changes`, { changes: { max: 180 }, ...terms() })
  ).body
  expect((await approve(loop)).body).toMatchObject({ place: 'approved' })
  const waiting = async () => {
    const { rows } = await city.app.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0]?.n
  }
  let begun: Promise<void> | undefined
  await city.app.work(system('standards.test'), async (work) => {
    const before = await lockElement(city.app, work, ADDRESS)
    await saveElement(city.app, work, nextEdition(before, { owner: 'city.tax' }))
    begun = comeDay()
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
  })
  await begun
  expect(await element(ADDRESS)).toMatchObject({ max: 180, owner: 'city.tax', edition: 3 })
})

describe('new elements', () => {
  const NEW = {
    id: 'taian:firm.export-rank',
    title: '出口等级',
    titleEn: 'Rank of exporter',
    definition: '出口企业管理类别',
    synonyms: ['出口类别'],
    set: 'other',
    objectClass: '法人',
    kind: 'text',
    link: false,
    max: 10,
    standard: '出口退税管理办法',
  }
  const path = '/api/standards/elements'

  test('a unit proposes, the keeper looks first, a second person decides, and it is in force', async () => {
    expect((await police.post(path, { element: NEW, isSource: true, ...terms(0) })).status).toBe(403)
    const { loop } = (await tax.post(path, { element: NEW, isSource: true, ...terms(0) })).body
    expect((await matter(loop)).matter.place).toBe('checking')
    expect((await act(tax, loop, 'accept', { opinion: '同意' })).status).toEqual(notDone)
    expect((await act(mighty, loop, 'accept', { opinion: '定义清楚' })).status).toBe(200)
    await hear(loop)
    expect((await act(mighty, loop, 'approve', { decision: '同意' })).status).toEqual(notDone)
    expect((await act(head, loop, 'approve', { decision: '同意' })).body).toMatchObject({ place: 'approved' })
    await beginChanges(city.app)
    expect(await element(NEW.id)).toMatchObject({ ...NEW, owner: 'city.tax', edition: 1, state: 'in-force' })
    expect((await tax.post(path, { element: NEW, isSource: true, ...terms(0) })).body.code).toBe('element-exists')
  })

  test('of two proposals of one identifier only one is decided', async () => {
    const other = { ...NEW, id: 'taian:firm.export-code', title: '出口代码' }
    const [first, second] = await Promise.all([
      steward.post(path, { element: other, isSource: false, ...terms(1) }),
      steward.post(path, { element: { ...other, max: 20 }, isSource: false, ...terms(1) }),
    ])
    expect((await approve(first.body.loop)).body).toMatchObject({ place: 'approved' })
    expect(await approve(second.body.loop)).toMatchObject({ status: 409, body: { code: 'not-now' } })
  })

  test('one with the longest name that may be proposed is in force on its day', async () => {
    const long = { ...NEW, id: 'taian:firm.export-long', title: '长'.repeat(60) }
    const { loop } = (await steward.post(path, { element: long, isSource: false, ...terms(0) })).body
    expect((await approve(loop)).body).toMatchObject({ place: 'approved' })
    await beginChanges(city.app)
    expect(await element(long.id)).toMatchObject({ title: long.title, property: long.title, state: 'in-force' })
    const longer = { ...long, id: 'taian:firm.export-longer', title: '长'.repeat(61) }
    expect(await steward.post(path, { element: longer, isSource: false, ...terms(0) })).toMatchObject({
      status: 422,
      body: { issues: [{ path: expect.stringContaining('/element/title') }] },
    })
  })

  test('a code without its list, or a day gone by, is refused', async () => {
    const code = { ...NEW, id: 'taian:firm.export-kind', kind: 'code' }
    expect((await tax.post(path, { element: code, isSource: true, ...terms(1) })).body.code).toBe('no-code-list')
    expect((await tax.post(path, { element: NEW, isSource: true, ...terms(-1) })).status).toBe(409)
    const later = { ...NEW, id: 'taian:firm.export-kind' }
    expect((await tax.post(path, { element: later, isSource: true, ...terms(-1) })).body.code).toBe('too-soon')
  })
})

describe('elements that are retired', () => {
  test('those who use one are shown and heard; then nobody claims, changes or uses it anew', async () => {
    const MARITAL = 'taian:person.marital'
    const base = `/api/standards/elements/${MARITAL}`
    expect((await police.post(`${base}/retirement`, terms())).status).toBe(403)
    const { loop } = (await steward.post(`${base}/retirement`, terms())).body
    expect(await fieldOf(loop, 'affected')).toContain('常住人口登记')
    expect((await approve(loop)).body).toMatchObject({ place: 'approved' })
    expect((await element(MARITAL)).state).toBe('in-force')
    await comeDay()
    expect((await element(MARITAL)).state).toBe('retired')
    const claim = await tax.post(`${base}/claims`, { basis: '职责', key: crypto.randomUUID() })
    expect(claim.body.code).toBe('retired')
    expect((await steward.post(`${base}/changes`, { changes: { title: '婚姻' }, ...terms() })).body.code).toBe(
      'retired',
    )
    const mapping = { dataset: 'base.move', field: 'from', element: MARITAL, reasons: '' }
    expect((await steward.post('/api/standards/mappings', mapping)).body.code).toBe('retired')
    expect((await steward.get(`${base}/schema.json`)).body.deprecated).toBe(true)
    const { faults } = (await steward.get('/api/standards/conformance')).body
    expect(faults.some((fault: { element: string }) => fault.element === MARITAL)).toBe(true)
  })
})

describe('claims of an element that is retired', () => {
  const base = '/api/standards/elements/taian:person.nation'
  const claim = async (who: SignedInClient): Promise<string> =>
    (await who.post(`${base}/claims`, { basis: '职责', key: crypto.randomUUID() })).body.loop
  /** A matter as if it had been opened under the first version, which hears of no retirement and of no other source. */
  async function asFirstVersion(id: string) {
    const { actions, ...rest } = claimLoop
    const { 'owner-changed': _, 'element-retired': __, ...known } = actions
    await asOwner(
      city.ownerUrl,
      `insert into loops.definition (id, version, body, sum, created_at) values ('standards.claim', 1,
         '${JSON.stringify({ ...rest, actions: known, version: 1 })}', 'first', now()) on conflict do nothing;
       update loops.instance set version = 1 where id = ${id}`,
    )
    await matter(id)
  }

  test('end with the reason; claimants and whoever had to answer or rule are told', async () => {
    const answering = await claim(tax)
    const ruling = await claim(education)
    const old = await claim(education)
    await act(police, ruling, 'object', { answer: '公安登记' })
    await asFirstVersion(old)
    const { loop } = (await steward.post(`${base}/retirement`, terms())).body
    expect((await approve(loop)).body).toMatchObject({ place: 'approved' })
    expect((await matter(answering)).matter.place).toBe('answering')
    const why = { zh: '停用', en: 'retired' }
    expect((await act(police, answering, 'element-retired', { why })).status).toEqual(notDone)
    await comeDay()
    for (const id of [answering, ruling]) {
      expect((await matter(id)).matter).toMatchObject({ place: 'lapsed', outcome: 'withdrawn' })
      expect(await fieldOf(id, 'why')).toContain('停用，认领终止')
    }
    const ended = async (who: SignedInClient) => (await noticesOf(who)).filter((text) => text.includes('认领终止'))
    expect(await ended(tax)).toHaveLength(1)
    expect(await ended(education)).toHaveLength(1)
    expect(await ended(police)).toHaveLength(1)
    expect(await ended(head)).toHaveLength(1)
    expect((await noticesOf(education)).some((text) => text.includes('请认领单位撤回认领'))).toBe(true)
    expect(await act(police, old, 'agree', { answer: '同意' })).toMatchObject({
      status: 409,
      body: { code: 'retired', title: expect.stringContaining('请认领单位撤回认领') },
    })
    expect((await act(education, old, 'withdraw', {})).body).toMatchObject({ place: 'withdrawn' })
  })

  test('one of the first version grants nothing once the source has changed; the refusal says what to do', async () => {
    const path = '/api/standards/elements/taian:person.born-on/claims'
    const of = async (who: SignedInClient): Promise<string> =>
      (await who.post(path, { basis: '职责', key: crypto.randomUUID() })).body.loop
    const [old, first] = [await of(education), await of(tax)]
    await asFirstVersion(old)
    expect((await act(police, first, 'agree', { answer: '同意' })).body).toMatchObject({ place: 'granted' })
    const refusal = {
      status: 409,
      body: { code: 'owner-changed', title: expect.stringMatching(/税务.*撤回认领后重新认领.*裁定认领不成立/) },
    }
    expect(await act(police, old, 'agree', { answer: '同意' })).toMatchObject(refusal)
    expect((await act(police, old, 'object', { answer: '已移交' })).body).toMatchObject({ place: 'ruling' })
    expect(await act(head, old, 'grant', { ruling: '同意' })).toMatchObject(refusal)
    expect((await element('taian:person.born-on')).owner).toBe('city.tax')
    expect((await act(head, old, 'refuse', { ruling: '来源已变更' })).body).toMatchObject({ place: 'refused' })
  })
})

describe('editions of code lists', () => {
  const base = '/api/standards/code-lists/gbt2261.1'
  const codes = { 1: { zh: '男', en: 'Male' }, 2: { zh: '女', en: 'Female' } }
  const edition = { title: { zh: '性别', en: 'Sex' }, source: '本地', note: '只留两项', codes }
  const codesToday = () =>
    Object.keys(
      city.app
        .use(codeLists)
        .all()
        .find(({ id }) => id === 'gbt2261.1')?.codes ?? {},
    )

  test('an edition takes the way of a change: notice, how many rows hold what goes, all users, a second person', async () => {
    const born = { bornOn: '1990-01-01', division: '370902' }
    await write('base.resident', [
      { number: '11010519491231002X', name: '甲', sex: '0', ...born },
      { number: '440524188001010014', name: '乙', sex: '0', ...born },
    ])
    expect((await police.post(`${base}/editions`, { ...edition, ...terms() })).status).toBe(403)
    expect((await steward.post(`${base}/editions`, { ...edition, ...terms(0) })).body.code).toBe('too-soon')
    const { loop } = (await steward.post(`${base}/editions`, { ...edition, ...terms() })).body
    expect(await fieldOf(loop, 'summary')).toContain('取消 2 个')
    expect(await fieldOf(loop, 'affected')).toContain('“性别”（市公安局）：有 2 行使用将取消的代码')
    const units = await hear(loop)
    expect(units).toBeGreaterThan(1)
    expect((await act(steward, loop, 'approve', { decision: '自己批准' })).status).toEqual(notDone)
    expect((await act(head, loop, 'approve', { decision: '同意' })).body).toMatchObject({ place: 'approved' })
    expect((await noticesOf(police)).some((text) => text.includes('代码表新版本：性别'))).toBe(true)
    const { editions } = (await steward.get(base)).body
    expect(editions[1]).toMatchObject({ edition: 1, validFrom: inDays(40) })
    expect(editions[1].differences.map(({ code, after }: { code: string; after: object }) => [code, after])).toEqual(
      expect.arrayContaining([['0', null]]),
    )
    expect(codesToday()).toContain('0')
    const skos = (await steward.get(`${base}/skos.jsonld`)).body
    expect(skos['skos:hasTopConcept'].length).toBeGreaterThan(2)
    await comeDay()
    expect((await noticesOf(police)).some((text) => text.includes('自今日起生效') && text.includes('有 2 行'))).toBe(
      true,
    )
  })

  test('one that was overtaken by another edition is not approved, one that changes nothing not proposed', async () => {
    expect((await steward.post(`${base}/editions`, { ...edition, ...terms(60) })).body.code).toBe('no-change')
    const third = { ...edition, codes: { ...codes, 9: { zh: '未说明', en: 'Not said' } } }
    const [one, two] = [
      (await steward.post(`${base}/editions`, { ...third, ...terms(60) })).body.loop,
      (await steward.post(`${base}/editions`, { ...third, ...terms(70) })).body.loop,
    ]
    expect((await approve(one)).body).toMatchObject({ place: 'approved' })
    expect(await approve(two)).toMatchObject({ status: 409, body: { code: 'not-now' } })
  })
})
