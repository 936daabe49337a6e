import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { residentCells, residentDefinition, residentHeader, spoil } from '../testing/resident.ts'

let city: TestApp
let steward: SignedInClient
const base = '/api/registry/datasets/city.resident'

const every = ['read', 'unmask', 'write', 'export', 'load.read', 'load.write', 'steward']
beforeAll(async () => {
  city = await testApp()
  steward = await client(city, { rights: Object.fromEntries(every.map((right) => [`registry.${right}`, 'city'])) })
  expect((await steward.post('/api/registry/definitions', residentDefinition)).status).toBe(200)
})
afterAll(() => city.stop())

/** Calls with a purpose, as the portal does once the reader has stated one. */
async function read(who: SignedInClient, path: string, purpose = '核查') {
  const answer = await fetch(city.address + path, {
    headers: { cookie: who.cookie, ...(purpose ? { 'x-purpose': encodeURIComponent(purpose) } : {}) },
  })
  const text = await answer.text()
  const isJson =
    answer.headers.get('content-type')?.includes('json;') || answer.headers.get('content-type')?.includes('problem')
  return { status: answer.status, text, body: isJson ? JSON.parse(text) : undefined }
}

async function upload(rows: readonly (readonly string[])[], name = '人口.csv') {
  const form = new FormData()
  form.append('file', new Blob([[residentHeader, ...rows].map((cells) => cells.join(',')).join('\n')]), name)
  const answer = await fetch(`${city.address}${base}/files`, {
    method: 'POST',
    body: form,
    headers: { cookie: steward.cookie },
  })
  return (await answer.json()) as {
    file: string
    reading: object
    columns: (string | null)[]
    remembered: boolean
    earlier: number | null
  }
}

async function importRows(rows: readonly (readonly string[])[]): Promise<number> {
  const { file, reading, columns } = await upload(rows)
  const started = await steward.post(`${base}/loads`, { file, name: '人口.csv', reading, columns })
  expect(started.status).toBe(200)
  for (;;) {
    const { body } = await steward.get(`/api/registry/loads/${started.body.load}`)
    if (body.state !== 'loading') return started.body.load
    await sleep(50)
  }
}

test('upload, mapping, import, list with filter, order and pages that never overlap', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => residentCells(n))
  await importRows(rows)
  expect(await upload([residentCells(500)])).toMatchObject({ remembered: true, earlier: null })
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await read(steward, `${base}/rows?sort=-division&limit=50&unmask=true${after}`)
    seen.push(...body.rows.map((row: { value: { idNumber: string } }) => row.value.idNumber))
    after = body.next ? `&after=${body.next}` : ''
  } while (after)
  expect(seen.toSorted()).toEqual(rows.map((cells) => cells[4]).toSorted())
  const found = await read(steward, `${base}/rows?where=division~prefix~370902&where=sex~in~1`)
  expect(found.body.rows.length).toBe(
    rows.filter((cells) => cells[7]?.startsWith('370902') && cells[2] === '男').length,
  )
  const one = await read(steward, `${base}/rows?where=idNumber~is~${rows[5]?.[4]}`)
  expect(one.body.rows).toMatchObject([{ lineage: { line: 7 }, value: { idNumber: expect.stringMatching(/\*{8}/) } }])
})

test('personal data needs a purpose, is masked, and every read of it is on record', async () => {
  expect(await read(steward, `${base}/rows`, '')).toMatchObject({ status: 422, body: { code: 'purpose-needed' } })
  const reader = await client(city, { rights: { 'registry.read': 'city' } })
  const { body } = await read(reader, `${base}/rows?limit=1&unmask=true`)
  expect(body.rows[0].value).toMatchObject({ idNumber: expect.stringMatching(/\*/), name: expect.stringMatching(/\*/) })
})

test('a limited reach sees its own division only, and nobody without the right sees anything', async () => {
  const town = await client(city, {
    rights: { 'registry.read': 'subtree', 'registry.write': 'subtree' },
    organisation: '370902001',
  })
  const { body } = await read(town, `${base}/rows?limit=500&unmask=true`)
  expect(body.rows.length).toBeGreaterThan(0)
  expect(new Set(body.rows.map((row: { value: { division: string } }) => row.value.division))).toEqual(
    new Set(['370902001']),
  )
  const elsewhere = await read(steward, `${base}/rows?where=division~is~370983102&limit=1`)
  const id = elsewhere.body.rows[0].id
  expect((await read(town, `${base}/rows/${id}`)).status).toBe(404)
  expect((await town.delete(`${base}/rows/${id}`)).status).toBe(404)
  const nobody = await client(city)
  for (const path of ['/api/registry/datasets', `${base}/rows`, `${base}/export.csv`, '/api/registry/loads'])
    expect((await read(nobody, path)).status).toBe(403)
  expect((await town.post('/api/registry/definitions', residentDefinition)).status).toBe(403)
})

