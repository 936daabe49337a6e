import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type TestApp, testApp } from '#platform/testing'
import {
  act,
  defineSurvey,
  exempt,
  managed,
  type People,
  people,
  release,
  residents,
  surveyMeta,
  until,
  writeRows,
} from '../testing.ts'
import { refreshEntry } from './refresh.ts'

let app: TestApp
let who: People
let survey: string
beforeAll(async () => {
  app = await testApp()
  who = await people(app)
  survey = await defineSurvey(app)
  await writeRows(app, survey, residents(360))
})
afterAll(() => app.stop())

const propose = (id: string, meta: object) =>
  who.owner.post('/api/open-data/manage/releases', { id, source: survey, meta })
const never = new AbortController().signal

test('personal and sealed fields, and rows about persons of which nothing is left to test, are refused at once', async () => {
  const personal = await propose(
    'bad-one',
    surveyMeta({ fields: ['town', 'name', 'idNumber'], exempt: {}, sensitive: [] }),
  )
  expect(personal.status).toBe(422)
  expect(personal.body.issues.map((each: { path: string }) => each.path)).toEqual(['/meta/fields/1', '/meta/fields/2'])
  const claimed = await propose('bad-two', surveyMeta({ persons: false, exempt: {}, sensitive: [] }))
  expect(claimed.body.issues).toEqual([{ path: '/meta/persons', message: '来源含个人信息，须按涉及个人检验' }])
  const all = exempt('town', 'age', 'mode', 'minutes')
  expect((await propose('bad-four', surveyMeta({ exempt: all }))).body.issues).toMatchObject([{ path: '/meta/exempt' }])
  const unsaid = await propose('bad-five', surveyMeta({ exempt: exempt('minutes') }))
  expect(unsaid.body.issues).toMatchObject([{ path: '/meta/exempt/mode' }])
  const mute = { mode: { ground: 'measured', reason: '' } }
  expect((await propose('bad-six', surveyMeta({ exempt: mute as never }))).status).toBe(422)
  const closed = await who.owner.post('/api/open-data/manage/releases', {
    id: 'bad-three',
    source: 'air.finding',
    meta: surveyMeta(),
  })
  expect(closed.body.issues.map((each: { path: string }) => each.path)).toContain('/source')
})

test('who does not answer for the data may not propose, and who may not approve cannot', async () => {
  const other = await client(app, { organisation: 'city.finance', rights: { 'open-data.propose': 'subtree' } })
  const answer = await other.post('/api/open-data/manage/releases', {
    id: 'not-mine',
    source: survey,
    meta: surveyMeta(),
  })
  expect(answer).toMatchObject({ status: 403, body: { code: 'not-the-owner' } })
})

test('a release is proposed, tested, approved by another person, and goes out as it was reviewed', async () => {
  const loop = (await propose('trips', surveyMeta())).body.loop
  const { body } = await until(
    () => managed(who.approver, 'trips'),
    (each) => each.body.release?.place === 'reviewing',
    'the review',
  )
  const [candidate] = body.versions
  expect(candidate).toMatchObject({
    ...{ number: 1, state: 'candidate', rows: 360, diff: { added: 360, removed: 0 } },
    test: { passed: true, pack: 'open-data-disclosure-2026', facts: { k: 60, l: 3, uniquePercent: 0 } },
  })
  expect((await who.visitor.get('/api/open-data/datasets/trips')).status).toBe(404)
  expect((await act(who.owner, loop, 'approve')).status).toBe(403)
  expect((await act(who.approver, loop, 'approve', { opinion: '同意' })).status).toBe(200)
  const shown = await until(
    () => who.visitor.get('/api/open-data/datasets/trips'),
    ({ status }) => status === 200,
    'the shelf',
  )
  expect(shown.body.current).toMatchObject({ number: 1, digest: candidate.digest })
  expect(shown.body.current.files.map(({ format }: { format: string }) => format)).toEqual([
    'csv',
    'json',
    'jsonl',
    'xlsx',
    'parquet',
  ])
  expect(shown.body.current.columns.map(({ name }: { name: string }) => name)).toEqual([
    'town',
    'age',
    'mode',
    'minutes',
  ])
})

test('what would give people away stays in: the test fails closed and nobody can approve it', async () => {
  const { body: proposed } = await propose(
    'trips-fine',
    surveyMeta({ fields: ['id', 'town', 'age', 'mode'], exempt: exempt('age', 'mode'), sensitive: [] }),
  )
  const { body } = await until(
    () => managed(who.approver, 'trips-fine'),
    (each) => each.body.release?.place === 'correcting',
    'the refusal',
  )
  expect(body.versions[0].test).toMatchObject({
    passed: false,
    facts: { k: 1, uniquePercent: 100, smallCellRows: 360 },
  })
  expect(body.versions[0].test.failures).toEqual(['k-anonymity', 'small-cells', 'uniqueness'])
  expect(body.versions[0].test.groups[0]).toEqual({ size: '1', rows: 360 })
  expect(body.versions[0].files).toEqual([])
  expect((await act(who.approver, proposed.loop, 'approve')).status).toBe(409)
  const corrected = await propose(
    'trips-fine',
    surveyMeta({ fields: ['town', 'minutes'], exempt: exempt('minutes'), sensitive: [] }),
  )
  expect(corrected.body.loop).toBe(proposed.loop)
  await until(
    () => managed(who.approver, 'trips-fine'),
    (each) => each.body.release?.place === 'reviewing',
    'the corrected one',
  )
  expect((await act(who.approver, proposed.loop, 'refuse', { opinion: '暂不开放' })).status).toBe(200)
})

