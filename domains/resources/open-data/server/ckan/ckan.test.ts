import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { refreshEntry } from '../release/refresh.ts'
import { getVersion } from '../store.ts'
import { defineSurvey, people, release, residents, surveyMeta, writeRows } from '../testing.ts'
import { dump } from './dump.ts'

const run = promisify(execFile)
const hasClient = await run('python3', ['-c', 'import ckanapi']).then(
  () => true,
  () => false,
)

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  const who = await people(app)
  const survey = await defineSurvey(app)
  await writeRows(app, survey, residents(360))
  await release(who, 'trips', survey, surveyMeta())
  await release(
    who,
    'trips-agreed',
    survey,
    surveyMeta({ access: 'conditional', keywords: ['协议'], themes: ['SOCI'] }),
  )
})
afterAll(() => app.stop())

const ask = async (action: string, query: Record<string, string> = {}, path = '/api/3/action/') => {
  const answer = await fetch(`${app.address}${path}${action}?${new URLSearchParams(query)}`)
  return { status: answer.status, body: await answer.json() }
}
const post = async (action: string, body: object) => {
  const answer = await fetch(`${app.address}/api/3/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}

test('answers and refusals have the envelope of CKAN, by GET and POST and at both addresses', async () => {
  const { body } = await ask('package_list')
  expect(body).toEqual({
    help: `${app.address}/api/3/action/help_show?name=package_list`,
    success: true,
    result: ['trips', 'trips-agreed'],
  })
  expect((await ask('package_list', {}, '/api/action/')).body.result).toHaveLength(2)
  expect((await post('package_show', { id: 'trips' })).body.result.name).toBe('trips')
  expect(await ask('package_show', { id: 'none' })).toMatchObject({
    status: 404,
    body: { success: false, error: { __type: 'Not Found Error', message: 'Not found' } },
  })
  expect(await ask('package_show')).toMatchObject({
    status: 409,
    body: { success: false, error: { __type: 'Validation Error', id: ['Missing value'] } },
  })
  expect(await ask('package_delete', { id: 'trips' })).toMatchObject({ status: 400 })
  const form = await fetch(`${app.address}/api/3/action/package_show`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'id=trips',
  })
  expect((await form.json()).result.id).toBe('trips')
})

test('a package carries what harvesters read', async () => {
  const { result } = (await ask('package_show', { id: 'trips' })).body
  expect(result).toMatchObject({
    ...{ id: 'trips', name: 'trips', license_id: 'cc-by-4.0', private: false, state: 'active', type: 'dataset' },
    organization: { name: 'city-ecology', is_organization: true },
    groups: [{ name: 'tran' }, { name: 'soci' }],
    tags: [{ name: '出行' }, { name: 'travel' }],
    num_resources: 5,
  })
  const csv = result.resources.find((each: { format: string }) => each.format === 'CSV')
  expect(csv).toMatchObject({ id: 'trips-csv', mimetype: 'text/csv', datastore_active: true })
  const bytes = await (await fetch(csv.url)).arrayBuffer()
  expect(bytes.byteLength).toBe(csv.size)
  const agreed = (await ask('package_show', { id: 'trips-agreed' })).body.result
  expect(agreed.isopen).toBe(false)
  expect(agreed.resources.every((each: { datastore_active: boolean }) => !each.datastore_active)).toBe(true)
})

test.each([
  ['*:*', '', 2],
  ['residents travel', '', 2],
  ['出行 -协议', '', 1],
  ['title:出行', 'organization:city-ecology', 2],
  ['*:*', 'tags:travel OR tags:协议', 2],
  ['*:*', '+groups:tran +res_format:CSV', 1],
  ['*:*', 'res_format:(CSV OR "XLSX") AND NOT license_id:cc0-1.0', 2],
  ['name:trips*', '-groups:tran', 1],
  ['*:*', 'metadata_modified:[2020-01-01T00:00:00Z TO *]', 2],
  ['*:*', 'metadata_modified:[* TO 2020-01-01]', 0],
  ['no such word', '', 0],
])('package_search q=%s fq=%s finds %i', async (q, fq, count) => {
  const { body } = await ask('package_search', { q, ...(fq ? { fq } : {}) })
  expect(body.result).toMatchObject({ count })
  expect(body.result.results).toHaveLength(count)
})

test('search pages, sorts and counts facets; what it cannot read it says', async () => {
  const { result } = (
    await ask('package_search', {
      rows: '1',
      start: '1',
      sort: 'name asc',
      'facet.field': '["organization","tags","groups"]',
    })
  ).body
  expect(result.results.map((each: { name: string }) => each.name)).toEqual(['trips-agreed'])
  expect(result.facets).toMatchObject({
    organization: { 'city-ecology': 2 },
    tags: { 协议: 1 },
    groups: { soci: 2, tran: 1 },
  })
  expect(result.search_facets.organization.items[0]).toMatchObject({ name: 'city-ecology', count: 2 })
  for (const query of [{ q: '(a' }, { fq: 'x:[1' }, { rows: '-1' }, { sort: 'nothing asc' }] as Record<
    string,
    string
  >[])
    expect(await ask('package_search', query)).toMatchObject({
      status: 409,
      body: { error: { __type: 'Validation Error' } },
    })
})

test('lists and shows of organisations, groups, tags and licences agree', async () => {
  expect((await ask('organization_list')).body.result).toEqual(['city-ecology'])
  expect((await ask('organization_show', { id: 'city-ecology', include_datasets: 'true' })).body.result).toMatchObject({
    package_count: 2,
    packages: [{ name: 'trips-agreed' }, { name: 'trips' }],
  })
  expect((await ask('group_show', { id: 'tran' })).body.result).toMatchObject({ name: 'tran', package_count: 1 })
  expect((await ask('group_list')).body.result).toEqual(['soci', 'tran'])
  expect(new Set((await ask('tag_list')).body.result)).toEqual(new Set(['travel', '出行', '协议']))
  expect((await ask('license_list')).body.result[0]).toMatchObject({ id: 'cc-by-4.0' })
  expect((await ask('resource_search', { query: 'format:parquet' })).body.result.count).toBe(2)
  expect((await ask('status_show')).body.result.site_url).toBe(app.address)
  expect((await ask('site_read')).body.result).toBe(true)
})

test('datastore_search filters, searches, sorts, pages and chooses fields', async () => {
  const { result } = (
    await ask('datastore_search', {
      resource_id: 'trips-csv',
      filters: '{"mode":["公交","步行"],"town":"岱庙街道"}',
      sort: 'minutes desc',
      fields: 'mode,minutes',
      limit: '3',
    })
  ).body
  expect(result).toMatchObject({ total: 120, limit: 3, records_format: 'objects', total_was_estimated: false })
  expect(result.fields).toEqual([
    { id: 'mode', type: 'text', info: { label: '出行方式', notes: '出行方式' } },
    { id: 'minutes', type: 'int', info: { label: '通勤时间', notes: '通勤时间' } },
  ])
  expect(result.records.map((each: { minutes: number }) => each.minutes)).toEqual([58, 58, 58])
  expect(result._links.next).toContain('offset=3')
  expect((await ask('datastore_search', { resource_id: 'trips-csv', q: '驾车 60+' })).body.result.total).toBe(40)
  const lists = (await post('datastore_search', { resource_id: 'trips', limit: 1, records_format: 'lists' })).body
    .result
  expect(lists.records).toEqual([[1, '岱庙街道', '18-39', '公交', 10]])
  const csv = (await post('datastore_search', { resource_id: 'trips', limit: 1, records_format: 'csv' })).body.result
  expect(csv.records).toBe('1,岱庙街道,18-39,公交,10\n')
})

test('datastore questions that cannot be are refused, also with SQL in them', async () => {
  const bad = [
    { resource_id: 'trips-csv', fields: 'nothing' },
    { resource_id: 'trips-csv', sort: 'minutes; drop table x' },
    { resource_id: 'trips-csv', filters: '{"x\' or 1=1 --":"1"}' },
    { resource_id: 'trips-csv', filters: 'nonsense{', limit: 'many' },
    { resource_id: 'trips-csv', filters: '{"minutes":"soon"}' },
  ]
  for (const query of bad)
    expect(await ask('datastore_search', query), JSON.stringify(query)).toMatchObject({ status: 409 })
  expect((await ask('datastore_search', { resource_id: 'trips-agreed-csv' })).status).toBe(403)
  expect((await ask('datastore_search', { resource_id: 'none' })).status).toBe(404)
  expect((await ask('datastore_search_sql', { sql: 'select 1' })).body.error.message).toContain('not offered')
  const quote = await ask('datastore_search', { resource_id: 'trips-csv', q: "%' or '1'='1" })
  expect(quote.body.result.total).toBe(0)
})

test('a dump holds every row, in each of its formats', async () => {
  const text = async (format: string, id = 'trips-csv') =>
    (await fetch(`${app.address}/datastore/dump/${id}?format=${format}`)).text()
  const csv = (await text('csv')).trim().split('\r\n')
  expect(csv).toHaveLength(361)
  expect(csv.slice(0, 2)).toEqual(['_id,town,age,mode,minutes', '1,岱庙街道,18-39,公交,10'])
  expect((await text('tsv')).split('\r\n')[1]).toBe('1\t岱庙街道\t18-39\t公交\t10')
  const json = JSON.parse(await text('json'))
  expect(json.fields[0]).toEqual({ id: '_id', type: 'int' })
  expect(json.records).toHaveLength(360)
  expect((await fetch(`${app.address}/datastore/dump/trips-agreed-csv`)).status).toBe(403)
})

describe.skipIf(!hasClient)("CKAN's own Python client", () => {
  test('reads everything that it asks for', async () => {
    const script = resolve(import.meta.dirname, '../../../../../conformance/ckan/ask.py')
    const { stdout } = await run('python3', [script, app.address, 'trips'])
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ site_read: true, packages: ['trips', 'trips-agreed'], by_get: 'trips' },
      search: { count: 2, facets: { organization: { 'city-ecology': 2 } } },
      resource: { id: 'trips-csv' },
      rows: { total: 120, records: [{ minutes: 59 }, {}, {}, {}, {}] },
      ...{ missing: 'NotFound', invalid: { __type: 'Validation Error' }, sql: 'ValidationError' },
    })
  })
})

test('a dump ends whole although the next version goes out while it is read', async () => {
  const survey = await defineSurvey(app, 'large')
  await writeRows(app, survey, residents(4_500))
  await release(await people(app), 'trips-large', survey, surveyMeta())
  const version = await app.app.work(system('open-data.test'), (work) => getVersion(app.app, work, 'trips-large', 1))
  let text = ''
  for await (const piece of dump(app.app, version, 'csv', false)) {
    if (text === '') {
      await writeRows(app, survey, residents(4_600).slice(4_500))
      await refreshEntry(app.app, 'trips-large', new AbortController().signal)
    }
    text += piece
  }
  expect(text.trim().split('\r\n')).toHaveLength(4_501)
})
