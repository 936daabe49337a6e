import { ByteHeap } from './byte-heap.ts'
import { type Places, RowBlock } from './row-block.ts'

const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a

/** A record of separated text: where it begins and ends, its line, and whether a quotation mark is in it. */
export class RecordList {
  #numbers = new Uint32Array(1 << 12)
  length = 0

  add(from: number, to: number, line: number, hasQuote: boolean): void {
    const at = 4 * this.length++
    if (at === this.#numbers.length) {
      const larger = new Uint32Array(2 * at)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[at] = from
    this.#numbers[at + 1] = to
    this.#numbers[at + 2] = line
    this.#numbers[at + 3] = hasQuote ? 1 : 0
  }

  /** Four numbers for each record. */
  get numbers(): Uint32Array {
    return this.#numbers.subarray(0, 4 * this.length)
  }
}

/** Takes records of separated text [RFC 4180] apart. @param width cells that a record is expected to have */
export function splitRecords(bytes: Uint8Array, records: RecordList, separator: string, width: number): RowBlock {
  const heap = ByteHeap.of(bytes)
  const cells = new CellPlaces(heap.bytes, separator.charCodeAt(0), records.length * width)
  const lines = new Uint32Array(records.length)
  const first = new Uint32Array(records.length + 1)
  const { numbers } = records
  for (let row = 0; row < records.length; row++) {
    const at = 4 * row
    const [from, to] = [numbers[at] as number, numbers[at + 1] as number]
    if (numbers[at + 3] === 1) cells.addQuoted(from, to)
    else cells.addPlain(from, to)
    lines[row] = numbers[at + 2] as number
    first[row + 1] = cells.length
  }
  return new RowBlock(heap, { lines, first, ...cells.places })
}

class CellPlaces {
  readonly #bytes: Uint8Array
  readonly #separator: number
  #from: Uint32Array
  #to: Uint32Array
  length = 0

  constructor(bytes: Uint8Array, separator: number, expected: number) {
    this.#bytes = bytes
    this.#separator = separator
    this.#from = new Uint32Array(expected + 64)
    this.#to = new Uint32Array(expected + 64)
  }

  get places(): Pick<Places, 'from' | 'to'> {
    return { from: this.#from, to: this.#to }
  }

  addPlain(start: number, end: number): void {
    const bytes = this.#bytes
    const separator = this.#separator
    let begin = start
    for (let at = start; at < end; at++) {
      if (bytes[at] !== separator) continue
      this.#add(begin, at)
      begin = at + 1
    }
    this.#add(begin, end)
  }

  /** A quotation mark in the middle of an unquoted cell is an ordinary sign. */
  addQuoted(start: number, end: number): void {
    for (let at = start; ; at++) {
      at = at < end && this.#bytes[at] === QUOTE ? this.#quotedCell(at + 1, end) : this.#plainCell(at, end)
      if (at >= end) return
    }
  }

  #plainCell(begin: number, end: number): number {
    const next = this.#bytes.indexOf(this.#separator, begin)
    const at = next < 0 || next > end ? end : next
    this.#add(begin, at)
    return at
  }

  /** Writes the cell without its signs of quotation over itself. @returns the place behind it */
  #quotedCell(begin: number, end: number): number {
    const bytes = this.#bytes
    let at = begin
    let out = begin
    for (; at < end; at++) {
      const sign = bytes[at] as number
      if (sign === CR && bytes[at + 1] === LF) continue
      if (sign === QUOTE && (++at >= end || bytes[at] !== QUOTE)) break
      bytes[out++] = sign
    }
    for (; at < end && bytes[at] !== this.#separator; at++) bytes[out++] = bytes[at] as number
    this.#add(begin, out)
    return at
  }

  #add(from: number, to: number): void {
    const at = this.length++
    if (at === this.#from.length) {
      this.#from = doubled(this.#from)
      this.#to = doubled(this.#to)
    }
    this.#from[at] = from
    this.#to[at] = to
  }
}

function doubled(numbers: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}
