import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registry } from '#platform/registry'
import { type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { versionDataset } from '../../declarations/datasets.ts'
import { getVersion } from '../store.ts'
import { defineSurvey, managed, type People, people, release, residents, surveyMeta, writeRows } from '../testing.ts'
import { clearFiles } from './clear-files.ts'
import { refreshEntry } from './refresh.ts'

let app: TestApp
let who: People
let survey: string
beforeAll(async () => {
  app = await testApp()
  who = await people(app)
  survey = await defineSurvey(app)
  await writeRows(app, survey, residents(360))
  await release(who, 'trips', survey, surveyMeta())
})
afterAll(() => app.stop())

const never = new AbortController().signal
const TEST = system('open-data.test')
const file = (number: number, format: string) =>
  fetch(`${app.address}/open-data/files/trips/${number}/trips-v${number}.${format}`, {
    headers: { 'accept-language': 'en' },
  })
/** `day` of the month three months ago, or so many days ago if negative, at an hour in the city. */
function instant(day: number, hour: number): string {
  const now = new Date()
  const then =
    day < 0
      ? new Date(now.getTime() + day * 86_400_000)
      : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3, day))
  return `${then.toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00+08:00`
}

test('files of refreshes are cleared but the last of each day for a month and of each month; what was approved stays', async () => {
  for (let at = 1; at <= 6; at++) {
    await writeRows(app, survey, residents(360 + at * 18).slice(360 + (at - 1) * 18))
    await refreshEntry(app.app, 'trips', never)
  }
  expect((await managed(who.approver, 'trips')).body.version).toBe(7)
  const times = { 1: instant(1, 8), 2: instant(10, 8), 3: instant(10, 9), 4: instant(20, 9) }
  for (const [number, at] of Object.entries({ ...times, 5: instant(-10, 8), 6: instant(-10, 9) }))
    await sql`update open_data.version set published_at = ${at}::timestamptz
      where entry = 'trips' and number = ${Number(number)}`.execute(app.app.db)
  await clearFiles(app.app, never)
  await clearFiles(app.app, never)
  const { body } = await who.visitor.get('/api/open-data/datasets/trips/versions')
  const state = body.rows.map(({ number, clearedAt }: { number: number; clearedAt?: string }) => [number, !!clearedAt])
  expect(state).toEqual([
    ...[
      [7, false],
      [6, false],
    ],
    ...[
      [5, true],
      [4, false],
    ],
    ...[
      [3, true],
      [2, true],
      [1, false],
    ],
  ])
  expect((await Promise.all([1, 4, 6, 7].map((number) => file(number, 'csv')))).map(({ status }) => status)).toEqual([
    200, 200, 200, 200,
  ])
  const gone = await file(2, 'csv')
  expect(gone.status).toBe(410)
  const problem = (await gone.json()) as { code: string; title: string }
  expect(problem.code).toBe('files-cleared')
  expect(problem.title).toContain('The nearest version that is kept is 1: /open-data/files/trips/1/trips-v1.csv')
  expect((await file(2, 'csv-metadata.json')).status).toBe(200)
  const { rows } = await sql<{ id: string }>`select distinct attached_id as id from documents.file
    where attached_kind = 'open-data.version' order by 1`.execute(app.app.db)
  expect(rows.map(({ id }) => id)).toEqual(['trips/1', 'trips/4', 'trips/6', 'trips/7'])
  const { rows: audits } = await sql<{ n: number }>`select count(*)::int as n from audit.entry
    where event = 'open-data.files.cleared'`.execute(app.app.db)
  expect(audits[0]?.n).toBe(1)
})

test('the files of what a person approved cannot be cleared, and cleared ones do not come back', async () => {
  const clear = sql`update open_data.version set cleared_at = now() where entry = 'trips' and number = 1`
  await expect(clear.execute(app.app.db)).rejects.toThrow('check constraint')
  const back = sql`update open_data.version set cleared_at = null where entry = 'trips' and number = 2`
  await expect(back.execute(app.app.db)).rejects.toThrow('never changed')
})

test('every version that went out is listed, however many were refused since', async () => {
  await app.app.work(TEST, async (work) => {
    const first = await getVersion(app.app, work, 'trips', 1)
    const copies = Array.from({ length: 270 }, (_, at) => ({
      ...first,
      ...{ number: 100 + at, state: at < 60 ? ('published' as const) : ('refused' as const) },
    }))
    await app.app.use(registry).write(work, versionDataset, copies as never)
  })
  const numbers: number[] = []
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await who.visitor.get(`/api/open-data/datasets/trips/versions${next ? `?after=${next}` : ''}`)
    numbers.push(...body.rows.map(({ number }: { number: number }) => number))
    expect(body.rows.length).toBeLessThanOrEqual(50)
    next = body.next
  }
  expect(numbers).toEqual([...Array.from({ length: 60 }, (_, at) => 159 - at), 7, 6, 5, 4, 3, 2, 1])
  expect((await who.visitor.get('/api/open-data/datasets/none/versions')).status).toBe(404)
})
