import { createReadStream } from 'node:fs'
import type { Cuts, FileChunk, Reading } from './reading.ts'
import { RecordList, splitRecords } from './split-records.ts'

const BLOCK = 1 << 20
/** A record longer than this has lost a quotation mark. */
const LONGEST = 4 << 20
const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a

/**
 * Chunks of separated text [RFC 4180] as it streams. Where records end is found byte by byte, as fast as the file can be
 * read; a chunk is taken apart when it is asked for, because several readers of a file each need only some of them.
 */
export async function* readCsv(file: string, reading: Reading, cuts: Cuts): AsyncGenerator<FileChunk> {
  const cutter = new ChunkCutter(reading, cuts)
  let bytes = 0
  for await (const { text, size } of utf8Blocks(file, reading.encoding)) {
    bytes += size
    yield* cutter.push(text, bytes)
  }
  yield* cutter.end(bytes)
}

/** The bytes of a text file in UTF-8, without the mark of byte order. */
async function* utf8Blocks(
  file: string,
  encoding: Reading['encoding'],
): AsyncGenerator<{ text: Buffer; size: number }> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding)
  let isFirst = true
  for await (const block of createReadStream(file, { highWaterMark: BLOCK }) as AsyncIterable<Buffer>) {
    const text = decoder ? Buffer.from(decoder.decode(block, { stream: true })) : block
    const hasMark = isFirst && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf
    isFirst = false
    yield { text: hasMark ? text.subarray(3) : text, size: block.length }
  }
  if (decoder) yield { text: Buffer.from(decoder.decode()), size: 0 }
}

class ChunkCutter {
  readonly #reading: Reading
  readonly #cuts: Cuts
  /** What no chunk has taken yet, and how far it was looked through. */
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  #line = 1
  /** The record under way. */
  #start = 0
  #startLine = 1
  #hasQuote = false
  #isOpen = false
  #records = new RecordList()
  #row = 0

  constructor(reading: Reading, cuts: Cuts) {
    this.#reading = reading
    this.#cuts = cuts
  }

  *push(block: Buffer, read: number): Generator<FileChunk> {
    this.#bytes = this.#bytes.length === 0 ? block : Buffer.concat([this.#bytes, block])
    while (this.#findEnd()) {
      this.#endRecord()
      if (this.#isFull()) yield this.#cut(read)
    }
  }

  *end(read: number): Generator<FileChunk> {
    if (this.#start < this.#bytes.length) this.#endRecord()
    if (this.#records.length > 0) yield this.#cut(read)
  }

  /** Goes to the next line's end outside quotation marks; false if there is none yet. */
  #findEnd(): boolean {
    const bytes = this.#bytes
    for (let at = this.#at; at < bytes.length; at++) {
      const sign = bytes[at] as number
      if (sign > QUOTE) continue
      if (sign === QUOTE) {
        this.#hasQuote = true
        this.#isOpen = !this.#isOpen
      } else if (sign === LF) {
        this.#line++
        if (this.#isOpen && at - this.#start < LONGEST) continue
        this.#at = at
        return true
      }
    }
    this.#at = bytes.length
    return false
  }

  #endRecord(): void {
    const hasReturn = this.#at > this.#start && this.#bytes[this.#at - 1] === CR
    const end = hasReturn ? this.#at - 1 : this.#at
    const isRow = end > this.#start && this.#startLine > this.#reading.headerLine
    if (isRow) this.#records.add(this.#start, end, this.#startLine, this.#hasQuote)
    this.#at++
    this.#start = this.#at
    this.#startLine = this.#line
    this.#hasQuote = false
    this.#isOpen = false
  }

  #isFull(): boolean {
    const { rows, bytes, at } = this.#cuts
    const { length } = this.#records
    return length > 0 && (length >= rows || this.#start >= bytes || this.#row + length === at)
  }

  #cut(read: number): FileChunk {
    const [bytes, records, { separator, header }] = [this.#bytes.subarray(0, this.#start), this.#records, this.#reading]
    const from = this.#row
    this.#row += records.length
    this.#bytes = this.#bytes.subarray(this.#start)
    this.#at = 0
    this.#start = 0
    this.#records = new RecordList()
    return { from, to: this.#row, bytes: read, block: () => splitRecords(bytes, records, separator, header.length) }
  }
}

/** Cells of one line. */
export function cellsOf(line: string, separator: string): readonly string[] {
  const bytes = Buffer.from(line)
  const record = new RecordList()
  record.add(0, bytes.length, 1, bytes.includes(QUOTE))
  return splitRecords(bytes, record, separator, 1).row(0).cells
}
