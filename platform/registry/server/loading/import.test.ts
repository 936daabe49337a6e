import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk, type LoadProgress, ROWS_CHANGED } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import type { DatasetDefinition } from '../datasets/definition.ts'
import { residentCells, residentDefinition, residentHeader, spoil } from '../testing/resident.ts'
import { zipBomb } from '../testing/zip-bomb.ts'

let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

const actor = system('test')
let made = 0

/** A dataset of residents of its own for each test. */
async function residents(change: Partial<DatasetDefinition> = {}): Promise<string> {
  const desk = running.app.use(dataDesk)
  return running.app.work(actor, (work) =>
    desk.define(work, { ...residentDefinition, name: `resident-${++made}`, ...change }),
  )
}

async function load(dataset: string, content: Buffer | string): Promise<LoadProgress> {
  const desk = running.app.use(dataDesk)
  const id = await running.app.work(actor, (work) =>
    desk.load(work, { dataset, name: `file.${endingOf(content)}`, content: Readable.from([Buffer.from(content)]) }),
  )
  for (;;) {
    const progress = await desk.progress(id)
    if (progress.state !== 'loading') return progress
    await sleep(50)
  }
}

const endingOf = (content: Buffer | string): string =>
  ({ '[': 'json', '{': 'json', P: 'xlsx' })[content.toString().charAt(0)] ?? 'csv'

const csv = (rows: readonly (readonly string[])[]): string =>
  [residentHeader, ...rows].map((cells) => cells.join(',')).join('\r\n')
const people = (count: number, from = 0) => Array.from({ length: count }, (_, n) => residentCells(from + n))
const rowsOf = async (dataset: string) =>
  (
    await asOwner(
      running.ownerUrl,
      `select * from registry_data.${dataset.slice(5).replaceAll('-', '_')} order by _line`,
    )
  ).rows

test('good rows go in with their line, failed ones into the correction list with a reason per cell', async () => {
  const dataset = await residents()
  const done = await load(
    dataset,
    csv(people(100).map((cells, n) => (n % 50 === 49 ? spoil(cells, Math.floor(n / 50)) : cells))),
  )
  expect(done).toMatchObject({ state: 'done', inserted: 98, changed: 0, same: 0, refused: 2 })
  const rows = await rowsOf(dataset)
  expect(rows[0]).toMatchObject({
    name: residentCells(0)[1],
    sex: '2',
    nation: expect.any(String),
    _load: done.id,
    _line: 2,
  })
  const corrections = await asOwner(
    running.ownerUrl,
    `select line, reasons from registry.correction where load = ${done.id} order by line`,
  )
  expect(corrections.rows.map(({ line }) => line)).toEqual([51, 101])
  expect(corrections.rows[0].reasons).toMatchObject([
    { field: 'idNumber', message: { zh: expect.stringContaining('校验码') } },
  ])
})

test('identity numbers are nowhere in clear', async () => {
  const dataset = await residents()
  await load(dataset, csv([residentCells(1), spoil(residentCells(2), 2)]))
  const number = residentCells(1)[4] ?? ''
  const found = await asOwner(
    running.ownerUrl,
    `select 1 from registry_data.${dataset.slice(5).replaceAll('-', '_')} t where t::text like '%${number}%'
     union all select 1 from registry.correction c where c::text like '%${residentCells(2)[4]}%'`,
  )
  expect(found.rows).toEqual([])
})

test('others hear that rows of a dataset have changed, and nothing when they have not', async () => {
  const dataset = await residents()
  const heard = async () =>
    (
      await asOwner(
        running.ownerUrl,
        `select count(*)::int as times from runtime.event where topic = '${ROWS_CHANGED}' and key = '${dataset}'`,
      )
    ).rows[0].times
  const file = csv(people(20))
  await load(dataset, file)
  expect(await heard()).toBe(1)
  await load(dataset, file)
  expect(await heard()).toBe(1)
})

test('the same file twice changes nothing', async () => {
  const dataset = await residents()
  const file = csv([...people(50), spoil(residentCells(50), 0)])
  await load(dataset, file)
  const before = await rowsOf(dataset)
  expect(await load(dataset, file)).toMatchObject({ inserted: 0, changed: 0, same: 50 })
  expect(await rowsOf(dataset)).toEqual(before)
  const { rows } = await asOwner(running.ownerUrl, `select 1 from registry.correction where dataset = '${dataset}'`)
  expect(rows.length).toBe(1)
})

test('a changed row gets a new version and its old one stays in the history', async () => {
  const dataset = await residents()
  await load(dataset, csv(people(20)))
  const moved = residentCells(3).with(8, '山东省泰安市新地址1号')
  expect(await load(dataset, csv([...people(3), moved, ...people(16, 4)]))).toMatchObject({ changed: 1, same: 19 })
  const { rows } = await asOwner(running.ownerUrl, `select * from registry.history where dataset = '${dataset}'`)
  expect(rows).toMatchObject([{ version: 1, deleted: false, line: 5, data: { address: residentCells(3)[8] } }])
})

