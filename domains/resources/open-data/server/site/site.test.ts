import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { startPage } from '../../../../../apps/server/start-page.ts'
import { act, defineSurvey, type People, people, release, residents, surveyMeta, until, writeRows } from '../testing.ts'

const run = promisify(execFile)
const hasReader = await run('python3', ['-c', 'import csvw']).then(
  () => true,
  () => false,
)

let app: TestApp
let who: People
beforeAll(async () => {
  app = await testApp({
    decorate: async (http, running, heads) => {
      const file = join(running.config.dataDir, 'index.html')
      await writeFile(file, '<html><head><title>x</title></head><body><div id="root"></div></body></html>')
      const start = await startPage(file, running, heads)
      http.get('/open-data/*', { schema: { hide: true } }, (request, reply) => start(request, reply))
    },
  })
  who = await people(app)
  const survey = await defineSurvey(app)
  await writeRows(app, survey, [
    ...residents(360),
    ...[0, 1, 2, 3, 4, 5].map((at) => ({ id: `=f${at}`, town: '=cmd()', age: '60+', mode: at % 2 ? '公交' : '步行' })),
  ])
  await release(who, 'trips', survey, surveyMeta())
  await release(who, 'trips-agreed', survey, surveyMeta({ access: 'conditional', promise: 'HOURLY' }))
})
afterAll(() => app.stop())

const get = (path: string) => who.visitor.get(path)

test('everybody finds datasets by words and facets', async () => {
  const { body } = await get('/api/open-data/datasets?q=出行&theme=TRAN&format=csv&access=open')
  expect(body.rows.map(({ id }: { id: string }) => id)).toEqual(['trips'])
  expect(body.rows[0]).toMatchObject({ freshness: 'kept', rows: 366, owner: { id: 'city.ecology' } })
  expect((await get('/api/open-data/datasets')).body.facets).toMatchObject({ access: { open: 1, conditional: 1 } })
  expect((await get('/api/open-data/datasets?q=没有这种数据')).body.total).toBe(0)
  expect((await get('/api/open-data/site')).body).toMatchObject({ datasets: 2, themes: { TRAN: 2, SOCI: 2 } })
})

test('rows are filtered, searched, ordered and paged; what is wrong is said', async () => {
  const filter = `filter=${encodeURIComponent('mode:公交')}&filter=${encodeURIComponent('mode:步行')}`
  const { body } = await get(`/api/open-data/datasets/trips/rows?${filter}&sort=-minutes&limit=2`)
  expect(body).toMatchObject({ version: 1, total: 246, rows: [{ minutes: 59 }, { minutes: 59 }] })
  const next = await get('/api/open-data/datasets/trips/rows?limit=2&offset=2')
  expect(next.body.rows).toHaveLength(2)
  expect(await get('/api/open-data/datasets/trips/rows?filter=secret:1')).toMatchObject({
    status: 422,
    body: { code: 'no-field' },
  })
  expect(await get('/api/open-data/datasets/trips/rows?filter=minutes:soon')).toMatchObject({ status: 422 })
  expect(await get('/api/open-data/datasets/trips/rows?limit=100000')).toMatchObject({ status: 422 })
})

