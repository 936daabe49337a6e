import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readChunks } from './read-rows.ts'
import type { Cuts, RawRow, Reading } from './reading.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-csv-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const reading: Reading = { format: 'csv', encoding: 'utf-8', separator: ',', headerLine: 1, header: ['a', 'b'] }
const WHOLE: Cuts = { rows: 1000, bytes: 1_000_000, at: 0 }

async function read(content: string | Uint8Array, cuts: Cuts = WHOLE, how: Reading = reading) {
  const file = join(folder, 'file.csv')
  await writeFile(file, content)
  const rows: RawRow[] = []
  const ends: number[] = []
  for await (const chunk of readChunks(file, how, cuts)) {
    expect(chunk.from).toBe(rows.length)
    const block = chunk.block()
    for (let at = 0; at < block.rows; at++) rows.push(block.row(at))
    expect(chunk.to).toBe(rows.length)
    ends.push(chunk.to)
  }
  return { rows, ends }
}

const cell = fc.string({ unit: fc.constantFrom(...'a"王,\n 𠮷'), maxLength: 6 })
const quotedCell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

it('gives the cells that were written, wherever chunks end', async () => {
  const tables = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 })
  const anyCuts = fc.record({
    rows: fc.integer({ min: 1, max: 5 }),
    bytes: fc.integer({ min: 1, max: 40 }),
    at: fc.nat(6),
  })
  await fc.assert(
    fc.asyncProperty(tables, anyCuts, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (table, cuts, end, last) => {
      const lines = [['a', 'b', 'c'], ...table].map((cells) => cells.map(quotedCell).join(','))
      const { rows, ends } = await read(lines.join(end) + (last ? end : ''), cuts)
      expect(rows.map(({ cells }) => cells)).toEqual(table)
      if (cuts.at > 0 && cuts.at <= rows.length) expect(ends).toContain(cuts.at)
    }),
    { numRuns: 60 },
  )
})

it('counts lines as an editor does and leaves empty ones out', async () => {
  const { rows } = await read('\ufeffa,b\r\n1,"x\r\ny"\r\n\r\n2,z')
  expect(rows).toEqual([
    { line: 2, cells: ['1', 'x\ny'] },
    { line: 5, cells: ['2', 'z'] },
  ])
})

it('takes a quotation mark in the middle of a cell for an ordinary sign, and survives one that is lost', async () => {
  const { rows } = await read(`a,b\n5" pipe,6" pipe\n"lost,1\n${'2,3\n'.repeat(3)}`)
  expect(rows.map(({ cells }) => cells)).toEqual([['5" pipe', '6" pipe'], ['lost,1\n2,3\n2,3\n2,3\n']])
  const long = await read(`a,b\n"lost,1\n${`22,${'x'.repeat(990)}\n`.repeat(5_000)}`)
  expect(long.rows.length).toBeGreaterThan(500)
})

it('shows what does not belong to the encoding as a sign that could not be read', async () => {
  const { rows } = await read(Buffer.from([...Buffer.from('a,b\n1,'), 0xcd, 0xf5, 0x0a]))
  expect(rows[0]?.cells[1]).toContain('\ufffd')
})

it('reads GB 18030 and UTF-16 whose letters hold bytes of separators', async () => {
  const utf16 = Buffer.from('\ufeffa|b\n𠮷|王\n', 'utf16le')
  const how = { ...reading, separator: '|' } as const
  expect((await read(utf16, WHOLE, { ...how, encoding: 'utf-16le' })).rows[0]?.cells).toEqual(['𠮷', '王'])
  // 亅 is 81 7C: its second byte is the separator.
  const gb = Buffer.from([...Buffer.from('a|b\n'), 0x81, 0x7c, 0x7c, 0xcd, 0xf5, 0x0a])
  expect((await read(gb, WHOLE, { ...how, encoding: 'gb18030' })).rows[0]?.cells).toEqual(['亅', '王'])
})