test('GBK, GB 18030 and UTF-8, with title rows, another order of columns and full-width digits', async () => {
  const lines = people(5).map((cells) => cells.toReversed())
  lines[0] =
    lines[0]?.with(
      7,
      ` '${[...(residentCells(0)[4] ?? '')].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join('')} `,
    ) ?? []
  lines[1] = lines[1]?.with(10, '𠮷田䶮') ?? []
  const text = [
    '常住人口登记表,,,',
    residentHeader.toReversed().join(','),
    ...lines.map((cells) => cells.join(',')),
  ].join('\n')
  for (const content of [Buffer.from(text), Buffer.from(`\ufeff${text}`), iconv.encode(text, 'gb18030')]) {
    const dataset = await residents()
    expect(await load(dataset, content)).toMatchObject({ state: 'done', inserted: 5, refused: 0 })
    expect((await rowsOf(dataset))[1]).toMatchObject({ name: '𠮷田䶮' })
  }
  const dataset = await residents()
  expect(await load(dataset, iconv.encode(text.replace('𠮷', '吉'), 'gbk'))).toMatchObject({ inserted: 5, refused: 0 })
})

test('workbooks with dates, serials and numbers kept as text', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('人口')
  sheet.addRow(['泰安市常住人口'])
  sheet.addRow([...residentHeader])
  const row = (n: number, born: unknown) =>
    (residentCells(n) as unknown[]).with(5, born).with(7, Number(residentCells(n)[7]))
  sheet.addRow(row(0, new Date(Date.UTC(1980, 4, 6))))
  sheet.addRow(row(1, 29_347))
  sheet.addRow(row(2, '29347'))
  sheet.addRow((residentCells(3) as unknown[]).with(4, 370902199001011200))
  const dataset = await residents()
  const done = await load(dataset, Buffer.from(await book.xlsx.writeBuffer()))
  expect(done).toMatchObject({ state: 'done', inserted: 3, refused: 1 })
  expect((await rowsOf(dataset)).map(({ born_on }) => born_on)).toEqual(['1980-05-06', '1980-05-06', '1980-05-06'])
})

test('JSON arrays, lines and wrapped arrays', async () => {
  const objects = people(4).map((cells) => Object.fromEntries(residentHeader.map((name, at) => [name, cells[at]])))
  for (const text of [
    JSON.stringify(objects),
    objects.map((each) => JSON.stringify(each)).join('\n'),
    JSON.stringify({ code: 0, data: objects }, null, 2),
    objects.map((each) => JSON.stringify({ phones: [{ of: 'home' }], ...each })).join('\n'),
  ])
    expect(await load(await residents(), text)).toMatchObject({ state: 'done', inserted: 4, refused: 0 })
})

test('quoted cells with separators, quotation marks and line breaks', async () => {
  const dataset = await residents()
  const cells = residentCells(7).with(8, '"甲""乙"", 丙\n丁"')
  expect(await load(dataset, csv([cells, residentCells(8)]))).toMatchObject({ inserted: 2 })
  expect((await rowsOf(dataset)).map(({ address, _line }) => [address, _line])).toEqual([
    ['甲"乙", 丙\n丁', 2],
    [residentCells(8)[8], 4],
  ])
})

test('a key that comes twice in a file is refused the second time', async () => {
  const dataset = await residents()
  const done = await load(dataset, csv([residentCells(1), residentCells(2), residentCells(1).with(1, '另一人')]))
  expect(done).toMatchObject({ inserted: 2, refused: 1 })
  expect((await rowsOf(dataset))[0]).toMatchObject({ name: residentCells(1)[1] })
})

test('rows that are not in the encoding of the rest are refused, not stored garbled', async () => {
  const dataset = await residents()
  const start = Buffer.from(`${csv(people(9000))}\r\n`)
  expect(start.length).toBeGreaterThan(1 << 20)
  const done = await load(dataset, Buffer.concat([start, iconv.encode(residentCells(9000).join(','), 'gbk')]))
  expect(done).toMatchObject({ state: 'done', inserted: 9000, refused: 1 })
})

test('a workbook that unpacks to gigabytes is refused with one sentence, and a program with another', async () => {
  const dataset = await residents()
  await expect(load(dataset, zipBomb(2))).rejects.toMatchObject({ code: 'unreadable-file' })
  await expect(load(dataset, Buffer.from('\x7fELF\0\0\0'))).rejects.toMatchObject({ code: 'file-type' })
  expect(await load(dataset, csv(people(2)))).toMatchObject({ state: 'done', inserted: 2 })
}, 60_000)
