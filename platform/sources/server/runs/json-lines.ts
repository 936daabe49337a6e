import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { encodingOfFile, type Reading } from '#platform/registry'

type Encoding = Reading['encoding']

/** Lines of a file: how many are JSON objects, and the numbers, from 1 and ascending, of those that are not. */
export interface JsonLines {
  readonly encoding: Encoding
  readonly good: number
  readonly bad: readonly number[]
}

const BLOCK = 2 ** 18
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const UTF16_MARK = Buffer.from([0xff, 0xfe])

/** Looks at every line in the encoding in which the file will be read. A JSON array is not made of lines, and has none. */
export async function jsonLines(path: string): Promise<JsonLines> {
  const encoding = await encodingOfLines(path)
  const decoder = new TextDecoder(encoding, { fatal: true })
  const bad: number[] = []
  let good = 0
  let number = 0
  for await (const line of linesOf(path, encoding)) {
    number++
    const text = textOf(line, decoder)
    if (text === '') continue
    if (good + bad.length === 0 && text?.startsWith('[')) break
    if (text !== undefined && isObject(text)) good++
    else bad.push(number)
  }
  return { encoding, good, bad }
}

/** The bytes of a file without its bad lines, as they came. */
export async function* withoutBad(path: string, { encoding, bad }: JsonLines): AsyncGenerator<Buffer> {
  if (encoding === 'utf-16le') yield UTF16_MARK
  let number = 0
  let passed = 0
  for await (const line of linesOf(path, encoding))
    if (bad[passed] === ++number) passed++
    else yield line
}

/** One torn letter does not make another encoding of what is UTF-8 otherwise. */
async function encodingOfLines(path: string): Promise<Encoding> {
  const encoding = await encodingOfFile(path)
  if (encoding !== 'gb18030') return encoding
  let inUtf8 = 0
  let others = 0
  for await (const line of linesOf(path, encoding)) {
    if (isAscii(line)) continue
    if (isUtf8(line)) inUtf8++
    else others++
  }
  return inUtf8 > others ? 'utf-8' : encoding
}

/**
 * Lines with the sign that ends them, without the byte order mark of the file. Ends of lines are `\n` only: other signs
 * that end lines may stand within a JSON text. In UTF-8 and GB 18030 its byte is part of no other sign.
 */
async function* linesOf(path: string, encoding: Encoding): AsyncGenerator<Buffer> {
  const end = Buffer.from('\n', encoding === 'utf-16le' ? 'utf16le' : 'latin1')
  let rest: Buffer = Buffer.alloc(0)
  let isFirst = true
  for await (const block of createReadStream(path, { highWaterMark: BLOCK })) {
    rest = Buffer.concat([rest, isFirst ? withoutMark(block as Buffer) : (block as Buffer)])
    isFirst = false
    let from = 0
    for (let to = endOf(rest, end, from); to > 0; to = endOf(rest, end, from)) {
      yield rest.subarray(from, to)
      from = to
    }
    rest = rest.subarray(from)
  }
  if (rest.length > 0) yield rest
}

/** Where the line that begins there is over; 0 if its end has not come yet. */
function endOf(bytes: Buffer, end: Buffer, from: number): number {
  let at = bytes.indexOf(end, from)
  while (at >= 0 && (at - from) % end.length > 0) at = bytes.indexOf(end, at + 1)
  return at < 0 ? 0 : at + end.length
}

const withoutMark = (start: Buffer): Buffer =>
  start.subarray([UTF8_MARK, UTF16_MARK].find((mark) => start.subarray(0, mark.length).equals(mark))?.length ?? 0)

/** Undefined for bytes that are no text in this encoding. */
function textOf(line: Buffer, decoder: TextDecoder): string | undefined {
  try {
    return decoder.decode(line).trim()
  } catch {
    return undefined
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