test('an owner who lists nothing has every field counted, and the approver sees each reason given', async () => {
  await propose('trips-unsaid', surveyMeta({ exempt: {}, sensitive: [] }))
  const { body } = await until(
    () => managed(who.approver, 'trips-unsaid'),
    (each) => each.body.release?.place === 'correcting',
    'the refusal',
  )
  expect(body.versions[0]).toMatchObject({ exempt: {}, test: { passed: false, facts: { quasi: 4, k: 1 } }, files: [] })
  expect(body.versions[0].test.failures).toContain('k-anonymity')
  const { body: trips } = await managed(who.approver, 'trips')
  expect(trips.versions[0].exempt).toEqual(exempt('mode', 'minutes'))
})

test('linkage with what is open is found: a row alone here and alone there meets its name', async () => {
  const diary = await defineSurvey(app, 'diary')
  const rows = Array.from({ length: 12 }, (_, at) => ({
    id: `d${at}`,
    town: `村${at}`,
    age: '60+',
    mode: at % 2 ? '步行' : '公交',
    minutes: 5,
  }))
  await writeRows(app, diary, rows)
  const names = await defineSurvey(app, 'villages')
  await writeRows(app, names, rows)
  // An open table about places may have a row for each village; it says itself that it is about persons, so on application only.
  const meta = surveyMeta({ fields: ['town', 'age'], exempt: exempt('town'), sensitive: [] })
  await release(who, 'villages', names, meta)
  await who.owner.post('/api/open-data/manage/releases', {
    id: 'diary',
    source: diary,
    meta: surveyMeta({ fields: ['town', 'mode'], exempt: exempt('mode'), sensitive: [] }),
  })
  const { body } = await until(
    () => managed(who.approver, 'diary'),
    (each) => each.body.release?.place === 'correcting',
    'the linkage',
  )
  expect(body.versions[0].test.failures).toContain('linkage')
  expect(body.versions[0].test.linked).toContainEqual({ entry: 'villages', fields: ['town'], rows: 12 })
})

test('a refresh makes the next version with its difference, keeps the one before, and does nothing where nothing is new', async () => {
  await refreshEntry(app.app, 'trips', never)
  expect((await managed(who.approver, 'trips')).body.version).toBe(1)
  const all = residents(360)
  await writeRows(app, survey, [{ ...all[0], minutes: 99 }, ...residents(372).slice(360)])
  await refreshEntry(app.app, 'trips', never)
  const { body } = await managed(who.approver, 'trips')
  expect(body.version).toBe(2)
  // The key is not released, so a changed row is one gone and one new.
  expect(body.versions[0].diff).toEqual({
    before: 1,
    added: 13,
    removed: 1,
    changed: null,
    newFields: [],
    goneFields: [],
  })
  const old = await fetch(`${app.address}/open-data/files/trips/1/trips-v1.jsonl`)
  expect((await old.text()).trim().split('\n')).toHaveLength(360)
})

test('new rows that fail the test stay in, the version before stays out, and the owner gets a matter', async () => {
  await writeRows(app, survey, [{ id: 'alone', town: '孤村', age: '60+', mode: '驾车', minutes: 5 }])
  await refreshEntry(app.app, 'trips', never)
  const { body } = await managed(who.approver, 'trips')
  expect(body).toMatchObject({ version: 2, state: 'published', release: { place: 'correcting' } })
  expect(body.versions[0]).toMatchObject({ number: 3, state: 'candidate', test: { passed: false } })
})

test('a published version cannot be changed or deleted, also not by the program', async () => {
  const change = sql`update open_data.version set digest = 'x' where entry = 'trips' and number = 1`.execute(app.app.db)
  await expect(change).rejects.toThrow('never changed')
  await expect(sql`delete from open_data.version where entry = 'trips'`.execute(app.app.db)).rejects.toThrow(
    'never deleted',
  )
})

test('withdrawal takes data off at once and says so where they were', async () => {
  expect((await who.owner.post('/api/open-data/manage/entries/trips/withdrawal', { reason: '有误' })).status).toBe(403)
  expect(
    (await who.approver.post('/api/open-data/manage/entries/trips/withdrawal', { reason: '来源有误' })).status,
  ).toBe(200)
  const gone = await until(
    () => who.visitor.get('/api/open-data/datasets/trips'),
    ({ status }) => status === 404,
    'the withdrawal',
  )
  expect(gone.body).toMatchObject({ code: 'withdrawn', title: '该数据集已撤回：来源有误' })
  expect((await who.visitor.get('/open-data/files/trips/1/trips-v1.csv')).status).toBe(404)
  const { rows } = await sql`select 1 from open_data.row where entry = 'trips' and version = 2`.execute(app.app.db)
  expect(rows).toEqual([])
})
