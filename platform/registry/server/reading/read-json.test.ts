import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { detect } from './detect.ts'
import { readJson } from './read-json.ts'
import type { RawRow, RawRows } from './reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'daizong-json-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a name that only late objects have is found; where it was not, the objects are not read without it', async () => {
  const file = join(folder, 'late.jsonl')
  const objects = Array.from({ length: 5000 }, (_, n) => (n < 4999 ? { code: n } : { code: n, owner: '张三' }))
  writeFileSync(file, objects.map((each) => JSON.stringify(each)).join('\n'))
  const { reading } = await detect(file, [])
  expect(reading.header).toEqual(['code', 'owner'])
  const all = await rowsIn(readJson(file, reading))
  expect(all.at(-1)).toEqual({ line: 5000, cells: ['4999', '张三'] })
  await expect(rowsIn(readJson(file, { ...reading, header: ['code'] }))).rejects.toMatchObject({
    code: 'late-name',
    words: { en: expect.stringContaining('object 5000') },
  })
})

test('JSON in UTF-16 is taken for JSON', async () => {
  const file = join(folder, 'utf-16.jsonl')
  writeFileSync(file, Buffer.from('\ufeff{"code":1,"owner":"张三"}\n{"code":2,"owner":"李四"}\n', 'utf16le'))
  const { reading } = await detect(file, [])
  expect(reading).toMatchObject({ format: 'json', encoding: 'utf-16le', header: ['code', 'owner'] })
  expect((await rowsIn(readJson(file, reading))).map(({ cells }) => cells[1])).toEqual(['张三', '李四'])
})

async function rowsIn(handfuls: AsyncIterable<RawRows>): Promise<RawRow[]> {
  const all: RawRow[] = []
  for await (const { rows } of handfuls) all.push(...rows)
  return all
}
