import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type TestApp, testApp } from '#platform/testing'
import { act, application, granted, PERSONS, parties, sharePersons } from './testing/shared-people.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof parties>>
beforeAll(async () => {
  app = await testApp()
  await sharePersons(app, 12)
  people = await parties(app)
})
afterAll(() => app.stop())

const REQUESTS = '/api/exchange/requests'

test('an application waits for its owner, ten working days, and is granted narrower', async () => {
  const { applicant, owner } = people
  const { body } = await applicant.post(REQUESTS, application())
  expect(body).toMatchObject({ place: 'considering', grant: null })
  const matter = await owner.get(`/api/loops/${body.request}`)
  expect(matter.body.clocks[0]).toMatchObject({ over: 'place', light: 'green' })
  const shown = Object.fromEntries(
    matter.body.fields.map((field: { name: string; value: unknown }) => [field.name, field.value]),
  )
  expect(shown).toMatchObject({
    asked: { zh: expect.stringContaining('姓名（不脱敏）') },
    owner: { en: expect.stringContaining('Security') },
  })
  const wide = await act(owner, body.request, 'grant', { withoutFields: '内部备注' })
  expect(wide.status).toBe(409)
  expect(
    (await act(owner, body.request, 'grant', { withoutFields: '户籍地区划', withoutWays: 'compare only', quota: 5 }))
      .status,
  ).toBe(200)
  const grants = (await applicant.get(`/api/exchange/grants?dataset=${PERSONS}`)).body.rows
  expect(grants[0]).toMatchObject({
    fields: ['idNumber', 'name'],
    whole: ['name'],
    ways: ['query'],
    quota: 5,
    state: 'active',
  })
})

test('nobody else decides, and nobody decides his own application', async () => {
  const { applicant, county } = people
  const { body } = await applicant.post(REQUESTS, application())
  for (const who of [applicant, county]) expect((await act(who, body.request, 'grant', {})).status).not.toBe(200)
  const plain = await client(app, { rights: {} })
  expect((await plain.post(REQUESTS, application())).status).toBe(403)
})

test('the owner may have fields masked that were wanted whole', async () => {
  const { grant } = await granted(people, {}, { maskedFields: 'Name' })
  const { body } = await people.applicant.post(`/api/exchange/grants/${grant}/query`, { limit: 1 })
  expect(body.rows[0].name).toBe('张**')
})

test('what is shared without conditions is granted at once', async () => {
  const { body } = await people.applicant.post(REQUESTS, application({ fields: ['street'], whole: [] }))
  expect(body).toMatchObject({ place: 'granted', grant: expect.any(String) })
  const asked = await people.applicant.post(`/api/exchange/grants/${body.grant}/query`, { limit: 2 })
  expect(asked.body.rows).toEqual([{ street: 'S0' }, { street: 'S1' }])
})

test.each([
  [{ fields: ['remark'] }, '/fields/0'],
  [{ fields: ['nothing'] }, '/fields/0'],
  [{ rows: { nothing: { is: 'x' } } }, '/rows/nothing'],
  [{ rows: { idNumber: { prefix: '3709' } } }, '/rows/idNumber'],
  [{ until: '2001-01-01' }, '/until'],
  [{ dataset: 'city.none' }, '/dataset'],
])('a wrong application %j is told where', async (more, path) => {
  const answer = await people.applicant.post(REQUESTS, application(more))
  expect(answer.status).toBe(422)
  expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path)
})

test('a condition is never a text of SQL', async () => {
  const answer = await people.applicant.post(REQUESTS, application({ rows: 'true; drop table x' }))
  expect(answer.status).toBe(422)
  const tricky = { division: { is: "x' or 'a'='a" } }
  const { grant } = await granted(people, { rows: tricky })
  expect((await people.applicant.post(`/api/exchange/grants/${grant}/query`, {})).body.rows).toEqual([])
})

test('a refusal is disputed, and the data bureau decides it', async () => {
  const { applicant, owner, bureau } = people
  const { body } = await applicant.post(REQUESTS, application())
  expect((await act(owner, body.request, 'refuse', { reason: '用途不明确' })).status).toBe(200)
  expect((await act(owner, body.request, 'dispute', { ground: '用途已说明' })).status).not.toBe(200)
  expect((await act(applicant, body.request, 'dispute', { ground: '用途已说明' })).status).toBe(200)
  expect((await act(owner, body.request, 'overrule', {})).status).not.toBe(200)
  expect((await act(bureau, body.request, 'overrule', {})).status).toBe(200)
  const { body: matter } = await applicant.get(`/api/loops/${body.request}`)
  expect(matter.matter.place).toBe('granted')
  expect(matter.fields.some(({ name }: { name: string }) => name === 'grant')).toBe(true)
})

test('a grant is renewed, and withdrawn with a reason', async () => {
  const { applicant, owner } = people
  const { grant, request } = await granted(people)
  const wished = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10)
  expect((await act(applicant, request, 'renew', { wished: '2001-01-01', reason: '项目延期' })).status).toBe(409)
  expect((await act(applicant, request, 'renew', { wished, reason: '项目延期' })).status).toBe(200)
  expect((await act(owner, request, 'grant-renewal')).status).toBe(200)
  expect((await applicant.get(`/api/exchange/grants/${grant}`)).body.until).toBe(wished)
  expect((await act(owner, request, 'withdraw', { reason: '依据失效' })).status).toBe(200)
  const asked = await applicant.post(`/api/exchange/grants/${grant}/query`, {})
  expect([asked.status, asked.body.code]).toEqual([403, 'grant-withdrawn'])
})

test('a county gets the rows of its own division, whatever it writes', async () => {
  const { county, owner } = people
  const more = { returnFlow: true, rows: { division: { prefix: '3709' } }, fields: ['division'], whole: [] }
  const applied = await county.post(REQUESTS, application(more))
  expect(applied.status).toBe(200)
  await act(owner, applied.body.request, 'grant', {})
  const [own] = (await county.get('/api/exchange/grants?returnFlow=true')).body.rows
  expect(own.rows).toEqual({ division: { prefix: '370902' } })
  const { rows } = (await county.post(`/api/exchange/grants/${own.id}/query`, {})).body
  expect(rows.length).toBe(8)
  expect(rows.every(({ division }: { division: string }) => division.startsWith('370902'))).toBe(true)
  const city = await people.applicant.post(REQUESTS, application({ returnFlow: true }))
  expect(city.body.issues[0].path).toBe('/returnFlow')
})
