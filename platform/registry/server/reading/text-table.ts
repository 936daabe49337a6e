import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'

const PAGE = 1 << 16
const PAGES_KEPT = 256
/** Texts of a full sheet stay far below; what needs more was made to harm. */
const LARGEST = 2 ** 31

/**
 * Texts by number, as a workbook lists them before its rows refer to them: millions of texts, which would not fit into
 * the memory of a thread. They are in a file without a name that ends with the thread; rows refer to texts in about
 * their order, so that a few pages kept in memory answer nearly always.
 */
export class TextTable {
  readonly #file: number
  readonly #pages = new LRUCache<number, Buffer>({ max: PAGES_KEPT })
  #ends = new Uint32Array(1 << 12)
  #count = 0
  #pending: string[] = []
  #pendingSize = 0
  #size = 0

  constructor() {
    const path = join(tmpdir(), `daizong-${randomUUID()}`)
    this.#file = openSync(path, 'wx+', 0o600)
    rmSync(path)
  }

  /** Adds a text under the next number. @throws RangeError if there is too much */
  add(text: string): void {
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(2 * this.#count)
      larger.set(this.#ends)
      this.#ends = larger
    }
    this.#size += Buffer.byteLength(text)
    if (this.#size >= LARGEST) throw new RangeError('The texts of the workbook are too large')
    this.#ends[this.#count++] = this.#size
    this.#pending.push(text)
    this.#pendingSize += text.length
    if (this.#pendingSize >= PAGE) this.#flush()
  }

  /** The text of a number; undefined if there is none. */
  get(number: number): string | undefined {
    const to = number < this.#count ? this.#ends[number] : undefined
    if (to === undefined) return undefined
    if (this.#pendingSize > 0) this.#flush()
    const from = number === 0 ? 0 : (this.#ends[number - 1] as number)
    const start = from % PAGE
    const first = this.#page((from - start) / PAGE)
    if (start + to - from <= first.length) return first.toString('utf8', start, start + to - from)
    const whole = Buffer.alloc(to - from)
    readSync(this.#file, whole, 0, whole.length, from)
    return whole.toString()
  }

  close(): void {
    closeSync(this.#file)
  }

  #page(number: number): Buffer {
    const known = this.#pages.get(number)
    if (known) return known
    const page = Buffer.alloc(PAGE)
    const read = readSync(this.#file, page, 0, PAGE, number * PAGE)
    const whole = page.subarray(0, read)
    // A page that is not full yet may still grow.
    if (read === PAGE) this.#pages.set(number, whole)
    return whole
  }

  #flush(): void {
    writeFileSync(this.#file, this.#pending.join(''))
    this.#pending = []
    this.#pendingSize = 0
  }
}