test('writing by hand keeps history; out of reach is refused whole', async () => {
  const person = { idNumber: '11010519491231002X', name: '甲', sex: '1', bornOn: '1949-12-31', division: '370902001' }
  expect((await steward.post(`${base}/rows`, { rows: [person] })).body).toEqual({ inserted: 1, changed: 0, same: 0 })
  expect((await steward.post(`${base}/rows`, { rows: [{ ...person, name: '乙' }] })).body).toMatchObject({ changed: 1 })
  const wrong = await steward.post(`${base}/rows`, { rows: [{ ...person, idNumber: '110105194912310021', sex: '7' }] })
  expect(wrong).toMatchObject({ status: 422, body: { issues: [{ path: '/0/idNumber' }, { path: '/0/sex' }] } })
  const town = await client(city, { rights: { 'registry.write': 'subtree' }, organisation: '370983001' })
  expect((await town.post(`${base}/rows`, { rows: [{ ...person, division: '370983001' }] })).status).toBe(403)
  const list = await read(steward, `${base}/rows?where=idNumber~is~11010519491231002X`)
  const { body } = await read(steward, `${base}/rows/${list.body.rows[0].id}?unmask=true`)
  expect(body).toMatchObject({
    row: { version: 2, value: { name: '乙' } },
    history: [{ version: 1, value: { name: '甲' }, deleted: false }],
  })
})

test('a refused row is corrected in the portal and goes in; the list is exported without formulas', async () => {
  const bad = spoil(residentCells(900), 0).with(8, '=HYPERLINK("http://x")')
  const load = await importRows([bad, spoil(residentCells(901), 3)])
  const { body } = await steward.get(`/api/registry/loads/${load}/corrections`)
  expect(body.rows.length).toBe(2)
  const csv = await read(steward, `/api/registry/loads/${load}/corrections.csv`)
  expect(csv.text).toContain(`"'=HYPERLINK(""http://x"")"`)
  const url = `/api/registry/loads/${load}/corrections/${body.rows[0].id}`
  expect((await steward.post(url, { cells: bad })).body).toMatchObject({
    done: false,
    reasons: [{ field: 'idNumber' }],
  })
  expect((await steward.post(url, { cells: residentCells(900) })).body).toEqual({ done: true, reasons: [] })
  expect((await steward.post(url, { cells: residentCells(900) })).status).toBe(404)
  const left = await steward.get(`/api/registry/loads/${load}/corrections`)
  expect(left.body.rows.length).toBe(1)
  const found = await read(steward, `${base}/rows?where=idNumber~is~${residentCells(900)[4]}`)
  expect(found.body.rows).toMatchObject([{ lineage: { load, line: 2 } }])
})

test('exports in three formats hold what the list shows', async () => {
  const query = 'where=division~is~370902001&purpose=test'
  const list = await read(steward, `${base}/rows?where=division~is~370902001&limit=500`)
  const csv = await read(steward, `${base}/export.csv?${query}`)
  expect(csv.text.trimEnd().split('\r\n').length).toBe(list.body.rows.length + 1)
  const lines = await read(steward, `${base}/export.jsonl?${query}`)
  expect(JSON.parse(lines.text.split('\n')[0] ?? '')).toMatchObject({ 行政区划: '370902001' })
  const xlsx = await read(steward, `${base}/export.xlsx?${query}`)
  expect(xlsx.text.slice(0, 2)).toBe('PK')
  expect((await read(steward, `${base}/export.csv`, '')).status).toBe(422)
})

test('an import can be cancelled and resumed', async () => {
  const rows = Array.from({ length: 40_000 }, (_, n) => residentCells(2000 + n))
  const { file, reading, columns } = await upload(rows)
  const { body } = await steward.post(`${base}/loads`, { file, name: 'x.csv', reading, columns })
  const url = `/api/registry/loads/${body.load}`
  expect((await steward.post(`${url}/cancel`)).status).toBe(200)
  const cancelled = await steward.get(url)
  await sleep(1500)
  expect((await steward.get(url)).body).toMatchObject({ state: 'cancelled', inserted: cancelled.body.inserted })
  expect((await steward.post(`${url}/resume`)).status).toBe(200)
  for (;;) {
    const { body: load } = await steward.get(url)
    if (load.state === 'loading') await sleep(100)
    else {
      expect(load).toMatchObject({ state: 'done', inserted: 40_000, refused: 0 })
      break
    }
  }
})

test('saved views are the own ones; a definition keeps its fields', async () => {
  const query = { where: ['division~prefix~370902'], columns: ['name'] }
  await steward.put(`${base}/views/${encodeURIComponent('泰山区')}`, query)
  expect((await steward.get(`${base}/views`)).body).toEqual({ views: [{ name: '泰山区', query }] })
  const other = await client(city, { rights: { 'registry.read': 'city' } })
  expect((await other.get(`${base}/views`)).body).toEqual({ views: [] })
  const [, ...fewer] = residentDefinition.fields
  expect((await steward.post('/api/registry/definitions', { ...residentDefinition, fields: fewer })).status).toBe(422)
  const note = { name: 'note', kind: 'text', title: { zh: '备注', en: 'Note' } }
  const wider = { ...residentDefinition, fields: [...residentDefinition.fields, note] }
  expect((await steward.post('/api/registry/definitions', wider)).status).toBe(200)
  expect((await steward.get(base)).body.fields.at(-1)).toMatchObject({ name: 'note' })
})
