import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { staffing } from '#platform/identity'
import { tags } from '#platform/tags'
import { type Client, client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { PASSWORD, writeRows } from '../../../resources/one-file/server/testing/city.ts'
import { FIRM } from '../declarations/subject.ts'
import { creditCode } from './testing/credit-code.ts'

const [OWN = '', ...OTHERS] = [1, 2, 3].map(creditCode).toSorted()
const ALL = [OWN, ...OTHERS]
let running: TestApp
let [steward, market, firm, stranger] = [] as unknown as [Client, Client, Client, Client]

beforeAll(async () => {
  running = await testApp({ demo: true })
  const as = (account: string) => signIn(running, account, PASSWORD)
  ;[steward, market, firm, stranger] = await Promise.all([as('steward'), as('market'), as('firm'), client(running)])
  await writeRows(
    running,
    'base.firm',
    ALL.map((code, n) => ({
      code,
      name: `泰安示例${n}有限公司`,
      kind: '有限责任公司',
      representative: '王示例',
      establishedOn: '2015-01-01',
      state: '在营',
    })),
  )
  await running.app.work(system('test'), (work) =>
    running.app.use(staffing).prove(work, 'demo.firm', { number: OWN, name: '泰安示例0有限公司' }),
  )
  await running.app.use(tags).run(FIRM)
}, 300_000)
afterAll(() => running.stop())

const asked = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await running.app.pool.query(sql, values)).rows as T[]
/** Of the dataset that other systems take. */
const shared = async (segment: number) =>
  (
    await asked<{ code: string }>('select code from legal_persons.segment_member where segment = $1 order by code', [
      String(segment),
    ])
  ).map(({ code }) => code)
const listed = async (segment: number) =>
  (await market.get(`/api/tag-segments/${segment}/members`)).body.rows.map(({ key }: { key: string }) => key).toSorted()
const settled = (segment: number, codes: readonly string[]) =>
  vi.waitFor(async () => expect(await shared(segment)).toEqual(codes), { timeout: 60_000 })
const row = async (segment: number) =>
  (await steward.get('/api/tag-segments')).body.rows.find(({ id }: { id: number }) => id === segment)
const own = async (segment: number) =>
  (await firm.get('/api/tags/own')).body.segments.find(({ id }: { id: number }) => id === segment)
const optOut = (who: Client, segment: number, out = true) => who.post('/api/tags/own/opt-outs', { segment, out })
/** Lets so many days pass since the tags were computed. */
const age = (days: number) => asked('update tags.run set day = day - $1::int where subject = $2', [days, FIRM])

/** Does something while another session holds what `sql` takes. */
async function whileHeld(sql: string, values: unknown[], act: () => Promise<void>): Promise<void> {
  const holder = await running.app.pool.connect()
  try {
    await holder.query('begin')
    await holder.query(sql, values)
    await act()
  } finally {
    await holder.query('rollback')
    holder.release()
  }
}

async function pushed(title: string, kind: 'service' | 'supervision'): Promise<number> {
  const expression = { all: ['legal-persons.company'], any: ['legal-persons.in-operation'], none: [] }
  const saving = { subject: FIRM, title, kind, expression, purpose: `${title}告知`, basis: '政策' }
  const { id } = (await market.post('/api/tag-segments', saving)).body
  expect((await steward.post(`/api/tag-segments/${id}/push`)).status).toBe(200)
  await settled(id, ALL)
  return id
}

test('a firm that opts out leaves before the segment is chosen anew, and may come back', async () => {
  const id = await pushed('稳岗', 'service')
  const later = await pushed('技改', 'service')
  // As while these segments are being pushed.
  await whileHeld('select from tags.segment where id = any($1) for no key update', [[id, later]], async () => {
    expect((await optOut(firm, id)).status).toBe(200)
    expect([await shared(id), await listed(id), await shared(later)]).toEqual([OTHERS, OTHERS, ALL])
    expect(await own(id)).toMatchObject({ optedOut: true, joinedAt: null })
    expect((await firm.post('/api/tags/own/opt-out-of-all', { out: true })).status).toBe(200)
    expect([await shared(later), await listed(later)]).toEqual([OTHERS, OTHERS])
  })
  await vi.waitFor(async () => expect(await row(later)).toMatchObject({ members: 2, leftOut: 1 }), { timeout: 60_000 })
  await firm.post('/api/tags/own/opt-out-of-all', { out: false })
  await settled(later, ALL)
  expect(await shared(id)).toEqual(OTHERS)
  await optOut(firm, id, false)
  await settled(id, ALL)
}, 240_000)

test('nobody opts out for another, nor out of supervision', async () => {
  const id = await pushed('助企', 'service')
  const supervision = await pushed('抽查', 'supervision')
  for (const who of [stranger, steward, market]) {
    expect((await optOut(who, id)).status).toBe(404)
    expect((await who.post('/api/tags/own/opt-out-of-all', { out: true })).status).toBe(404)
  }
  expect((await optOut(firm, supervision)).status).toBe(404)
  expect((await firm.post('/api/tags/own/opt-out-of-all', { out: true })).status).toBe(200)
  expect([await shared(id), await shared(supervision)]).toEqual([OTHERS, ALL])
  await firm.post('/api/tags/own/opt-out-of-all', { out: false })
  await settled(id, ALL)
}, 240_000)

test('while a tag is out of date its segments have nobody and say so; who opts out meanwhile stays out', async () => {
  const id = await pushed('纾困', 'service')
  const supervision = await pushed('双随机', 'supervision')
  await age(400)
  const said = (await row(id)).outdated.map(({ zh }: { zh: string }) => zh)
  expect(said).toEqual([
    expect.stringMatching(/^标签“公司”自 \d{4}-\d\d-\d\d 起已过有效期$/),
    expect.stringContaining('已过有效期'),
  ])
  expect((await stranger.get('/api/tag-segments')).status).toBe(403)
  expect((await optOut(firm, id)).status).toBe(200)
  expect(await shared(id)).not.toContain(OWN)
  // No run comes to its end.
  await whileHeld(`select pg_advisory_xact_lock(hashtext('tags.run'), hashtext($1))`, [FIRM], async () => {
    await running.app.work(system('test'), async (work) => work.enqueue('tags.nightly', {}))
    await Promise.all([settled(id, []), settled(supervision, [])])
    expect(await listed(supervision)).toEqual([])
    const told = async (who: Client) =>
      (await who.get('/api/notices')).body.rows.filter((each: object) =>
        JSON.stringify(each).includes('“双随机”暂无名单'),
      )
    for (const who of [steward, market]) expect(await told(who)).toHaveLength(1)
    expect(await told(firm)).toEqual([])
    const again = await steward.post(`/api/tag-segments/${id}/push`)
    expect(again).toMatchObject({ status: 422, body: { code: 'outdated-tags' } })
  })
  await running.app.use(tags).run(FIRM)
  await Promise.all([settled(id, OTHERS), settled(supervision, ALL)])
  expect((await row(id)).outdated).toEqual([])
}, 240_000)
