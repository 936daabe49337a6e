import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { baseTables } from '#domains/resources/base'
import { analytics } from '#platform/analytics'
import { dataDesk } from '#platform/registry'
import { tags } from '#platform/tags'
import { type Client, client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { makeCity } from '../../../../tools/city/make-city.ts'
import { firmFeatures } from '../declarations/features.ts'
import { firmTags } from '../declarations/tags/all.ts'

const FIRM = 'legal-persons.firm'
let running: TestApp
let [steward, publisher, market, firm, stranger] = [] as unknown as [Client, Client, Client, Client, Client]

beforeAll(async () => {
  running = await testApp({ demo: true })
  const { body } = await (await client(running)).get('/api/session/demonstration')
  const as = (account: string) => signIn(running, account, body.password)
  ;[steward, publisher, market, firm] = await Promise.all([as('steward'), as('data-head'), as('market'), as('firm')])
  stranger = await client(running)
  await loadFirms(running)
}, 600_000)
afterAll(() => running?.stop())

/** Loads what the tags read of a small city, as its departments would hand it over. */
async function loadFirms({ app }: TestApp, residents = 1200): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-tags-'))
  try {
    await makeCity({ residents, seed: 7, out: join(folder, 'city'), workers: 1 })
    const files = await readdir(join(folder, 'city', 'files'))
    const needed = new Set(
      [...firmTags, ...firmFeatures].flatMap(({ sources }) => sources.map(({ dataset }) => dataset)),
    )
    const loads: number[] = []
    for (const { dataset, file } of baseTables.filter(({ dataset: { id } }) => needed.has(id))) {
      const name = files.find((each) => each.startsWith(`${file}.`)) ?? ''
      const content = createReadStream(join(folder, 'city', 'files', name))
      loads.push(
        await app.work(system('test'), (work) => app.use(dataDesk).load(work, { dataset: dataset.id, name, content })),
      )
    }
    await vi.waitFor(
      async () => {
        for (const load of loads) {
          const { state } = await app.use(dataDesk).progress(load)
          if (state !== 'done') throw new TypeError(`The load ${load} is ${state}`)
        }
      },
      { timeout: 500_000, interval: 200 },
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const run = () => running.app.use(tags).run(FIRM)
const copies = () => join(running.app.config.dataDir, 'analytics')
const keptTables = async (prefix: string) => (await readdir(copies())).filter((table) => table.startsWith(prefix))
const rowsKept = async (prefix: string) =>
  (await running.app.use(analytics).tables()).find(({ table }) => table.startsWith(prefix))?.rows ?? 0
const asked = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await running.app.pool.query(sql, values)).rows as T[]
const carriers = async (id: string) =>
  (
    await asked<{ code: string }>(
      `select f.code from tags.carried c join tags.tag t on t.number = c.tag join base.firm f on f._id = c.member
       where t.id = $1 and c.until is null and c.ended is null order by f.code collate "C"`,
      [id.includes('.') ? id : `legal-persons.${id}`],
    )
  ).map(({ code }) => code)
const codes = async (sql: string) =>
  (await asked<{ code: string }>(`${sql} order by 1`)).map(({ code }) => code).toSorted()
const purposely = async ({ cookie }: Client, path: string, purpose: string, body?: object) => {
  const answer = await fetch(running.address + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      cookie,
      'x-purpose': encodeURIComponent(purpose),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return {
    status: answer.status, // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects
    body: (await answer.json()) as any,
  }
}
const tagPath = (id: string) => `/api/tags/legal-persons.${id}`

describe('a run', () => {
  test('computes every one of a hundred tags and more', async () => {
    expect(firmTags.length).toBeGreaterThanOrEqual(100)
    expect((await run()).failed).toEqual([])
  }, 240_000)

  test('finds whom the database finds by another statement', async () => {
    expect(await carriers('in-operation')).toEqual(await codes(`select code from base.firm where state = '在营'`))
    expect(await carriers('penalised')).toEqual(
      await codes('select distinct f.code from base.firm f join base.penalty p on p.code = f.code'),
    )
    expect(await carriers('insurance-gap')).toEqual(
      await codes(`select f.code from base.firm f
        join lateral (select staff from base.tax_return where code = f.code order by until desc limit 1) t on t.staff > 0
        join lateral (select count(*) as insured from base.employee where employer = f.code) e on e.insured > 0
        where e.insured * 100 < t.staff * 50`),
    )
    expect(await carriers('always-punctual')).toEqual(
      await codes(`select f.code from base.firm f join base.tax_return t on t.code = f.code group by f.code
        having count(*) >= 4 and bool_and(t.filed_on - t.until <= 15)`),
    )
    expect(await carriers('representative-many')).toEqual(
      await codes(`select f.code from base.firm f where state = '在营' and
        (select count(*) from base.firm o where o.state = '在营' and o.representative_number_index = f.representative_number_index) >= 3`),
    )
    expect((await carriers('controller-found')).length).toBeGreaterThan(10)
  })

  test('of the same facts writes nothing', async () => {
    expect(await run()).toMatchObject({ added: 0, removed: 0 })
  }, 240_000)

  test('after a change writes the differences, and what was known before can be asked', async () => {
    const [code = ''] = await carriers('in-operation')
    const before = new Date()
    await running.app.pool.query(
      `update base.firm set state = '注销', closed_on = '2026-11-01', _version = _version + 1, _since = now() where code = $1`,
      [code],
    )
    const { added, removed } = await run()
    expect(removed).toBeGreaterThan(0)
    expect(added + removed).toBeLessThan(60)
    const path = `/api/tags/subjects/${FIRM}/members/${code}`
    const ids = async (query = '') =>
      ((await market.get(path + query)).body.tags as { tag: string }[]).map(({ tag }) => tag)
    expect(await ids()).toContain('legal-persons.closed')
    expect(await ids()).not.toContain('legal-persons.in-operation')
    const known = encodeURIComponent(before.toISOString())
    expect(await ids(`?known=${known}`)).toContain('legal-persons.in-operation')
    const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
    expect(await ids(`?day=${yesterday}`)).toContain('legal-persons.in-operation')
    expect(await ids(`?day=${yesterday}&known=${known}`)).not.toContain('legal-persons.closed')
  }, 240_000)

  test('after changes in every source computes a part of the members, and leaves what a run over all would', async () => {
    const pick = (dataset: string, set: string, share: number) =>
      running.app.pool.query(
        `update ${dataset} set ${set}, _version = _version + 1, _since = now() where _id % ${share} = 3`,
      )
    await pick('base.tax_return', 'revenue = revenue * 3', 60)
    await pick('base.employee', 'months = 13 - months', 40)
    await pick('base.penalty', 'fine = fine + 5', 12)
    await pick('base.licence', 'until = until - 300', 15)
    await pick('base.fire_inspection', `result = '不合格'`, 15)
    await pick('base.statistical_unit', 'staff = 0', 30)
    await pick('base.firm', 'capital = capital * 10', 50)
    // Rows that are about another firm now, and then about a third; rows that are gone.
    const move = `update base.employee e set employer = (select code from base.firm order by md5(code || e._id % 40 || $1) limit 1),
      _version = _version + 1, _since = now() where _id % 90 = 7`
    await running.app.pool.query(move, ['a'])
    await running.app.pool.query('delete from base.penalty where _id % 25 = 1')
    const bases = await keptTables('tags_f_firm_staff_')
    const first = await run()
    expect(first.failed).toEqual([])
    expect(first.added + first.removed).toBeGreaterThan(50)
    await running.app.pool.query(move, ['b'])
    const second = await run()
    expect(second.added + second.removed).toBeGreaterThan(0)
    expect(await keptTables('tags_d_')).toHaveLength(1)
    expect([bases.length, await keptTables('tags_f_firm_staff_')]).toEqual([1, bases])
    // Rows that are again what they were at first, and rows that were written again and tell the same of a firm.
    const touched = await rowsKept('tags_t_')
    await pick('base.tax_return', 'revenue = revenue / 3', 60)
    const third = await run()
    expect(third.added + third.removed).toBeGreaterThan(0)
    const left = await rowsKept('tags_t_')
    expect(left).toBeLessThan(touched)
    await pick('base.employee', 'months = months', 60)
    expect(await run()).toMatchObject({ added: 0, removed: 0 })
    expect(await rowsKept('tags_t_')).toBe(left)
    // With what is kept of them gone, everything is computed of all members and compared in the database.
    for (const table of await keptTables('tags_')) await rm(join(copies(), table), { recursive: true })
    expect(await run()).toMatchObject({ added: 0, removed: 0, carried: third.carried })
  }, 480_000)

  test('without its values of before compares in the database and writes the same', async () => {
    // Of whichever run: one may have begun by itself meanwhile.
    const values = await keptTables('tags_c_')
    expect(values).toHaveLength(1)
    for (const table of values) await rm(join(copies(), table), { recursive: true })
    expect(await run()).toMatchObject({ added: 0, removed: 0 })
  }, 240_000)
})

test('the lineage of a dataset leads each field to the tags and files made of it', async () => {
  const { body } = await steward.get('/api/exchange/catalogue/base.tax-return/lineage')
  const made = body.made as { kind: { en: string }; title: { zh: string }; page: string; fields: string[] }[]
  expect(made.find(({ page }) => page === '/tags/legal-persons.revenue-growing')).toMatchObject({
    kind: { en: 'Tag' },
    title: { zh: '年收入增长较快' },
    fields: expect.arrayContaining(['code', 'until', 'revenue']),
  })
  expect(made.find(({ kind }) => kind.en === 'File')?.fields).toContain('name')
  // Tables that a run keeps for itself are no answers of anybody.
  expect(body.kept).toEqual([])
})

describe('who may', () => {
  test('see the catalogue, a portrait, evidence', async () => {
    expect((await stranger.get('/api/tags')).status).toBe(403)
    expect((await firm.get('/api/tags')).status).toBe(403)
    const { body } = await market.get('/api/tags')
    expect(body.tags).toHaveLength(firmTags.length)
    const [code = ''] = await carriers('penalised')
    expect((await publisher.get(`/api/tags/subjects/${FIRM}/members/${code}`)).status).toBe(403)
    expect((await publisher.get(`${tagPath('penalised')}/members`)).status).toBe(403)
    const evidence = await market.get(`${tagPath('penalised')}/evidence/${code}`)
    expect(evidence.body.rows.length).toBeGreaterThan(0)
    expect((await stranger.get(`/api/firms/${code}`)).status).toBe(403)
    expect((await market.get(`/api/firms/${code}`)).body.firm.code).toBe(code)
  }, 240_000)

  test('see evidence with names only for a purpose and by a right of its own', async () => {
    const [code = ''] = await carriers('single-holder')
    const path = `${tagPath('single-holder')}/evidence/${code}`
    expect((await market.get(path)).body.code).toBe('purpose-needed')
    const sensitive = await client(running, {
      rights: { 'tags.read': 'city', 'legal-persons.read': 'city', 'tags.sensitive': 'city' },
    })
    expect((await purposely(sensitive, path, '核实')).body.code).toBe('personal-evidence')
    const reader = await client(running, { rights: { 'tags.read': 'city', 'legal-persons.read': 'city' } })
    expect((await reader.get(path)).body.code).toBe('sensitive-tag')
    const answer = await purposely(market, path, '核实股权')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ columns: [{ name: 'holder' }, {}, {}, {}] })
  }, 240_000)

  test('see who carries a sensitive tag only by a right of its own and for a purpose, and every read is on record', async () => {
    const reader = await client(running, {
      rights: { 'tags.read': 'city', 'legal-persons.read': 'city', 'tags.segment': 'city', 'tags.pull': 'city' },
    })
    const [code = ''] = await carriers('single-holder')
    const held = `${tagPath('single-holder')}/members`
    expect((await reader.get(held)).body.code).toBe('sensitive-tag')
    expect((await market.get(held)).body.code).toBe('purpose-needed')
    expect((await purposely(market, held, '核实股权')).body.rows.length).toBeGreaterThan(0)
    const portrait = `/api/tags/subjects/${FIRM}/members/${code}`
    const ids = ({ tags }: { tags: { tag: string }[] }) => tags.map(({ tag }) => tag)
    for (const { body } of [await purposely(reader, portrait, '核实'), await market.get(portrait)]) {
      expect(ids(body)).not.toContain('legal-persons.single-holder')
      expect(body.withheld).toBeGreaterThan(0)
      const lines = (body.line as { title: { zh: string } }[]).map(({ title }) => title.zh)
      expect(lines).not.toContain(firmTags.find(({ id }) => id === 'legal-persons.single-holder')?.title.zh)
    }
    const whole = (await purposely(market, portrait, '核实股权')).body
    expect(ids(whole)).toContain('legal-persons.single-holder')
    expect(whole.withheld).toBe(0)
    const chosen = {
      subject: FIRM,
      kind: 'supervision',
      expression: { all: ['legal-persons.single-holder'], any: [], none: [] },
    }
    expect((await reader.post('/api/tag-segments/query', chosen)).body.code).toBe('sensitive-tag')
    expect((await market.post('/api/tag-segments/query', chosen)).body.code).toBe('purpose-needed')
    const saved = { ...chosen, title: '独资', purpose: '抽查', basis: '条例' }
    expect((await reader.post('/api/tag-segments', saved)).body.code).toBe('sensitive-tag')
    const { id } = (await market.post('/api/tag-segments', saved)).body
    expect((await reader.get(`/api/tag-segments/${id}/members`)).body.code).toBe('sensitive-tag')
    const objection = { key: code, reason: '不符' }
    expect((await reader.post(`${tagPath('single-holder')}/objections`, objection)).body.code).toBe('sensitive-tag')
    const records = await asked<{ event: string; purpose: string | null }>(
      `select event, purpose from audit.entry where event like 'tags.%.read' and purpose = '核实股权'`,
    )
    expect(new Set(records.map(({ event }) => event))).toEqual(
      new Set(['tags.evidence.read', 'tags.carriers.read', 'tags.portrait.read']),
    )
  }, 240_000)
})

const draft = {
  id: 'own.mid-capital',
  subject: FIRM,
  kind: 'statistic',
  theme: 'registration',
  title: { zh: '中等注册资本', en: 'Middling capital' },
  about: { zh: '注册资本一百万元以上', en: 'Capital of a million yuan and more' },
  owner: 'city.market',
  use: { zh: '政策匹配', en: 'Matching policies' },
  uses: ['service'],
  sensitivity: 'internal',
  refreshDays: 1,
  validityDays: 30,
  features: [],
  sources: [{ dataset: 'base.firm', columns: ['code', 'capital', 'established_on'] }],
  rules: [],
  logic: 'select code as key, capital as value, established_on as since from base_firm where capital >= 100',
  evidence: 'select code, capital from base_firm where code = $1',
  bar: 0.9,
} as const
const DRAFTS = '/api/tags/drafts'

describe("a steward's own tag", () => {
  test('is refused with the place of what is wrong', async () => {
    expect((await market.post(DRAFTS, draft)).status).toBe(403)
    const wrong = await steward.post(DRAFTS, { ...draft, theme: 'no-such', evidence: 'select 1 as nothing' })
    expect(wrong.body.issues.map(({ path }: { path: string }) => path)).toEqual(['/theme', '/evidence'])
    await steward.post(DRAFTS, { ...draft, logic: 'select code as key, nothing_such from base_firm' })
    const trial = await steward.post(`${DRAFTS}/${draft.id}/1/trial`)
    expect(trial.body.issues).toMatchObject([{ path: '/logic' }])
    const hidden = { ...draft, logic: 'select code as key, phone as value, established_on as since from base_firm' }
    await steward.post(DRAFTS, hidden)
    expect((await steward.post(`${DRAFTS}/${draft.id}/1/trial`)).status).toBe(422)
    expect((await steward.post(DRAFTS, { ...draft, logic: 'select * from main.base_employee' })).status).toBe(422)
  }, 240_000)

  test('is tried, published by another person, and computed like the others', async () => {
    await steward.post(DRAFTS, draft)
    expect((await publisher.post(`${DRAFTS}/${draft.id}/1/publish`)).body.code).toBe('not-tried')
    const trial = await steward.post(`${DRAFTS}/${draft.id}/1/trial`)
    expect(trial.body).toMatchObject({ faults: [], trial: { repeated: 0, unknown: 0 } })
    expect(trial.body.trial.examples.length).toBeGreaterThan(0)
    expect((await steward.post(`${DRAFTS}/${draft.id}/1/publish`)).status).toBe(403)
    expect((await publisher.post(`${DRAFTS}/${draft.id}/1/publish`)).status).toBe(200)
    await run()
    const expected = await codes('select code from base.firm where capital >= 100')
    expect(await carriers(draft.id)).toEqual(expected)
    expect(trial.body.trial.carriers).toBe(expected.length)
  }, 240_000)
})

describe('a segment', () => {
  const expression = {
    all: ['legal-persons.company', 'legal-persons.in-operation'],
    any: [
      'legal-persons.young',
      'legal-persons.five-years',
      'legal-persons.ten-years',
      'legal-persons.new',
      'legal-persons.twenty-years',
      'legal-persons.insured-few',
      'legal-persons.insured-twenty',
    ],
    none: ['legal-persons.capital-huge'],
  }
  const members = () => asked<{ code: string }>('select code from legal_persons.segment_member order by code')

  test('is counted, saved, pushed to the dataset, and shown to the firm with its reasons', async () => {
    const wanted = { subject: FIRM, kind: 'service', expression }
    const counted = await purposely(market, '/api/tag-segments/query', '稳岗补贴', wanted)
    const inAny = new Set((await Promise.all(expression.any.map(carriers))).flat())
    const without = new Set(await carriers('capital-huge'))
    const operating = new Set(await carriers('in-operation'))
    const expected = (await carriers('company')).filter(
      (code) => operating.has(code) && inAny.has(code) && !without.has(code),
    )
    expect(counted.body.count).toBe(expected.length)
    expect((await stranger.post('/api/tag-segments/query', wanted)).status).toBe(403)
    const wrong = await market.post('/api/tag-segments/query', {
      ...wanted,
      expression: { all: ['no.such'], any: [], none: [] },
    })
    expect(wrong.body.code).toBe('wrong-segment')
    const clerk = await client(running, { rights: { 'identity.account.prove': 'city' } })
    const proof = '/api/identity/accounts/demo.firm/proof'
    await clerk.delete(proof)
    expect((await clerk.put(proof, { number: expected[0], name: '企业' })).status).toBe(200)
    const saving = { subject: FIRM, expression, title: '稳岗补贴', purpose: '上门告知稳岗补贴', basis: '稳就业政策' }
    const { id } = (await market.post('/api/tag-segments', { ...saving, kind: 'service' })).body
    expect((await market.post(`/api/tag-segments/${id}/push`)).status).toBe(403)
    expect((await steward.post(`/api/tag-segments/${id}/push`)).status).toBe(200)
    await vi.waitFor(async () => expect((await members()).map(({ code }) => code)).toEqual(expected), {
      timeout: 30_000,
    })
    expect((await market.get(`/api/tag-segments/${id}/members`)).body.rows).toHaveLength(Math.min(100, expected.length))
    expect((await steward.get(`/api/tag-segments/${id}/members`)).status).toBe(403)
    const { body } = await firm.get('/api/tags/own')
    expect(body.segments).toMatchObject([{ title: '稳岗补贴', purpose: '上门告知稳岗补贴', optedOut: false }])
    expect(body.segments[0].reasons.map(({ zh }: { zh: string }) => zh)).toContain('公司')
  }, 240_000)

  test('of services takes no tag that was declared for supervision only, and ends when a tag of it becomes so', async () => {
    const risky = { all: ['legal-persons.company'], any: [], none: ['legal-persons.model-shell'] }
    const saving = { subject: FIRM, title: '减负', purpose: '减负告知', basis: '政策', expression: risky }
    const refused = await market.post('/api/tag-segments', { ...saving, kind: 'service' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'wrong-segment' } })
    expect(refused.body.issues).toMatchObject([{ message: expect.stringContaining('不得用于服务类人群') }])
    expect((await market.post('/api/tag-segments', { ...saving, kind: 'supervision' })).status).toBe(200)
    const own = { ...expression, all: ['legal-persons.company', draft.id], any: [] }
    const { id } = (await market.post('/api/tag-segments', { ...saving, expression: own, kind: 'service' })).body
    await steward.post(`/api/tag-segments/${id}/push`)
    const held = () => asked(`select 1 from legal_persons.segment_member where segment = '${id}'`)
    await vi.waitFor(async () => expect((await held()).length).toBeGreaterThan(0), { timeout: 30_000 })
    await running.app.pool.query(`update tags.version set content = content || '{"uses": []}' where tag = $1`, [
      draft.id,
    ])
    const again = await steward.post(`/api/tag-segments/${id}/push`)
    expect(again).toMatchObject({ status: 422, body: { code: 'wrong-segment' } })
    expect(again.body.issues).toMatchObject([{ message: expect.stringContaining('先在标签中登记这一用途') }])
    expect((await held()).length).toBeGreaterThan(0)
    await running.app.work(system('test'), async (work) =>
      work.enqueue('tags.push', { segment: id }, { key: String(id) }),
    )
    await vi.waitFor(async () => expect(await held()).toEqual([]), { timeout: 30_000 })
    const { rows } = (await steward.get('/api/tag-segments')).body
    const ended = rows.find((each: { id: number }) => each.id === id)
    expect(ended).toMatchObject({ endedAt: expect.any(String), endedFor: [draft.id] })
    const told = async (who: Client) =>
      (await who.get('/api/notices')).body.rows.filter((each: object) => JSON.stringify(each).includes('减负'))
    for (const who of [market, steward]) expect(await told(who)).toHaveLength(1)
    expect(await told(firm)).toEqual([])
  }, 240_000)

  test('is left by a firm that opts out, and nobody else can for it', async () => {
    const { body } = await firm.get('/api/tags/own')
    const segment = body.segments[0].id
    const before = (await members()).length
    expect((await stranger.post('/api/tags/own/opt-outs', { segment, out: true })).status).toBe(404)
    expect((await firm.post('/api/tags/own/opt-outs', { segment, out: true })).status).toBe(200)
    await vi.waitFor(async () => expect((await members()).length).toBe(before - 1), { timeout: 30_000 })
    expect((await members()).map(({ code }) => code)).not.toContain(body.portrait.key)
  }, 240_000)

  test('no segment of services has a firm that opted out of all, one pushed later neither, until it takes that back', async () => {
    const { body: before } = await firm.get('/api/tags/own')
    const { key } = before.portrait
    const [{ id: first }] = before.segments
    await firm.post('/api/tags/own/opt-outs', { segment: first, out: false })
    const codes = async (segment: number) =>
      (await asked<{ code: string }>(`select code from legal_persons.segment_member where segment = '${segment}'`)).map(
        ({ code }) => code,
      )
    await vi.waitFor(async () => expect(await codes(first)).toContain(key), { timeout: 30_000 })
    expect((await stranger.post('/api/tags/own/opt-out-of-all', { out: true })).status).toBe(404)
    expect((await firm.post('/api/tags/own/opt-out-of-all', { out: true })).status).toBe(200)
    await vi.waitFor(async () => expect(await codes(first)).not.toContain(key), { timeout: 30_000 })
    const saving = { subject: FIRM, purpose: '告知', basis: '政策' }
    const ofRegister = { ...expression, any: expression.any.filter((id) => !id.includes('insured')) }
    const push = async (title: string, kind: string) => {
      const chosen = kind === 'service' ? expression : ofRegister
      const { id } = (await market.post('/api/tag-segments', { ...saving, expression: chosen, title, kind })).body
      await steward.post(`/api/tag-segments/${id}/push`)
      await vi.waitFor(async () => expect((await codes(id)).length).toBeGreaterThan(0), { timeout: 30_000 })
      return Number(id)
    }
    const later = await push('一企一策', 'service')
    expect(await codes(later)).not.toContain(key)
    const supervision = await push('双随机抽查', 'supervision')
    expect(await codes(supervision)).toContain(key)
    const { rows } = (await steward.get('/api/tag-segments')).body
    const leftOut = Object.fromEntries(rows.map((each: { id: number; leftOut: number }) => [each.id, each.leftOut]))
    expect(leftOut).toMatchObject({ [first]: 1, [later]: 1, [supervision]: 0 })
    const { body: own } = await firm.get('/api/tags/own')
    expect(own.outOfAllSince).not.toBeNull()
    const seen = own.segments.find((each: { id: number }) => each.id === later)
    expect(seen).toMatchObject({
      joinedAt: null,
      reasons: expect.arrayContaining([expect.objectContaining({ zh: '公司' })]),
    })
    expect((await firm.post('/api/tags/own/opt-out-of-all', { out: false })).status).toBe(200)
    await vi.waitFor(async () => expect(await codes(later)).toContain(key), { timeout: 30_000 })
    expect((await firm.get('/api/tags/own')).body.outOfAllSince).toBeNull()
  }, 240_000)

  test('a firm objects to a tag of its own, and the owner answers', async () => {
    const { body } = await firm.get('/api/tags/own')
    expect(body.portrait.withheld).toBe(0)
    const tag = body.portrait.tags.find((each: { tag: string }) => each.tag === 'legal-persons.company')
    const { matter } = (await firm.post(`/api/tags/own/objections/${tag.tag}`, { reason: '我公司已改制' })).body
    expect((await firm.post('/api/tags/own/objections/legal-persons.closed', { reason: '没有注销' })).status).toBe(404)
    const { body: seen } = await market.get(`/api/loops/${matter}`)
    expect(seen.matter.headline.zh).toContain('公司')
    const done = await market.post(`/api/loops/${matter}/actions`, {
      action: 'refused',
      revision: seen.matter.revision,
      key: 'objection-refused-1',
      form: { answer: '登记仍为有限责任公司' },
    })
    expect(done.status).toBe(200)
    expect((await firm.get(`/api/loops/${matter}`)).body.matter.outcome).toBe('refused')
  }, 240_000)
})

