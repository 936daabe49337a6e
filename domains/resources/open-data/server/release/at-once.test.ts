import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { documents } from '#platform/documents'
import { registry } from '#platform/registry'
import { type TestApp, testApp } from '#platform/testing'
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
import { makeProposed } from './make-version.ts'
import { refreshEntry } from './refresh.ts'

let app: TestApp
let who: People
beforeAll(async () => {
  app = await testApp()
  who = await people(app)
})
afterAll(() => app.stop())
afterEach(() => vi.restoreAllMocks())

const never = new AbortController().signal
const shortMeta = surveyMeta({ fields: ['town', 'age'], exempt: {}, sensitive: [] })
const newcomer = (at: number) => ({ ...residents(at + 1)[at], id: `new${at}` })

async function published(id: string) {
  const survey = await defineSurvey(app, `survey_${id.replaceAll('-', '_')}`)
  await writeRows(app, survey, residents(360))
  await release(who, id, survey, surveyMeta())
  return survey
}

async function underReview(id: string, source: string, meta = shortMeta) {
  const { body } = await who.owner.post('/api/open-data/manage/releases', { id, source, meta })
  await until(
    () => managed(who.approver, id),
    (each) => each.body.release?.place === 'reviewing',
    'the review',
  )
  return body.loop as string
}

const withdraw = (id: string) =>
  who.approver.post(`/api/open-data/manage/entries/${id}/withdrawal`, { reason: '来源有误' })
const linesOf = async (id: string, version: number) => {
  const answer = await fetch(`${app.address}/open-data/files/${id}/${version}/${id}-v${version}.jsonl`)
  return answer.ok ? (await answer.text()).trim().split('\n') : answer.status
}
const rowsLeft = async (id: string) =>
  (await sql`select distinct version from open_data.row where entry = ${id}`.execute(app.app.db)).rows

/** Does something else at the first call of a method, before the method does its own. */
function meanwhile<T extends object>(service: T, method: keyof T & string, run: () => Promise<unknown>) {
  let isDone = false
  const original = (service[method] as (...args: unknown[]) => unknown).bind(service)
  vi.spyOn(service as Record<string, (...args: unknown[]) => unknown>, method).mockImplementation(async (...args) => {
    if (!isDone) {
      isDone = true
      await run()
    }
    return original(...args)
  })
}

test('a withdrawal while new rows are made into files stands, and nothing of them is left', async () => {
  const survey = await published('gone-one')
  await writeRows(app, survey, [newcomer(360)])
  meanwhile(app.app.use(documents), 'put', () => withdraw('gone-one'))
  await refreshEntry(app.app, 'gone-one', never)
  const { body } = await managed(who.approver, 'gone-one')
  expect(body).toMatchObject({ state: 'withdrawn', reason: '来源有误', version: 1 })
  expect(body.versions).toHaveLength(1)
  expect(await rowsLeft('gone-one')).toEqual([])
})

test('a withdrawal while a source without anything new is read stands', async () => {
  await published('gone-two')
  // The rows of the source are the first that a refresh asks for in parts of thousands.
  const service = app.app.use(registry)
  const list = service.list.bind(service)
  let isDone = false
  vi.spyOn(service, 'list').mockImplementation(async (work, dataset, options) => {
    if (dataset.id === 'city.survey_gone_two' && !isDone) {
      isDone = true
      await withdraw('gone-two')
    }
    return list(work, dataset, options)
  })
  await refreshEntry(app.app, 'gone-two', never)
  expect(isDone).toBe(true)
  expect((await managed(who.approver, 'gone-two')).body).toMatchObject({ state: 'withdrawn', reason: '来源有误' })
  expect(await rowsLeft('gone-two')).toEqual([])
})

