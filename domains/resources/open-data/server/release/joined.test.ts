import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import type { Meta } from '../../declarations/meta.ts'
import {
  type Answered,
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

let app: TestApp
let who: People
beforeAll(async () => {
  app = await testApp()
  who = await people(app)
})
afterAll(() => app.stop())

const whoTheyAre = surveyMeta({ fields: ['town', 'age'], exempt: {}, sensitive: [] })
const whatTheyDo = surveyMeta({ fields: ['mode', 'minutes'], exempt: {}, sensitive: [] })
/** Both with what was measured of each: by it the two halves of a person meet. */
const whoMeasured = surveyMeta({ fields: ['town', 'age', 'minutes'], exempt: exempt('minutes'), sensitive: [] })
const whatMeasured = surveyMeta({ fields: ['mode', 'minutes'], exempt: exempt('minutes'), sensitive: [] })

const linesOf = async (id: string) => {
  const answer = await fetch(`${app.address}/open-data/files/${id}/1/${id}-v1.jsonl`)
  return (await answer.text()).trim().split('\n')
}

async function tested(id: string, source: string, meta: Meta) {
  const { body } = await who.owner.post('/api/open-data/manage/releases', { id, source, meta })
  const answer = await until(
    () => managed(who.approver, id),
    (each) => ['reviewing', 'correcting'].includes(each.body.release?.place),
    `the test of ${id}`,
  )
  const { test: found } = answer.body.reviewed
  const linked = found.linked.filter(({ rows }: { rows: number }) => rows > 0)
  return { loop: body.loop as string, ...found, linked }
}

const surveyOf = async (name: string, rows: readonly Answered[]) => {
  const survey = await defineSurvey(app, name)
  await writeRows(app, survey, rows)
  return survey
}

test('two halves of persons opened apart do not meet line by line: the order says nothing of the source', async () => {
  const persons = residents(180).map((each, at) => ({ ...each, minutes: [10, 20, 30][(at * 7) % 3] ?? 0 }))
  const survey = await surveyOf('halves', persons)
  await release(who, 'who-they-are', survey, whoTheyAre)
  await release(who, 'what-they-do', survey, whatTheyDo)
  const backwards = await surveyOf('backwards', persons.toReversed())
  await release(who, 'who-backwards', backwards, whoTheyAre)
  await release(who, 'what-backwards', backwards, whatTheyDo)
  expect(await linesOf('who-they-are')).toEqual(await linesOf('who-backwards'))
  expect(await linesOf('what-they-do')).toEqual(await linesOf('what-backwards'))
  const [who1, what1] = [await linesOf('who-they-are'), await linesOf('what-they-do')]
  const truths = persons.map(({ town, age, mode, minutes }) =>
    JSON.stringify([
      { town, age },
      { mode, minutes },
    ]),
  )
  expect(who1.map((line, at) => `[${line},${what1[at]}]`)).not.toEqual(truths)
  const rows = await who.visitor.get('/api/open-data/datasets/who-they-are/rows?limit=180')
  expect(rows.body.rows).toEqual(who1.map((line) => JSON.parse(line)))
})

test('what would meet by a value that both releases of a source have stays in, also an exempt one', async () => {
  const survey = await surveyOf('measured', residents(50))
  await release(who, 'measured-who', survey, whoMeasured)
  const second = await tested('measured-what', survey, whatMeasured)
  expect(second).toMatchObject({ passed: false, failures: ['linkage'], facts: { k: 14, linkedPercent: 100 } })
  expect(second.linked).toEqual([{ entry: 'measured-who', fields: ['minutes'], rows: 50 }])
  expect((await act(who.approver, second.loop, 'approve')).status).toBe(409)
  const without = surveyMeta({ fields: ['mode'], exempt: {}, sensitive: [] })
  expect(await tested('measured-what', survey, without)).toMatchObject({ passed: true, linked: [] })
})

test('a condition tells something too: rows chosen by a field that is not among them', async () => {
  const survey = await surveyOf('chosen', residents(50))
  await release(who, 'chosen-who', survey, whoMeasured)
  const drivers = surveyMeta({ ...whoMeasured, fields: ['town', 'minutes'], where: { mode: { is: '驾车' } } })
  expect(await tested('chosen-drivers', survey, drivers)).toMatchObject({ passed: false, failures: ['linkage'] })
  const sixties = surveyMeta({ ...whoMeasured, fields: ['town', 'minutes'], where: { age: { is: '60+' } } })
  expect(await tested('chosen-sixties', survey, sixties)).toMatchObject({ passed: true })
})

test('a candidate that waits for its review counts as if it were out', async () => {
  const survey = await surveyOf('waiting', residents(50))
  expect(await tested('waiting-who', survey, whoMeasured)).toMatchObject({ passed: true })
  expect(await tested('waiting-what', survey, whatMeasured)).toMatchObject({ passed: false, failures: ['linkage'] })
})

test('earlier versions of the same dataset are out too, whatever its fields are now', async () => {
  const survey = await surveyOf('earlier', residents(50))
  await release(who, 'earlier', survey, whoMeasured)
  const third = await tested('earlier', survey, whoTheyAre)
  expect((await act(who.approver, third.loop, 'approve')).status).toBe(200)
  await until(
    () => managed(who.approver, 'earlier'),
    (each) => each.body.version === 2,
    'the second version',
  )
  expect(await tested('earlier', survey, whatMeasured)).toMatchObject({
    ...{ passed: false, failures: ['linkage'] },
    linked: [{ entry: 'earlier', fields: ['minutes'], rows: 50 }],
  })
})