test('files stay at their addresses, latest leads to them, and who has them already is told so', async () => {
  const latest = await fetch(`${app.address}/open-data/files/trips/latest/csv`, { redirect: 'manual' })
  expect([latest.status, latest.headers.get('location')]).toEqual([302, '/open-data/files/trips/1/trips-v1.csv'])
  const file = await fetch(`${app.address}/open-data/files/trips/1/trips-v1.csv`)
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000')
  const again = await fetch(file.url, { headers: { 'if-none-match': file.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
  // Without a byte order mark, over which readers of CSV on the Web stumble; for Excel there is XLSX.
  const csv = Buffer.from(await file.arrayBuffer()).toString()
  expect(csv.startsWith('town,age,mode,minutes\r\n')).toBe(true)
  // No spreadsheet takes a cell of ours for a formula.
  expect(csv).toContain("'=cmd(),60+")
  const json = (await (await fetch(`${app.address}/open-data/files/trips/1/trips-v1.json`)).json()) as object[]
  expect(json).toHaveLength(366)
  // Rows about persons come in the order of their values.
  expect(json[0]).toEqual({ town: '=cmd()', age: '60+', mode: '公交' })
  expect(json[6]).toEqual({ town: '岱庙街道', age: '18-39', mode: '公交', minutes: 10 })
  const magic = async (format: string) =>
    Buffer.from(
      await (await fetch(`${app.address}/open-data/files/trips/1/trips-v1.${format}`)).arrayBuffer(),
    ).subarray(0, 4)
  expect(String(await magic('parquet'))).toBe('PAR1')
  expect(String((await magic('xlsx')).subarray(0, 2))).toBe('PK')
  expect((await fetch(`${app.address}/open-data/files/trips/2/trips-v2.csv`)).status).toBe(404)
})

test('CSV on the Web metadata fit their file, column by column and cell by cell', async () => {
  const answer = await fetch(`${app.address}/open-data/files/trips/1/trips-v1.csv-metadata.json`)
  expect(answer.headers.get('content-type')).toContain('application/csvm+json')
  const metadata = (await answer.json()) as {
    '@context': unknown[]
    url: string
    tableSchema: { columns: { name: string; titles: Record<string, string>; datatype: string; required: boolean }[] }
  }
  expect(metadata['@context'][0]).toBe('http://www.w3.org/ns/csvw')
  const rows = parse(await (await fetch(metadata.url)).text(), { bom: true }) as string[][]
  const { columns } = metadata.tableSchema
  expect(rows[0]).toEqual(columns.map(({ titles }) => titles.und))
  const fits: Record<string, RegExp> = { string: /^/, integer: /^(-?\d+)?$/ }
  for (const row of rows.slice(1))
    for (const [at, cell] of row.entries()) expect(cell).toMatch(fits[columns[at]?.datatype ?? ''] ?? /$never/)
})

describe.skipIf(!hasReader)('a reader of CSV on the Web', () => {
  test('finds the file valid by its metadata', async () => {
    const script = resolve(import.meta.dirname, '../../../../../conformance/csvw/check.py')
    const { stdout } = await run('python3', [
      script,
      `${app.address}/open-data/files/trips/1/trips-v1.csv-metadata.json`,
    ])
    expect(JSON.parse(stdout)).toEqual({
      ...{ valid: true, rows: 366, warnings: [] },
      first: { town: "'=cmd()", age: '60+', mode: '公交', minutes: null },
    })
  })
})

test('crawlers and machines read the page without scripts', async () => {
  const page = await fetch(`${app.address}/open-data/datasets/trips`, {
    headers: { accept: 'text/html', 'accept-language': 'en' },
  })
  const html = await page.text()
  expect(html).toContain('<title>Survey of trips · Open data of')
  const jsonLd = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}')
  expect(jsonLd).toMatchObject({
    ...{ '@context': 'https://schema.org', '@type': 'Dataset', name: 'Survey of trips', isAccessibleForFree: true },
    license: 'https://creativecommons.org/licenses/by/4.0/',
    temporalCoverage: '2026-01-01/2026-06-30',
  })
  expect(jsonLd.distribution[0]).toMatchObject({ '@type': 'DataDownload', encodingFormat: 'text/csv' })
  const turtle = await fetch(`${app.address}/open-data/datasets/trips`, {
    headers: { accept: 'text/turtle' },
    redirect: 'manual',
  })
  expect([turtle.status, turtle.headers.get('location')]).toEqual([303, '/open-data/dcat/trips.ttl'])
  expect((await fetch(`${app.address}/open-data/datasets/none`)).status).toBe(404)
})

test('what readers send is shown once somebody has looked at it, and answered in public', async () => {
  const sent = await who.visitor.post('/api/open-data/voices', {
    kind: 'correction',
    entry: 'trips',
    title: '有误',
    text: '第一行不对',
  })
  expect(sent.status).toBe(200)
  expect((await get('/api/open-data/voices')).body.rows).toEqual([])
  const { body: inbox } = await who.approver.get('/api/loops/inbox')
  const loop = inbox.rows.find(({ definition }: { definition: string }) => definition === 'open-data.voice').id
  expect((await act(who.approver, loop, 'show')).status).toBe(200)
  expect((await get('/api/open-data/voices?entry=trips')).body.rows[0]).toMatchObject({ state: 'shown', title: '有误' })
  expect((await act(who.owner, loop, 'answer', { answer: '已更正，谢谢' })).status).toBe(200)
  expect((await get('/api/open-data/voices?kind=correction')).body.rows[0]).toMatchObject({
    state: 'answered',
    answer: '已更正，谢谢',
  })
  const app2 = await who.visitor.post('/api/open-data/voices', {
    kind: 'app',
    title: '出行地图',
    text: '…',
    url: 'javascript:alert(1)',
    entry: 'trips',
  })
  expect(app2.status).toBe(422)
})

test('conditional data are for those to whom they were granted, until their day', async () => {
  const file = '/api/open-data/granted/trips-agreed/latest/trips-agreed-v1.csv'
  expect((await get('/api/open-data/datasets/trips-agreed/rows')).status).toBe(403)
  expect((await get('/open-data/files/trips-agreed/1/trips-agreed-v1.csv')).status).toBe(403)
  const application = {
    use: '交通研究',
    safety: '专机专用',
    until: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
  }
  expect((await who.visitor.post('/api/open-data/datasets/trips-agreed/applications', application)).status).toBe(401)
  const applicant: SignedInClient = await client(app)
  expect((await applicant.get(file)).status).toBe(403)
  const far = await applicant.post('/api/open-data/datasets/trips-agreed/applications', {
    ...application,
    until: '2099-01-01',
  })
  expect(far).toMatchObject({ status: 422, body: { code: 'wrong-until' } })
  const { body } = await applicant.post('/api/open-data/datasets/trips-agreed/applications', application)
  const clocks = (await who.approver.get(`/api/loops/${body.loop}`)).body.clocks
  expect(clocks[0].basis.en).toContain('five working days')
  expect((await act(who.approver, body.loop, 'accept')).status).toBe(200)
  expect((await act(applicant, body.loop, 'grant')).status).not.toBe(200)
  expect((await act(who.owner, body.loop, 'grant')).status).toBe(200)
  const granted = await applicant.get(file)
  expect(granted.status).toBe(200)
  expect(granted.body).toContain('岱庙街道')
  expect((await applicant.get('/api/open-data/my-grants')).body.rows).toHaveLength(1)
  const other: SignedInClient = await client(app)
  expect((await other.get(file)).status).toBe(403)
})

test('the owner sees the score of 405 points and what is missing', async () => {
  const { body } = await who.owner.get('/api/open-data/manage/entries/trips')
  expect(body.score).toEqual({ ...body.score, points: 405, most: 405, grade: 'excellent', missing: [] })
  const agreed = await who.owner.get('/api/open-data/manage/entries/trips-agreed')
  expect(agreed.body.score.missing.map(({ id }: { id: string }) => id)).toEqual(['downloadUrl', 'downloadStatus'])
  expect((await get('/api/open-data/manage/entries/trips')).status).toBe(401)
})

test('what went out on application stays so when the dataset is opened to everybody later', async () => {
  await release(who, 'trips-agreed', 'city.survey', surveyMeta({ promise: 'HOURLY' }))
  const { status } = await until(
    () => get('/open-data/files/trips-agreed/2/trips-agreed-v2.csv'),
    (answer) => answer.status === 200,
    'the open version',
  )
  expect(status).toBe(200)
  expect(await get('/open-data/files/trips-agreed/1/trips-agreed-v1.csv')).toMatchObject({ status: 403 })
})

test('one address cannot take the place of all: beyond its share it is told when to come again', async () => {
  const statuses: number[] = []
  for (let at = 0; at < 8; at++)
    statuses.push(
      (await who.visitor.post('/api/open-data/voices', { kind: 'request', title: '公交', text: '线路' })).status,
    )
  expect(statuses).toContain(429)
  const { headers, status } = await until(
    () => who.visitor.post('/api/open-data/voices', { kind: 'request', title: '公交', text: '线路' }),
    (answer) => answer.status === 429,
    'the limit',
  )
  expect(status).toBe(429)
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})
