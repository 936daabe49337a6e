import type { Spans } from '#platform/crypto'

/** Numbers of one key in the list of a chunk: high and low half of its hash, line. */
export const KEY_PARTS = 3

/** The keys of rows, hashed to 64 bits, in a form that goes from thread to thread without a copy. */
export function keyList(columns: readonly Spans[], lines: Uint32Array): Uint32Array<ArrayBuffer> {
  const list = new Uint32Array(lines.length * KEY_PARTS)
  for (let row = 0; row < lines.length; row++) {
    let high = 0x811c9dc5
    let low = 0x9e3779b9
    for (const { bytes, from, to } of columns) {
      for (let at = from[row] as number; at < (to[row] as number); at++) {
        const sign = bytes[at] as number
        high = Math.imul(high ^ sign, 0x01000193)
        low = Math.imul(low ^ sign, 0x85ebca6b)
        low ^= low >>> 13
      }
      high = Math.imul(high ^ BETWEEN, 0x01000193)
      low = Math.imul(low ^ BETWEEN, 0x85ebca6b)
    }
    list[KEY_PARTS * row] = high ^ (low >>> 15)
    list[KEY_PARTS * row + 1] = low
    list[KEY_PARTS * row + 2] = lines[row] as number
  }
  return list
}

/** The hash of the row at a place of the list, in hexadecimal digits. */
export const keyAt = (list: Uint32Array, row: number): string =>
  [list[KEY_PARTS * row], list[KEY_PARTS * row + 1]].map((half = 0) => half.toString(16).padStart(8, '0')).join('')

/** The hashes of all rows of the list. */
export const keysIn = (list: Uint32Array): string[] =>
  Array.from({ length: list.length / KEY_PARTS }, (_, row) => keyAt(list, row))

/** The line of the row at a place of the list. */
export const lineAt = (list: Uint32Array, row: number): number => list[KEY_PARTS * row + 2] ?? 0

/** Between the columns of a key; no byte of UTF-8. */
const BETWEEN = 0xff

/**
 * The keys of the rows of one file, to find those that come twice: 64 bits of hash and the line for each, some 24 bytes
 * a row, so that ten million rows fit. Two different keys of 10 million collide with a probability of about 3 in a million.
 */
export class KeySet {
  #high = new Uint32Array(1 << 16)
  #low = new Uint32Array(1 << 16)
  #lines = new Uint32Array(1 << 16)
  #size = 0

  /** Adds the keys of a chunk. @returns place in the chunk → line of the earlier row with the same key */
  addAll(parts: Uint32Array): Map<number, number> {
    const repeated = new Map<number, number>()
    for (let at = 0; at < parts.length; at += KEY_PARTS) {
      if (this.#size * 2 > this.#lines.length) this.#grow()
      const before = this.#put(parts[at] ?? 0, parts[at + 1] ?? 0, parts[at + 2] ?? 0)
      if (before > 0) repeated.set(at / KEY_PARTS, before)
    }
    return repeated
  }

  /** @returns line of the earlier row with the same key; 0 after adding a key that is new */
  #put(high: number, low: number, line: number): number {
    const mask = this.#lines.length - 1
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const before = this.#lines[at] ?? 0
      if (before === 0) {
        this.#high[at] = high
        this.#low[at] = low
        this.#lines[at] = line
        this.#size++
        return 0
      }
      if (this.#high[at] === high && this.#low[at] === low) return before
    }
  }

  #grow(): void {
    const [high, low, lines] = [this.#high, this.#low, this.#lines]
    this.#high = new Uint32Array(lines.length * 2)
    this.#low = new Uint32Array(lines.length * 2)
    this.#lines = new Uint32Array(lines.length * 2)
    this.#size = 0
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] ?? 0
      if (line > 0) this.#put(high[at] ?? 0, low[at] ?? 0, line)
    }
  }
}