test('a review outlives refreshes: they go out beside it, it is approved as reviewed, and newer rows follow', async () => {
  const survey = await published('long-review')
  const loop = await underReview('long-review', survey)
  await writeRows(app, survey, [newcomer(360)])
  await refreshEntry(app.app, 'long-review', never)
  const { body } = await managed(who.approver, 'long-review')
  expect(body).toMatchObject({ version: 3, reviewed: { number: 2, state: 'candidate' } })
  expect((await act(who.approver, loop, 'approve')).status).toBe(200)
  const { body: after } = await until(
    () => managed(who.approver, 'long-review'),
    (each) => each.body.version === 4,
    'the newer rows',
  )
  expect(after.meta.fields).toEqual(['town', 'age'])
  expect(await linesOf('long-review', 2)).toHaveLength(360)
  expect(await linesOf('long-review', 4)).toHaveLength(361)
})

test('a refresh waits until what is proposed is whole', async () => {
  const survey = await published('both-at-once')
  await writeRows(app, survey, [newcomer(360)])
  let refresh: Promise<void> | undefined
  meanwhile(app.app.use(documents), 'put', async () => {
    refresh = refreshEntry(app.app, 'both-at-once', never)
    await new Promise((done) => setTimeout(done, 1500))
  })
  const loop = await underReview('both-at-once', survey)
  await refresh
  expect((await managed(who.approver, 'both-at-once')).body).toMatchObject({ version: 3, reviewed: { number: 2 } })
  expect((await act(who.approver, loop, 'approve')).status).toBe(200)
  await until(
    () => managed(who.approver, 'both-at-once'),
    (each) => each.body.version !== 3,
    'the approved version',
  )
  expect(await linesOf('both-at-once', 2)).toHaveLength(361)
})

test('what was withdrawn is not opened by an approval of what was made before, only by a new proposal', async () => {
  const survey = await published('came-back')
  const loop = await underReview('came-back', survey)
  await withdraw('came-back')
  expect(await act(who.approver, loop, 'approve')).toMatchObject({ status: 409, body: { code: 'withdrawn-since' } })
  expect((await managed(who.approver, 'came-back')).body).toMatchObject({ state: 'withdrawn', reason: '来源有误' })
  expect((await act(who.approver, loop, 'send-back', { opinion: '已撤回' })).status).toBe(200)
  expect(await underReview('came-back', survey)).toBe(loop)
  expect((await act(who.approver, loop, 'approve')).status).toBe(200)
  expect((await managed(who.approver, 'came-back')).body).toMatchObject({ state: 'published', version: 3 })
})

test('rows that fail beside a review leave it alone, count as checked, and make no second version', async () => {
  const survey = await published('fails-beside')
  await underReview('fails-beside', survey)
  const before = (await who.visitor.get('/api/open-data/datasets/fails-beside')).body.checkedAt
  await writeRows(app, survey, [{ id: 'alone', town: '孤村', age: '60+', mode: '驾车', minutes: 5 }])
  await refreshEntry(app.app, 'fails-beside', never)
  await refreshEntry(app.app, 'fails-beside', never)
  const { body } = await managed(who.approver, 'fails-beside')
  expect(body).toMatchObject({ version: 1, release: { place: 'reviewing' }, reviewed: { number: 2 } })
  expect(body.versions.map(({ number, state }: { number: number; state: string }) => [number, state])).toEqual([
    [3, 'refused'],
    [2, 'candidate'],
    [1, 'published'],
  ])
  const { rows } = await sql<{
    at: Date
  }>`select checked_at as at from open_data.entry where id = 'fails-beside'`.execute(app.app.db)
  expect(rows[0]?.at.getTime()).toBeGreaterThan(Date.parse(before))
  expect(await rowsLeft('fails-beside')).toHaveLength(2)
})

test('a proposal that is being made again takes the place of its candidate, and of no other entry', async () => {
  const survey = await published('again')
  const loop = await underReview('again', survey)
  await act(who.approver, loop, 'send-back', { opinion: '请去掉年龄' })
  await underReview('again', survey, surveyMeta({ fields: ['town', 'mode'], exempt: exempt('mode') }))
  const { body } = await managed(who.approver, 'again')
  expect(body.versions.map(({ state }: { state: string }) => state)).toEqual(['candidate', 'refused', 'published'])
  await makeProposed(app.app, 'again', never)
  expect((await managed(who.approver, 'again')).body.versions).toHaveLength(3)
})
