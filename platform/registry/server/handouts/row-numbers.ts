import { Defect } from '#runtime'

/** Rows of a block; its bits are a kilobyte, which PostgreSQL keeps beside its key. */
export const BLOCK = 8_192

/** A set of numbers of rows, a bit each: five million are 610 kB. */
export class RowNumbers {
  readonly #blocks = new Map<number, Uint8Array>()

  add(row: number): void {
    if (!Number.isSafeInteger(row) || row < 0) throw new Defect(`Not the number of a row: ${row}`)
    const [block, byte, bit] = placeOf(row)
    const bits = this.#blocks.get(block) ?? new Uint8Array(BLOCK / 8)
    this.#blocks.set(block, bits)
    bits[byte] = (bits[byte] ?? 0) | bit
  }

  has(row: number): boolean {
    const [block, byte, bit] = placeOf(row)
    return ((this.#blocks.get(block)?.[byte] ?? 0) & bit) !== 0
  }

  /** Bits of each block, counted from the lowest bit of its first byte, as `get_bit` of PostgreSQL does. */
  blocks(): IterableIterator<[block: number, bits: Uint8Array]> {
    return this.#blocks.entries()
  }
}

const placeOf = (row: number): [block: number, byte: number, bit: number] => {
  const at = row % BLOCK
  return [Math.floor(row / BLOCK), at >> 3, 1 << (at & 7)]
}