describe('a review', () => {
  test('gives a precision with its interval; below the bar it is a matter of the owner', async () => {
    const path = tagPath('penalised')
    expect((await stranger.post(`${path}/rounds`, { size: 5 })).status).toBe(403)
    const { round, size } = (await market.post(`${path}/rounds`, { size: 5 })).body
    expect((await market.post(`${path}/rounds`, { size: 5 })).body.code).toBe('round-open')
    for (let at = 0; at < size; at++) {
      const { body } = await market.get(`/api/tag-rounds/${round}/next`)
      expect(body.evidence.rows.length).toBeGreaterThan(0)
      const judge = (more: object) => market.post(`/api/tag-rounds/${round}/judgements`, { key: body.key, ...more })
      if (at === 0) {
        expect((await judge({ verdict: 'wrong' })).body.code).toBe('note-needed')
        await judge({ verdict: 'wrong', note: '决定已撤销' })
        expect((await judge({ verdict: 'right' })).body.code).toBe('judged-already')
      } else await judge({ verdict: 'right' })
    }
    const { body } = await market.get(path)
    const { precision } = body.standing
    expect(precision.share).toBeCloseTo((size - 1) / size)
    expect(precision.low).toBeLessThan(precision.share)
    expect(precision.high).toBeGreaterThan(precision.share)
    expect(body.rounds[0].matter).toMatch(/^\d+$/)
  }, 240_000)
})
