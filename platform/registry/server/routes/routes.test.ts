import { request as httpRequest } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { citizenCheckDigit } from '../identifiers/citizen.ts'
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

async function upload(rows: readonly (readonly string[])[], header = residentHeader) {
  const form = new FormData()
  form.append('file', new Blob([[header, ...rows].map((cells) => cells.join(',')).join('\n')]), '人口.csv')
  const answer = await fetch(`${city.address}${base}/files`, {
    method: 'POST',
    body: form,
    headers: { cookie: steward.cookie },
  })
  return (await answer.json()) as {
    file: string
    reading: object
    sample: { cells: string[] }[]
    columns: (string | null)[]
    suggested: ({ slot: string } | null)[]
    remembered: boolean
    earlier: number | null
  }
}

test('an upload shows its first rows, and what a column that nothing names may be meant for', async () => {
  const header = residentHeader.map((title) => (title === '住址' ? '现在的住址' : title))
  const { sample, columns, suggested } = await upload([residentCells(1)], header)
  expect(sample.map(({ cells }) => cells)).toEqual([residentCells(1)])
  const at = header.indexOf('现在的住址')
  expect(columns[at]).toBeNull()
  expect(suggested[at]).toMatchObject({ slot: 'address' })
})

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

test('no cell of an export is a formula, and numbers stay numbers', async () => {
  const person = { idNumber: '370902199003070018', name: '=1+1', sex: '1', bornOn: '1990-03-07', division: '370902999' }
  const id = person.idNumber.slice(0, 17)
  const rows = ['=HYPERLINK("http://x")', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '-12.5'].map((address, n) => ({
    ...person,
    idNumber: `${id.slice(0, 16)}${n}`,
    address,
  }))
  const whole = rows.map((row) => ({ ...row, idNumber: row.idNumber + citizenCheckDigit(row.idNumber) }))
  expect((await steward.post(`${base}/rows`, { rows: whole })).body).toMatchObject({ inserted: 6 })
  const query = 'where=division~is~370902999&purpose=test&unmask=true'
  const csv = await read(steward, `${base}/export.csv?${query}`)
  for (const text of [
    `"'=HYPERLINK(""http://x"")"`,
    ",'+cmd|x,",
    ",'-2+3,",
    ",'@SUM(A1),",
    ",'\t=1,",
    ',-12.5,',
    ",'=1+1,",
  ])
    expect(csv.text).toContain(text)
  const answer = await fetch(`${city.address}${base}/export.xlsx?${query}`, { headers: { cookie: steward.cookie } })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await answer.arrayBuffer())
  const cells: unknown[] = []
  book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => cells.push(cell.value)))
  expect(cells).toContain(`'=HYPERLINK("http://x")`)
  expect(cells.filter((value) => typeof value === 'object' || /^[=@]/.test(String(value)))).toEqual([])
})

test('a file beyond 10 GB is refused before it is read, with one clear sentence', async () => {
  const { hostname, port } = new URL(city.address)
  const answer = await new Promise<{ status: number | undefined; text: string }>((done, fail) => {
    const headers = {
      cookie: steward.cookie,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(11 * 2 ** 30),
    }
    const request = httpRequest(
      { hostname, port, path: `${base}/files`, method: 'POST', headers },
      async (response) => {
        done({ status: response.statusCode, text: await readText(response) })
        request.destroy()
      },
    )
    request.on('error', fail)
    request.flushHeaders()
  })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'file-too-large' })
})

test('reading what is not personal leaves no record, and needs no purpose', async () => {
  const plain = {
    ...residentDefinition,
    name: 'place',
    fields: [
      { name: 'code', kind: 'text', title: { zh: '编号', en: 'Code' }, required: true },
      { name: 'height', kind: 'integer', title: { zh: '高度', en: 'Height' } },
    ],
    key: ['code'],
    level: 'public',
    scope: undefined,
    indexed: [],
  }
  expect((await steward.post('/api/registry/definitions', plain)).status).toBe(200)
  const place = '/api/registry/datasets/city.place'
  await steward.post(`${place}/rows`, { rows: [{ code: 'a', height: 1 }] })
  const reads = async () =>
    Number(
      (await asOwner(city.ownerUrl, "select count(*) from audit.entry where event = 'registry.row.read'")).rows[0]
        .count,
    )
  const before = await reads()
  const list = await read(steward, `${place}/rows`, '')
  expect(list.body.rows).toMatchObject([{ value: { code: 'a', height: 1 } }])
  expect((await read(steward, `${place}/rows/${list.body.rows[0].id}`, '')).status).toBe(200)
  expect(await reads()).toBe(before)
  await read(steward, `${base}/rows?limit=1`)
  expect(await reads()).toBe(before + 1)
})

test('an import can be cancelled and resumed; its indexes are back after both', async () => {
  const definition = { ...residentDefinition, name: 'newcomer' }
  expect((await steward.post('/api/registry/definitions', definition)).status).toBe(200)
  const own = '/api/registry/datasets/city.newcomer'
  const rows = Array.from({ length: 60_000 }, (_, n) => residentCells(2000 + n))
  const { file, reading, columns } = await upload(rows)
  const { body } = await steward.post(`${own}/loads`, { file, name: 'x.csv', reading, columns })
  const url = `/api/registry/loads/${body.load}`
  const indexes = async () => {
    const found = await asOwner(city.ownerUrl, "select count(*) from pg_indexes where tablename = 'newcomer'")
    return Number(found.rows[0].count)
  }
  await expect
    .poll(async () => (await steward.get(url)).body.rowsRead, { interval: 10, timeout: 60_000 })
    .toBeGreaterThan(0)
  expect(await indexes()).toBe(1)
  expect((await steward.post(`${url}/cancel`)).status).toBe(200)
  const cancelled = await steward.get(url)
  await expect.poll(indexes, { timeout: 20_000 }).toBe(4)
  expect((await steward.get(url)).body).toMatchObject({ state: 'cancelled', inserted: cancelled.body.inserted })
  expect((await steward.post(`${url}/resume`)).status).toBe(200)
  await expect.poll(async () => (await steward.get(url)).body.state, { timeout: 30_000 }).not.toBe('loading')
  expect((await steward.get(url)).body).toMatchObject({ state: 'done', inserted: 60_000, refused: 0 })
  expect(await indexes()).toBe(4)
}, 150_000)

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
