import type { ColumnProfile, ValueKind } from '../../profile.ts'
import { canonicalDecimal, DecimalSum, WholeSum } from './decimal-sum.ts'
import { isLookedAt, isMisread } from './misread.ts'
import { isNumber, kindOf } from './value-kind.ts'

const MOST_HASHES = 10_000
const MOST_CODES = 30
const LONGEST_CODE = 20
/** A value of a code list comes at least so often on average. */
const CODE_REPEATS = 5
/** Cells looked at for a wrong encoding; the others are like them. */
const LOOKS = 2_000

/** Gathers what a column looks like, cell by cell, in constant memory. */
export class ColumnProfiler {
  readonly #name: string
  readonly #hash: (cell: string) => number
  #filled = 0
  #blank = 0
  readonly #kinds: Record<ValueKind, number> = { integer: 0, decimal: 0, digits: 0, date: 0, text: 0 }
  readonly #sum = new DecimalSum()
  #least: string | undefined
  #greatest: string | undefined
  #leastNumber = Number.POSITIVE_INFINITY
  #greatestNumber = Number.NEGATIVE_INFINITY
  readonly #checksum = new WholeSum()
  readonly #magnitudes: Record<string, number> = {}
  #codes: Map<string, number> | undefined = new Map()
  /** Hashes that are multiples of 2^level, so that their number tells the number of all. */
  readonly #hashes = new Set<number>()
  #step = 1
  #garbled = 0
  #looked = 0
  #misread = 0

  constructor(name: string, hash: (cell: string) => number) {
    this.#name = name
    this.#hash = hash
  }

  add(cell: string): void {
    if (cell === '') {
      this.#blank++
      return
    }
    this.#filled++
    const text = cell.trim()
    const kind = kindOf(text)
    this.#kinds[kind]++
    if (isNumber(text, kind)) this.#addNumber(text)
    this.#addHash(this.#hash(cell))
    this.#addCode(cell)
    if (kind === 'text') this.#look(cell)
  }

  #addNumber(text: string): void {
    this.#sum.add(text)
    const value = Number(text)
    if (value < this.#leastNumber) [this.#leastNumber, this.#least] = [value, text]
    if (value > this.#greatestNumber) [this.#greatestNumber, this.#greatest] = [value, text]
    const size = Math.abs(value)
    const key = size === 0 ? '0' : `${value < 0 ? '-' : '+'}${Math.floor(Math.log10(size))}`
    this.#magnitudes[key] = (this.#magnitudes[key] ?? 0) + 1
  }

  #addHash(value: number): void {
    this.#checksum.add(value)
    if (value % this.#step !== 0) return
    this.#hashes.add(value)
    while (this.#hashes.size > MOST_HASHES) {
      this.#step *= 2
      for (const each of this.#hashes) if (each % this.#step !== 0) this.#hashes.delete(each)
    }
  }

  #addCode(cell: string): void {
    if (!this.#codes) return
    this.#codes.set(cell, (this.#codes.get(cell) ?? 0) + 1)
    if (this.#codes.size > MOST_CODES || cell.length > LONGEST_CODE) this.#codes = undefined
  }

  #look(cell: string): void {
    if (cell.includes('\ufffd')) this.#garbled++
    if (this.#looked >= LOOKS || !isLookedAt(cell)) return
    this.#looked++
    if (isMisread(cell)) this.#misread++
  }

  get profile(): ColumnProfile {
    const isCode = this.#codes && this.#codes.size * CODE_REPEATS <= this.#filled
    const shows = this.#kinds.digits === 0
    return {
      name: this.#name,
      filled: this.#filled,
      blank: this.#blank,
      distinct: this.#hashes.size * this.#step,
      kinds: { ...this.#kinds },
      sum: this.#sum.text,
      min: shows && this.#least !== undefined ? canonicalDecimal(this.#least) : null,
      max: shows && this.#greatest !== undefined ? canonicalDecimal(this.#greatest) : null,
      checksum: this.#checksum.value.toString(),
      magnitudes: { ...this.#magnitudes },
      codes: isCode ? Object.fromEntries(this.#codes ?? []) : null,
      garbled: this.#garbled,
      misread: this.#looked === 0 ? 0 : this.#misread / this.#looked,
    }
  }
}
