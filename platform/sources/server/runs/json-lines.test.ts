import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import iconv from 'iconv-lite'
import { afterAll, expect, test } from 'vitest'
import { jsonLines, withoutBad } from './json-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'daizong-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
async function sifted(content: Buffer) {
  const path = join(folder, String(++files))
  writeFileSync(path, content)
  const lines = await jsonLines(path)
  return { ...lines, rest: await buffer(withoutBad(path, lines)) }
}

const line = (name: string) => `${JSON.stringify({ name })}\n`

test('a torn letter sets its own line aside and leaves the others in their encoding', async () => {
  const torn = Buffer.concat([Buffer.from('{"name":"'), Buffer.from('王').subarray(0, 2), Buffer.from('"}\n')])
  const whole = ['王伟', '李芳', '张'].map((name) => Buffer.from(line(name)))
  expect(await sifted(Buffer.concat([torn, ...whole]))).toEqual({
    encoding: 'utf-8',
    good: 3,
    bad: [1],
    rest: Buffer.concat(whole),
  })
  const inGb = ['王伟', '联通', '张'].map((name) => iconv.encode(line(name), 'gb18030'))
  const cut = Buffer.from([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}\n')])
  expect(await sifted(Buffer.concat([...inGb, cut]))).toEqual({
    encoding: 'gb18030',
    good: 3,
    bad: [4],
    rest: Buffer.concat(inGb),
  })
})

test('in UTF-16 a line ends at the sign, not at bytes of two others, also where the file is read in several pieces', async () => {
  const names = Array.from({ length: 20_000 }, (_, n) => `\u0a0a\u0100\u010a${n}`)
  const text = names.map(line).join('')
  const content = Buffer.from(`\ufeff${line('a')}x\n${text}`, 'utf16le')
  const { good, bad, rest } = await sifted(content)
  expect([good, bad]).toEqual([20_001, [2]])
  expect(rest.equals(Buffer.from(`\ufeff${line('a')}${text}`, 'utf16le'))).toBe(true)
})

test('an array, blank lines and a last line without an end are no bad lines', async () => {
  expect(await sifted(Buffer.from('\ufeff\n [{"a":1},\n{"a":2}]'))).toMatchObject({ good: 0, bad: [] })
  expect(await sifted(Buffer.from('{"a":1}\r\n\r\n{"a":2}'))).toMatchObject({ good: 2, bad: [] })
})
